"""The handles of a task, on both clients: watching, answering, leaving, coming back, further rounds."""

from __future__ import annotations

import asyncio
import json
import os
import threading
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pytest

from tests.mate.tasks.conftest import QUICK, Run
from wyseos.generated.models import PlanStatusEvent
from wyseos.mate import AsyncClient, Client
from wyseos.mate.emulator import Emulator
from wyseos.mate.errors import AuthenticationError, SessionExecutionError, ValidationError
from wyseos.mate.plan import Plan
from wyseos.mate.task_runner import TaskExecutionOptions, TaskMode
from wyseos.mate.tasks.begin import Order, start
from wyseos.mate.tasks.states import TaskState

BY_HAND = TaskExecutionOptions(auto_accept_plan=False)
questions = pytest.mark.wyseos(scenario="questions")
confirms = pytest.mark.wyseos(scenario="marketing")
patient = pytest.mark.wyseos(scenario="patient", speed=1)


@pytest.fixture
def emulator(wyseos_emulator: Emulator) -> Iterator[Emulator]:
    """The emulator; at the end of a test the client must have sent nothing wrong."""
    yield wyseos_emulator
    assert wyseos_emulator.violations == []


@pytest.fixture
def client(emulator: Emulator) -> Iterator[Client]:
    with Client(base_url=emulator.base_url, api_key=emulator.api_key) as client:
        yield client


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
    assert (result.success, result.error, result.code) == (False, "The agents could not agree.", 5000)
    assert [event.type for event in events][-2:] == ["warning", "error"]


# ---- questions


@questions
def test_a_question_is_answered_by_its_handler(emulator: Emulator, run: Run) -> None:
    answers = iter(["Work", "Ada", "No"])
    _, result = run(emulator, handlers={"on_input": lambda question: next(answers)})
    assert result.final_answer.endswith("You said: No")


@questions
def test_without_a_handler_run_ends_at_once_with_the_question_and_the_session(client: Client) -> None:
    result = client.run("Find trends")
    assert result.error == "the task asks, and nobody is there to answer: What is it for?"
    assert result.question is not None
    assert result.question["kind"] == "text"
    with client.attach(result.session_id, on_input=lambda question: "Work") as task:
        assert task.result().success


@questions
def test_a_handler_that_leaves_a_question_open_in_run_ends_it_too(client: Client) -> None:
    result = client.run("Find trends", on_input=lambda question: None)
    assert "nobody is there to answer" in (result.error or "")


@questions
def test_questions_are_answered_in_the_loop_over_the_events(client: Client) -> None:
    with client.start("Find trends") as task:
        for event in task:
            if event.type == "input":
                assert task.question is not None
                task.respond(f"to {task.question.text}")
        assert task.result().final_answer.endswith("You said: to Anything else?")


@questions
def test_questions_are_answered_from_another_thread(client: Client) -> None:
    asked = threading.Semaphore(0)

    def on_event(event: Any) -> None:
        if event.type == "input":
            asked.release()

    with client.start("Find trends", on_event=on_event) as task:

        def answer() -> None:
            for _ in range(3):
                asked.acquire()
                task.respond("Yes", attachments=[{"file_name": "a", "file_url": "b"}], skills=[{"skill_id": "s"}])

        thread = threading.Thread(target=answer)
        thread.start()
        assert task.result().success
        thread.join()


@questions
def test_an_answer_that_does_not_come_in_time_ends_the_task_with_the_question(client: Client) -> None:
    options = TaskExecutionOptions(max_user_input_timeout=0.05)
    with client.start("Find trends", options=options) as task:
        result = task.result()
    assert result.error == "the task asks, and no answer came within 0.05 s: What is it for?"
    assert result.question is not None


@questions
async def test_a_handler_that_never_answers_is_given_up_with_its_question(emulator: Emulator) -> None:
    async def never(question: Any) -> None:
        await asyncio.Event().wait()

    options = TaskExecutionOptions(max_user_input_timeout=0.05)
    async with AsyncClient(base_url=emulator.base_url, api_key=emulator.api_key) as client:
        result = await client.run("Find trends", options=options, on_input=never)
    assert "no answer came within 0.05 s" in (result.error or "")
    assert asyncio.all_tasks() == {asyncio.current_task()}


