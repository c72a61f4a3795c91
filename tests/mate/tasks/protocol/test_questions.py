"""Questions of a task: who answers them, when, and what happens if nobody does."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest

from tests.mate.tasks.conftest import Run
from wyseos.generated.models import PlanStatusEvent
from wyseos.mate import AsyncClient, Client
from wyseos.mate.emulator import Emulator
from wyseos.mate.errors import SessionExecutionError, ValidationError
from wyseos.mate.plan import Plan
from wyseos.mate.task_runner import TaskExecutionOptions
from wyseos.mate.tasks.protocol.questions import Question, QuestionKind
from wyseos.mate.tasks.protocol.states import TaskState

BY_HAND = TaskExecutionOptions(auto_accept_plan=False)
questions = pytest.mark.wyseos(scenario="questions")
confirms = pytest.mark.wyseos(scenario="marketing")
patient = pytest.mark.wyseos(scenario="patient", speed=1)


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
    assert result.error == "timeout: the task was not finished within 0.2 s"


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
    emulator.fault("status", operation="get_marketing_data", status=501, times=0)
    events, result = run(emulator, handlers={"on_input": lambda question: "Right"})
    reasons = [event.reason for event in events if event.type == "stream_closed"]
    assert [bool(reason) for reason in reasons] == [True, True, True]
    assert result.success


@questions
def test_a_question_that_was_handed_out_is_answered_by_its_own_methods(client: Client) -> None:
    with client.start("Find trends") as task:
        for event in task:
            if event.type == "input":
                [question] = task.questions
                question.answer(f"to {question.text}")
                with pytest.raises(SessionExecutionError, match="not open any more"):
                    question.answer("again")
        assert task.result().final_answer.endswith("You said: to Anything else?")


async def test_a_plan_is_approved_by_its_question_also_awaited(emulator: Emulator) -> None:
    async with (
        AsyncClient(base_url=emulator.base_url, api_key=emulator.api_key) as client,
        await client.start("Find trends", options=BY_HAND) as task,
    ):
        async for event in task:
            if event.type == "input":
                assert task.question is not None
                await task.question.approve()
        assert (await task.result()).success


def test_a_plan_is_rejected_by_its_question(client: Client) -> None:
    with client.start("Find trends", options=BY_HAND) as task:
        told: list[str] = []
        for event in task:
            if event.type == "input" and task.question is not None:
                told.append(task.question.text)
                task.question.reject("Shorter") if len(told) == 1 else task.question.approve()
        assert (len(told), task.result().success) == (2, True)


def test_a_question_of_no_task_can_not_be_answered() -> None:
    with pytest.raises(SessionExecutionError, match="not handed out by a task"):
        Question(QuestionKind.TEXT, "r").answer("Yes")


@questions
def test_what_nobody_was_shown_is_not_answered_by_a_bare_word(client: Client) -> None:
    with client.start("Find trends") as task:
        while not task.state.is_awaiting:
            pass
        with pytest.raises(SessionExecutionError, match="no question was handed out yet"):
            task.respond("Yes")
        question = task.question
        assert question is not None
        task.respond("Yes", question=question)


@patient
def test_without_a_question_there_is_nothing_to_answer(client: Client) -> None:
    with client.start("Find trends") as task, pytest.raises(SessionExecutionError, match="no open question"):
        task.respond("Yes")


@confirms
@pytest.mark.parametrize(("confirm", "success"), [("approve", True), ("stop", False), ("ask", False), (None, True)])
def test_who_gives_permission_for_an_action_is_said_with_the_task(client: Client, confirm: Any, success: bool) -> None:
    result = client.run("Prepare a launch", confirm=confirm)
    assert result.success is success
    if confirm == "ask":
        assert "nobody is there to answer" in (result.error or "")


@confirms
def test_a_person_who_is_asked_may_be_anywhere(client: Client) -> None:
    with client.start("Prepare a launch", confirm="ask") as task:
        for event in task:
            if event.type == "input" and task.question is not None:
                task.question.approve()
        assert task.result().success


def test_an_unknown_word_for_it_is_refused_before_anything_is_created(client: Client, emulator: Emulator) -> None:
    with pytest.raises(ValidationError, match='say "ask", "approve" or "stop"'):
        client.run("Find trends", confirm="maybe")  # type: ignore[arg-type]
    assert emulator.sessions == {}
