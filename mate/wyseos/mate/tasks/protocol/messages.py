"""The messages of a client, and which of them answers a question."""

from __future__ import annotations

from wyseos.generated.models import (
    AcceptPlan,
    PauseMessage,
    PlanInputData,
    PlanInputMessage,
    StartMessage,
    StopMessage,
    TextInputData,
    TextInputMessage,
)
from wyseos.mate.tasks.protocol.commands import Answer
from wyseos.mate.tasks.protocol.questions import Question, QuestionKind

ClientMessage = StartMessage | TextInputMessage | PlanInputMessage | PauseMessage | StopMessage


def answer_message(question: Question, answer: Answer) -> TextInputMessage | PlanInputMessage:
    """Return the message that answers `question`."""
    if question.kind in (QuestionKind.PLAN, QuestionKind.CONFIRMATION):
        plan = None if answer.plan is None or not answer.accepted else answer.plan.steps
        response = AcceptPlan(accepted=answer.accepted, plan=plan, content=answer.text)
        return PlanInputMessage(data=PlanInputData(request_id=question.request_id, response=response))
    text = TextInputData(
        text=answer.text or "",
        request_id=question.request_id,
        attachments=answer.attachments,
        skills=answer.skills,
    )
    return TextInputMessage(data=text)
