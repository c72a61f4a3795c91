"""What both handles of a task do: on either client."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.mate.tasks.conftest import Run
from tests.support import messages as said
from wyseos.mate import Client
from wyseos.mate.emulator import Emulator
from wyseos.mate.errors import AuthenticationError, ValidationError
from wyseos.mate.task_runner import TaskMode
from wyseos.mate.tasks.protocol.local_events import Gap

# ---- running


def test_run_returns_the_answer(client: Client) -> None:
    result = client.run("Find trends")
    assert (result.success, result.error, result.message_count) == (True, None, 27)
    assert "Find trends" in result.final_answer
    assert len(result.plan_history) == 11
    assert result.session_duration > 0
    assert json.loads(json.dumps(result.to_dict()))["session_id"] == result.session_id


def test_an_empty_task_is_refused_before_anything_is_sent(client: Client, emulator: Emulator) -> None:
    with pytest.raises(ValidationError):
        client.run("")
    assert emulator.sessions == {}


def test_a_refused_key_is_an_error_at_once(emulator: Emulator) -> None:
    with Client(base_url=emulator.base_url, api_key="wrong") as client, pytest.raises(AuthenticationError):
        client.run("Find trends")


@pytest.mark.parametrize("mode", list(TaskMode))
def test_each_mode_comes_to_its_end(client: Client, mode: TaskMode) -> None:
    result = client.run("Find trends", task_mode=mode, on_input=lambda question: "Right")
    assert (result.success, result.error) == (True, None)


@pytest.mark.wyseos(scenario="failure")
def test_an_error_of_the_service_is_told_and_not_raised(emulator: Emulator, run: Run) -> None:
    events, result = run(emulator)
    assert (result.success, result.error, result.code) == (False, "[5000] The agents could not agree.", 5000)
    assert [event.type for event in events][-2:] == ["warning", "error"]


@pytest.mark.parametrize(("state", "cursor"), [("open", "m1"), ("filled", "m9"), ("lost", "m1")])
def test_after_a_gap_that_is_filled_one_goes_on_behind_all_that_came(client: Client, state: Any, cursor: str) -> None:
    with client.start("Find trends") as task:
        for _ in task:
            pass
        task._hand_out(said.event(said.text("m1")))
        task._hand_out(Gap("what was missing has come", "m9", state))
        assert task.cursor == cursor
