"""The handle of a task: watching, answering, stopping, further rounds."""

from __future__ import annotations

import asyncio
import threading
from itertools import islice

import pytest

from tests.mate.tasks.handles import BY_HAND, patient
from wyseos.mate import AsyncClient, Client
from wyseos.mate.emulator import Emulator
from wyseos.mate.errors import SessionExecutionError
from wyseos.mate.plan import Plan
from wyseos.mate.task_runner import TaskExecutionOptions
from wyseos.mate.tasks.protocol.states import TaskState

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
def test_a_task_is_paused(client: Client) -> None:
    with client.start("Find trends") as task:
        next(iter(task))
        task.pause()
        assert task.state is TaskState.PAUSED
        with pytest.raises(SessionExecutionError, match="no running task to pause"):
            task.pause()


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


def test_after_a_loop_that_was_left_the_result_still_calls_the_handlers(client: Client) -> None:
    asked = []

    def approve(plan: Plan) -> bool:
        asked.append(plan)
        return True

    with client.start("Find trends", on_plan=approve) as task:
        next(iter(task))
        assert task.result().success
    assert len(asked) == 1
