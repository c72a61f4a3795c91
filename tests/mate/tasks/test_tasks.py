"""The handles of a task, on both clients: watching, answering, leaving, coming back, further rounds."""

from __future__ import annotations

import asyncio
import json
import threading
from itertools import islice
from typing import Any

import pytest

from tests.mate.tasks.conftest import Run
from wyseos.mate import AsyncClient, Client
from wyseos.mate.emulator import Emulator
from wyseos.mate.errors import AuthenticationError, SessionExecutionError, ValidationError
from wyseos.mate.plan import Plan
from wyseos.mate.task_runner import TaskExecutionOptions, TaskMode
from wyseos.mate.tasks.protocol.states import TaskState

BY_HAND = TaskExecutionOptions(auto_accept_plan=False)
questions = pytest.mark.wyseos(scenario="questions")
patient = pytest.mark.wyseos(scenario="patient", speed=1)


def ids(events: Any) -> list[str | None]:
    return [event.message_id for event in events]


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


# ---- stopping, leaving, coming back


@patient
def test_a_task_is_stopped(client: Client) -> None:
    with client.start("Find trends") as task:
        next(iter(task))
        task.stop("enough")
        result = task.result()
    assert (result.success, result.error) == (False, "the task was stopped")


@patient
def test_a_task_is_stopped_before_it_has_a_connection(client: Client, emulator: Emulator) -> None:
    with client.start("Find trends") as task:
        task.stop("a mistake")
        assert task.result().error == "the task was stopped"
    assert len(emulator.sessions[task.session_id].starts) == 1


@patient
async def test_an_async_task_is_stopped_as_soon_as_it_is_there(emulator: Emulator) -> None:
    async with (
        AsyncClient(base_url=emulator.base_url, api_key=emulator.api_key) as client,
        await client.start("Find trends") as task,
    ):
        await task.stop("a mistake")
        assert (await task.result()).error == "the task was stopped"


@patient
def test_a_task_is_paused(client: Client) -> None:
    with client.start("Find trends") as task:
        next(iter(task))
        task.pause()
        assert task.state is TaskState.PAUSED
        with pytest.raises(SessionExecutionError, match="no running task to pause"):
            task.pause()


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


def test_further_rounds_run_in_the_same_session(client: Client, emulator: Emulator) -> None:
    with client.start("First") as task:
        with pytest.raises(SessionExecutionError, match="not over"):
            task.next_round("Too early")
        first = task.result()
        task.next_round("Second")
        events = list(task)
        second = task.result()
    assert (first.success, second.success, len(events)) == (True, True, 27)
    assert "Second" in second.final_answer
    [session] = emulator.sessions.values()
    assert [each["data"]["messages"][0]["content"] for each in session.starts] == ["First", "Second"]


def test_a_loop_that_is_left_can_be_taken_up_again(client: Client) -> None:
    with client.start("Find trends") as task:
        first = list(islice(task, 3))
        rest = list(task)
        assert (len(first), len(rest)) == (3, 24)
        assert repr(task) == f"Task(session_id={task.session_id!r}, state='completed')"


# ---- and besides


def test_fault_43_closing_twice_and_from_two_threads_does_nothing(client: Client) -> None:
    task = client.start("Find trends", options=BY_HAND)
    threads = [threading.Thread(target=close) for close in (task.close, task.close, client.close, client.close)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    task.close()
    with pytest.raises(SessionExecutionError, match="closed before it ended") as closed:
        task.result()
    assert task.session_id in (closed.value.hint or "")
    assert list(task) is not None


async def test_an_async_task_is_closed_answered_and_gone_on_with(emulator: Emulator) -> None:
    async with AsyncClient(base_url=emulator.base_url, api_key=emulator.api_key) as client:
        task = await client.start("First", options=BY_HAND)
        with pytest.raises(SessionExecutionError, match="not over"):
            await task.next_round("Too early")
        async for event in task:
            if event.type == "input":
                await task.approve()
        await task.next_round("Second")
        async for event in task:
            if event.type == "input":
                await task.reject("Shorter")
                break
        await task.aclose()
        with pytest.raises(SessionExecutionError, match="closed before it ended"):
            await task.result()
        async with await client.attach(task.session_id, options=TaskExecutionOptions()) as again:
            assert (await again.result()).success
        assert (await client.run("Third")).success


async def test_many_tasks_at_once_each_come_to_their_end(emulator: Emulator) -> None:
    async with AsyncClient(base_url=emulator.base_url, api_key=emulator.api_key) as client:
        results = await asyncio.gather(*(client.run(f"Task {number}") for number in range(30)))
    assert [result.message_count for result in results] == [27] * 30
    assert len({result.session_id for result in results}) == 30


def test_tasks_one_after_another_leave_no_thread(client: Client) -> None:
    client.run("First")
    before = threading.active_count()
    for number in range(20):
        assert client.run(f"Task {number}").success
    assert threading.active_count() == before


def test_verbose_prints_what_happens_and_nothing_is_printed_without_it(
    client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    client.run("Find trends")
    assert capsys.readouterr().out == ""
    client.run("Find trends", options=TaskExecutionOptions(verbose=True))
    assert "Plan: not started" in capsys.readouterr().out


def test_a_session_that_cannot_be_read_cannot_be_attached_to(client: Client, emulator: Emulator) -> None:
    result = client.run("Find trends")
    emulator.fault("status", operation="get_session", status=403, times=0)
    with client.attach(result.session_id) as task:
        assert (task.result().error or "").startswith("the session could not be attached to")


def test_after_a_loop_that_was_left_the_result_still_calls_the_handlers(client: Client) -> None:
    asked = []

    def approve(plan: Plan) -> bool:
        asked.append(plan)
        return True

    with client.start("Find trends", on_plan=approve) as task:
        next(iter(task))
        assert task.result().success
    assert len(asked) == 1


async def test_an_async_loop_may_be_left_and_its_waits_be_cancelled_and_nothing_is_lost(emulator: Emulator) -> None:
    asked = []

    def approve(plan: Plan) -> bool:
        asked.append(plan)
        return True

    async with (
        AsyncClient(base_url=emulator.base_url, api_key=emulator.api_key) as client,
        await client.start("Find trends", on_plan=approve) as task,
    ):
        taken = []
        async for event in task:
            taken.append(event)
            break
        events = aiter(task)
        while True:
            try:
                taken.append(await asyncio.wait_for(anext(events), 0.001))
            except TimeoutError:
                continue
            except StopAsyncIteration:
                break
        assert (await task.result()).success
    kept = emulator.sessions[task.session_id].messages
    assert [event.message_id for event in taken] == [
        row["message_id"] for row in kept if row["source_component"] != "user"
    ]
    assert len(asked) == 1