@patient
def test_a_task_that_takes_too_long_ends_with_an_error(emulator: Emulator, run: Run) -> None:
    _, result = run(emulator, completion_timeout=0.2)
    assert result.error == "the task was not finished within 0.2 s"


@pytest.mark.parametrize("answer", [True, None], ids=["approved", "left to the options"])
def test_a_plan_is_decided_by_its_handler(emulator: Emulator, run: Run, answer: bool | None) -> None:
    seen: list[Plan] = []

    def on_plan(plan: Plan) -> bool | None:
        seen.append(plan)
        return answer

    _, result = run(emulator, handlers={"on_plan": on_plan})
    assert [len(plan.steps) for plan in seen] == [5]
    assert result.success


def test_a_plan_is_done_as_its_handler_edited_it(emulator: Emulator, run: Run) -> None:
    events, result = run(emulator, handlers={"on_plan": lambda plan: Plan(plan.steps[:2])})
    updates: list[Any] = [event.message.data for event in events if isinstance(event, PlanStatusEvent)]
    done = [update.id for update in updates if update.status == "done"]
    assert (done, result.success) == (["1", "2"], True)


def test_a_refused_plan_comes_back_improved(emulator: Emulator, run: Run) -> None:
    answers: list[Any] = ["Look at the competitors first", True]
    _, result = run(emulator, handlers={"on_plan": lambda plan: answers.pop(0)})
    assert (answers, result.success) == ([], True)


def test_approving_and_refusing_by_hand(client: Client) -> None:
    with client.start("Find trends", options=BY_HAND) as task:
        decided = 0
        for event in task:
            if event.type == "input":
                assert task.state is TaskState.AWAITING_PLAN
                task.reject("Shorter") if decided == 0 else task.approve(task.plan)
                decided += 1
        assert (decided, task.result().success) == (2, True)


def test_a_misfit_answer_is_refused_and_changes_nothing(client: Client) -> None:
    with client.start("Find trends", options=BY_HAND) as task:
        for event in task:
            if event.type == "input":
                with pytest.raises(SessionExecutionError, match="approve"):
                    task.respond("Yes")
                task.approve()
        with pytest.raises(SessionExecutionError):
            task.approve()


@confirms
@pytest.mark.parametrize(
    ("decision", "options", "error"),
    [
        (None, {}, None),
        (None, {"stop_on_x_confirm": True}, "the task was stopped"),
        (True, {"stop_on_x_confirm": True}, None),
        (False, {}, "the task was stopped"),
    ],
)
def test_an_x_confirm_is_decided_by_options_and_handler(
    emulator: Emulator, run: Run, decision: bool | None, options: Any, error: str | None
) -> None:
    handlers = {"on_input": lambda question: "Right", "on_confirm": lambda question: decision}
    _, result = run(emulator, handlers=handlers, **options)
    assert result.error == error


@confirms
def test_each_closed_stream_brings_its_whole_data_once(emulator: Emulator, run: Run) -> None:
    events, _ = run(emulator, handlers={"on_input": lambda question: "Right"})
    closed = {event.stream: event.data for event in events if event.type == "stream_closed"}
    assert set(closed) == {"marketing_tweet_reply", "marketing_tweet_interact", "writer_twitter"}
    assert len(closed["marketing_tweet_reply"].reply) == 3
    assert [len(closed["marketing_tweet_interact"].like), len(closed["marketing_tweet_interact"].retweet)] == [2, 1]


@confirms
def test_a_streams_data_that_cannot_be_had_is_told_with_the_reason(emulator: Emulator, run: Run) -> None:
    emulator.fault("status", operation="get_marketing_data", status=500, times=0)
    events, result = run(emulator, handlers={"on_input": lambda question: "Right"})
    reasons = [event.reason for event in events if event.type == "stream_closed"]
    assert [bool(reason) for reason in reasons] == [True, True, True]
    assert result.success


# ---- stopping, leaving, coming back


@patient
def test_a_task_is_stopped(client: Client) -> None:
    with client.start("Find trends") as task:
        next(iter(task))
        task.stop("enough")
        result = task.result()
    assert (result.success, result.error) == (False, "the task was stopped")


