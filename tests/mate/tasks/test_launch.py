"""Attaching to a session: at the exact event, to a question, to one that is over, to none."""

from __future__ import annotations

from itertools import islice
from typing import Any

import pytest

from wyseos.mate import Client
from wyseos.mate.emulator import Emulator
from wyseos.mate.errors import ValidationError
from wyseos.mate.task_runner import TaskExecutionOptions

questions = pytest.mark.wyseos(scenario="questions")


def ids(events: Any) -> list[str | None]:
    return [event.message_id for event in events]


@pytest.mark.parametrize("seen", [1, 4, 10, 26])
def test_another_client_goes_on_at_the_exact_event(emulator: Emulator, client: Client, seen: int) -> None:
    with client.start("Find trends") as task:
        first = list(islice(task, seen))
        cursor = task.cursor
    assert cursor == first[-1].message_id
    with (
        Client(base_url=emulator.base_url, api_key=emulator.api_key) as other,
        other.attach(task.session_id, after=cursor, options=TaskExecutionOptions()) as again,
    ):
        rest = list(again)
        assert again.result().success
    [session] = emulator.sessions.values()
    kept = [message["message_id"] for message in session.messages if message.get("source_component") != "user"]
    assert ids(first + rest) == kept


@questions
def test_an_open_question_is_asked_again_of_one_who_attaches(client: Client) -> None:
    with client.start("Find trends") as task:
        for event in task:
            if event.type == "input":
                break
        cursor = task.cursor
    asked: list[str] = []

    def on_input(question: Any) -> str:
        asked.append(question.text)
        return "Yes"

    with client.attach(task.session_id, after=cursor, on_input=on_input) as again:
        assert again.result().success
    assert asked == ["What is it for?", "Who will read it?", "Anything else?"]


@questions
def test_one_who_only_watches_answers_nothing(client: Client, emulator: Emulator) -> None:
    with client.start("Find trends") as task, client.attach(task.session_id) as watcher:
        for event in task:
            if event.type == "input":
                task.respond("Yes")
        assert task.result().success
        assert watcher.result().success


def test_attaching_to_a_session_that_is_over_gives_its_events_and_its_result(client: Client) -> None:
    result = client.run("Find trends")
    with client.attach(result.session_id) as task:
        assert len(list(task)) == 27
        assert task.result().final_answer == result.final_answer


def test_attaching_to_a_session_that_is_not_there_is_a_clear_error(client: Client) -> None:
    with client.attach("nowhere") as task:
        assert "no such session" in (task.result().error or "")
    with pytest.raises(ValidationError):
        client.attach("..")


def test_a_session_that_cannot_be_read_cannot_be_attached_to(client: Client, emulator: Emulator) -> None:
    result = client.run("Find trends")
    emulator.fault("status", operation="get_session", status=403, times=0)
    with client.attach(result.session_id) as task:
        assert (task.result().error or "").startswith("the session could not be attached to")
