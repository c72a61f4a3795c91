"""A question by itself: what it tells, how it is answered through its task, and what shows that it was answered."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support import messages as said
from wyseos.mate.errors import SessionExecutionError
from wyseos.mate.plan import Plan
from wyseos.mate.tasks.protocol.commands import Answer
from wyseos.mate.tasks.protocol.questions import (
    Question,
    QuestionKind,
    question_of,
    refuse_misfit,
    shows_answered,
    unanswered,
    unfinished,
)

PLAN = Plan(said.event(said.plan()).message.data)


class Task:
    """Keeps how it was called, as `Answers` it is all that a question needs."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, Any, Any]] = []

    def approve(self, plan: Plan | None = None, *, question: Question | None = None) -> None:
        self.calls.append(("approve", plan, question))

    def reject(self, why: str | None = None, *, question: Question | None = None) -> None:
        self.calls.append(("reject", why, question))

    def respond(self, text: str, *, question: Question | None = None) -> None:
        self.calls.append(("respond", text, question))


def test_the_kinds_are_the_words_that_programs_and_files_read() -> None:
    assert [str(kind) for kind in QuestionKind] == ["plan", "confirmation", "report", "text"]


def test_a_question_is_answered_through_its_task_with_all_that_was_said() -> None:
    task = Task()
    question = Question(QuestionKind.PLAN, "r").of(task)
    question.approve(PLAN)
    question.reject("Shorter")
    question.answer("Yes")
    assert task.calls == [("approve", PLAN, question), ("reject", "Shorter", question), ("respond", "Yes", question)]


def test_a_question_is_the_same_whoever_hands_it_out_and_does_not_show_its_task() -> None:
    question = Question(QuestionKind.TEXT, "r", "Shall I?")
    handed_out = Question(QuestionKind.TEXT, "r", "Shall I?", task=Task())
    assert handed_out == question
    assert repr(handed_out) == repr(question)


def test_a_question_of_no_task_says_so() -> None:
    with pytest.raises(SessionExecutionError) as refused:
        Question(QuestionKind.PLAN, "r").approve()
    assert refused.value.message == "the question was not handed out by a task: nobody can be answered"


@pytest.mark.parametrize(("plan", "told"), [(PLAN, PLAN.to_list()), (None, None)])
def test_a_question_is_told_in_json_with_its_plan(plan: Plan | None, told: Any) -> None:
    assert Question(QuestionKind.PLAN, "r", "All right?", "wyse_mate", "m", plan).to_dict() == {
        "kind": "plan",
        "request_id": "r",
        "text": "All right?",
        "source": "wyse_mate",
        "message_id": "m",
        "plan": told,
    }


def test_a_question_takes_what_the_input_says() -> None:
    asked = question_of(said.event(said.question("m7", "r7")), None)
    assert asked == Question(QuestionKind.TEXT, "r7", "Shall I?", "wyse_mate", "m7")


def test_what_an_input_does_not_say_is_empty() -> None:
    assert question_of(said.event({"type": "input"}), None) == Question(QuestionKind.TEXT, "")
    assert (Question(QuestionKind.TEXT, "r").text, Question(QuestionKind.TEXT, "r").source) == ("", "")


def test_only_a_question_about_a_plan_carries_it() -> None:
    assert question_of(said.event(said.question()), PLAN).plan == PLAN
    assert question_of(said.event(said.question(kind="x_confirm")), PLAN).plan is None


@pytest.mark.parametrize(
    ("kind", "asked_by", "event", "shown"),
    [
        (QuestionKind.TEXT, "writer", {**said.progress(), "source": "writer"}, True),
        (QuestionKind.TEXT, "writer", {**said.progress(), "source": "researcher"}, False),
        (QuestionKind.TEXT, "writer", said.progress(), True),
        (QuestionKind.TEXT, "", {**said.progress(), "source": "researcher"}, True),
        (QuestionKind.CONFIRMATION, "writer", {**said.progress(), "source": "researcher"}, False),
        (QuestionKind.PLAN, "writer", {**said.progress(), "source": "researcher"}, True),
        (QuestionKind.REPORT, "writer", {**said.progress(), "source": "researcher"}, True),
        (QuestionKind.TEXT, "writer", {**said.plan_status(), "source": "researcher"}, True),
    ],
)
def test_a_question_was_answered_where_the_agent_that_asked_goes_on_or_all_do(
    kind: QuestionKind, asked_by: str, event: dict[str, Any], shown: bool
) -> None:
    assert shows_answered(said.event(event), Question(kind, "r", source=asked_by)) is shown


@pytest.mark.parametrize(
    ("kind", "answer", "words"),
    [
        (QuestionKind.TEXT, Answer(), "the question wants text: answer it with respond()"),
        (QuestionKind.REPORT, Answer(accepted=False, text="No"), "the question wants text: answer it with respond()"),
        (
            QuestionKind.PLAN,
            Answer(text="Yes"),
            "the question wants permission: answer it with approve() or reject()",
        ),
    ],
)
def test_an_answer_of_the_wrong_kind_is_told_the_right_call(kind: QuestionKind, answer: Answer, words: str) -> None:
    with pytest.raises(SessionExecutionError) as refused:
        refuse_misfit(Question(kind, "r"), answer)
    assert refused.value.message == words


def test_what_nobody_answered_is_told_with_the_question_or_without() -> None:
    question = Question(QuestionKind.TEXT, "r", "Which market?")
    assert unanswered(question, 2.5) == "the task asks, and no answer came within 2.5 s: Which market?"
    for unnamed in (None, Question(QuestionKind.TEXT, "r")):
        assert unanswered(unnamed, None) == "the task asks, and nobody is there to answer: an unnamed question"


def test_a_round_that_took_too_long_names_the_question_that_is_open() -> None:
    question = Question(QuestionKind.TEXT, "r", "Which market?")
    told = "timeout: the task was not finished within 60 s"
    assert unfinished(None, 60.0) == told
    assert unfinished(question, 60.0) == f"{told}; it waits for an answer to: Which market?"