@patient
def test_a_task_is_stopped_before_it_has_a_line(client: Client, emulator: Emulator) -> None:
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


# ---- the rows of the fault table about the user's side


def test_fault_36_ctrl_c_gets_out_and_tells_the_session(
    client: Client, emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    emulator.fault("half_open", message="start")

    def interrupt(*_: Any) -> None:
        raise KeyboardInterrupt

    for name in ("result", "iterate"):
        task = client.start("Find trends")
        monkeypatch.setattr(task._arrived, "wait", interrupt)
        monkeypatch.setattr("wyseos.mate.tasks.task.wait_for", interrupt)
        with pytest.raises(KeyboardInterrupt) as interrupted:
            task.result() if name == "result" else list(task)
        assert f"client.attach('{task.session_id}'" in "".join(interrupted.value.__notes__)
        assert task._engine.over.is_set()


@patient
async def test_fault_37_a_cancelled_task_leaves_no_task_and_no_socket(emulator: Emulator) -> None:
    async with AsyncClient(base_url=emulator.base_url, api_key=emulator.api_key) as client:
        started = asyncio.Event()
        running = asyncio.create_task(client.run("Find trends", on_event=lambda event: started.set()))
        await started.wait()
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        assert asyncio.all_tasks() == {asyncio.current_task()}


@pytest.mark.parametrize("name", ["on_event", "on_plan"])
def test_fault_38_what_a_callback_raises_reaches_the_caller_and_ends_the_task(
    emulator: Emulator, run: Run, name: str
) -> None:
    def fails(_: Any) -> None:
        raise ZeroDivisionError("mine")

    with pytest.raises(ZeroDivisionError, match="mine"):
        run(emulator, handlers={name: fails})


def test_fault_39_a_callback_that_blocks_longer_than_the_heartbeat_does_not_cut_the_line(
    client: Client, emulator: Emulator
) -> None:
    from attrs import evolve

    pings = threading.Semaphore(0)
    blocked: list[bool] = []

    def blocks(event: Any) -> None:
        if not blocked:
            # The emulator answers a ping every 20 ms meanwhile; several must come while we block.
            blocked.append(True)
            threading.Event().wait(0.3)
            pings.release()

    from wyseos.mate.tasks.desk import Handlers

    order = Order("Find trends", handlers=Handlers(on_event=blocks))
    with start(client, order, settings=evolve(QUICK, heartbeat_interval=0.02)) as task:
        result = task.result()
    assert (blocked, result.success, result.message_count) == ([True], True, 27)


async def test_fault_39_a_blocking_callback_in_an_event_loop_does_not_cut_the_line(emulator: Emulator) -> None:
    from attrs import evolve

    from wyseos.mate.tasks.begin import start_async
    from wyseos.mate.tasks.desk import Handlers

    blocked = threading.Event()

    def blocks(event: Any) -> None:
        if not blocked.is_set():
            blocked.set()
            threading.Event().wait(0.3)

    async with AsyncClient(base_url=emulator.base_url, api_key=emulator.api_key) as client:
        order = Order("Find trends", handlers=Handlers(on_event=blocks))
        async with await start_async(client, order, settings=evolve(QUICK, heartbeat_interval=0.02)) as task:
            result = await task.result()
    assert (result.success, result.message_count) == (True, 27)


@pytest.mark.parametrize("budget", [1, 500])
def test_fault_40_a_consumer_that_lags_loses_nothing_and_the_budget_holds(client: Client, budget: int) -> None:
    from attrs import evolve

    with start(client, Order("Find trends"), settings=evolve(QUICK, budget=budget)) as task:
        used = [task._engine.inbox.used for event in task]
        assert (len(used), task.result().success) == (27, True)


async def test_fault_41_the_sync_client_works_inside_a_running_loop(client: Client) -> None:
    assert client.run("Find trends").success


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_fault_42_a_child_after_a_fork_gets_a_clear_error_or_a_fresh_line(client: Client) -> None:
    assert client.run("First").success
    with client.start("Find trends", options=BY_HAND) as task:
        next(iter(task))
        child = os.fork()
        if child == 0:
            try:
                task.stop()
            except SessionExecutionError:
                os._exit(0 if client.run("In the child").success else 2)
            os._exit(1)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


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
