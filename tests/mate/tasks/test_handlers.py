"""Handlers: which one is called, and what its answer means."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support import messages as said
from wyseos.mate.errors import ValidationError
from wyseos.mate.plan import Plan
from wyseos.mate.tasks.handlers import Handlers, call_for, command_for, policy_for
from wyseos.mate.tasks.protocol.commands import Answer, Decline
from wyseos.mate.tasks.protocol.policy import Answering
from wyseos.mate.tasks.protocol.questions import Question, QuestionKind
from wyseos.mate.tasks.result import TaskExecutionOptions

PLAN = Question(QuestionKind.PLAN, "r", plan=Plan())
CONFIRMATION = Question(QuestionKind.CONFIRMATION, "r")
TEXT = Question(QuestionKind.TEXT, "r")
REPORT = Question(QuestionKind.REPORT, "r")


@pytest.mark.parametrize(
    ("question", "answer", "command"),
    [
        (PLAN, None, Decline("r")),
        (PLAN, True, Answer(request_id="r")),
        (PLAN, False, Answer(accepted=False, request_id="r")),
        (PLAN, "Shorter", Answer(accepted=False, text="Shorter", request_id="r")),
        (PLAN, PLAN.plan, Answer(plan=PLAN.plan, request_id="r")),
        (CONFIRMATION, True, Answer(request_id="r")),
        (CONFIRMATION, False, Answer(accepted=False, request_id="r")),
        (TEXT, "Yes", Answer(text="Yes", request_id="r")),
        (REPORT, "Right", Answer(text="Right", request_id="r")),
        (TEXT, None, Decline("r")),
    ],
)
def test_what_a_handler_returns_means_an_answer(question: Question, answer: Any, command: Any) -> None:
    assert command == command_for(question, answer)


@pytest.mark.parametrize(
    ("question", "answer", "field"),
    [(PLAN, 7, "on_plan"), (CONFIRMATION, "yes", "on_confirm"), (TEXT, True, "on_input")],
)
def test_what_means_nothing_is_refused(question: Question, answer: Any, field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        command_for(question, answer)
    assert field == refused.value.field


def test_each_question_goes_to_the_handler_of_its_kind_and_a_plan_as_a_plan() -> None:
    handlers = Handlers(on_plan=repr, on_input=str, on_confirm=bool)
    called = [
        (call.handler, call.argument)
        for item in (PLAN, TEXT, REPORT, CONFIRMATION)
        if (call := call_for(handlers, item)) is not None
    ]
    assert called == [(repr, PLAN.plan), (str, TEXT), (str, REPORT), (bool, CONFIRMATION)]
    assert call_for(Handlers(), TEXT) is None
    assert call_for(Handlers(), said.event(said.text())) is None
    assert Handlers().is_empty
    assert not handlers.is_empty


def test_who_answers_what_follows_from_options_and_handlers() -> None:
    W, N, A, X = Answering.WAIT, Answering.NOBODY, Answering.AUTOMATIC, Answering.STOP
    options = TaskExecutionOptions()
    policy = policy_for(options, Handlers(), attended=False)
    assert (policy.plan, policy.text, policy.confirmation) == (A, N, A)
    assert (policy.completion_timeout, policy.answer_timeout) == (300, None)
    strict = TaskExecutionOptions(auto_accept_plan=False, stop_on_x_confirm=True, max_user_input_timeout=5)
    policy = policy_for(strict, Handlers(), attended=True)
    assert (policy.plan, policy.text, policy.confirmation, policy.answer_timeout) == (W, W, X, 5)
    policy = policy_for(options, Handlers(on_plan=repr, on_input=str, on_confirm=bool), attended=False)
    assert (policy.plan, policy.text, policy.confirmation) == (W, W, W)
    assert policy.fallback is not None
    assert (policy.fallback.plan, policy.fallback.text) == (A, N)
