"""Questions of the service: what one asks for, who answers it, and what is said where nobody did. Pure."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import attrs

from wyseos.generated.models import InputEvent
from wyseos.mate.errors import SessionExecutionError
from wyseos.mate.plan import Plan
from wyseos.mate.tasks.protocol.commands import Answer
from wyseos.mate.tasks.protocol.policy import Answering, Policy
from wyseos.mate.tasks.protocol.states import Signal


class QuestionKind(StrEnum):
    """What a question wants: leave for a plan or for a browser action, a word on a product report, or any text."""

    PLAN = "plan"
    CONFIRMATION = "confirmation"
    REPORT = "report"
    TEXT = "text"


@attrs.frozen
class Question:
    """What the service waits for. The task goes on once it is answered with its `request_id`."""

    kind: QuestionKind
    request_id: str
    text: str = ""
    source: str = ""
    message_id: str | None = None
    plan: Plan | None = None

    def to_dict(self) -> dict[str, Any]:
        """Returns the question ready for JSON."""
        return {**attrs.asdict(self, recurse=False), "plan": None if self.plan is None else self.plan.to_list()}


SIGNALS = {
    QuestionKind.PLAN: Signal.ASK_PLAN,
    QuestionKind.CONFIRMATION: Signal.ASK_CONFIRMATION,
    QuestionKind.REPORT: Signal.ASK_INPUT,
    QuestionKind.TEXT: Signal.ASK_INPUT,
}


def question_of(event: InputEvent, plan: Plan | None) -> Question:
    """Tells what an input asks for, in the order of the protocol page."""
    message = event.message
    request = message.data if message is not None else None
    kind = QuestionKind.TEXT
    if message is not None and message.type == "x_confirm":
        kind = QuestionKind.CONFIRMATION
    elif plan is not None:
        kind = QuestionKind.PLAN
    elif event.source == "marketing_analyst":
        kind = QuestionKind.REPORT
    return Question(
        kind=kind,
        request_id=(request.request_id if request is not None else None) or "",
        text=event.content or "",
        source=event.source or "",
        message_id=event.message_id,
        plan=plan if kind is QuestionKind.PLAN else None,
    )


def answering(question: Question, policy: Policy) -> Answering:
    by_kind = {QuestionKind.PLAN: policy.plan, QuestionKind.CONFIRMATION: policy.confirmation}
    return by_kind.get(question.kind, policy.text)


def refuse_misfit(question: Question, answer: Answer) -> None:
    """Refuses text where leave is asked for, and leave where text is.

    Raises:
        SessionExecutionError: tells which method answers the question.
    """
    if question.kind in (QuestionKind.TEXT, QuestionKind.REPORT):
        if answer.text is None or not answer.accepted:
            raise SessionExecutionError("the question wants text: answer it with respond()")
    elif answer.text is not None and answer.accepted:
        raise SessionExecutionError("the question wants leave: answer it with approve() or reject()")


def unanswered(question: Question | None, seconds: float | None) -> str:
    asked = question.text if question is not None else ""
    waited = "nobody is there to answer" if seconds is None else f"no answer came within {seconds:g} s"
    return f"the task asks, and {waited}: {asked or 'an unnamed question'}"


def unfinished(question: Question | None, seconds: float | None) -> str:
    open_question = f"; it waits for an answer to: {question.text}" if question is not None else ""
    return f"the task was not finished within {seconds or 0:g} s{open_question}"
