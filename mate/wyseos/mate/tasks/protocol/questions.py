"""Questions of the service: what one asks for, who answers it, and what is said where nobody did. Pure."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from wyseos.generated.models import InputEvent, PlanStatusEvent, TextEvent
from wyseos.mate.errors import SessionExecutionError
from wyseos.mate.plan import Plan
from wyseos.mate.tasks.protocol.commands import Answer
from wyseos.mate.tasks.protocol.policy import Answering, AnswerPolicy
from wyseos.mate.tasks.protocol.states import Signal
from wyseos.runtime import records

if TYPE_CHECKING:
    from wyseos.generated.events import Event


class QuestionKind(StrEnum):
    """What a question wants: permission for a plan or a browser action, a comment on a product report, or any text."""

    PLAN = "plan"
    CONFIRMATION = "confirmation"
    REPORT = "report"
    TEXT = "text"


class Answers(Protocol):
    """A task, as a question needs it."""

    def approve(self, plan: Plan | None = None, *, question: Question | None = None) -> Any:
        """Give permission."""

    def reject(self, why: str | None = None, *, question: Question | None = None) -> Any:
        """Refuse it."""

    def respond(self, text: str, *, question: Question | None = None) -> Any:
        """Answer with text."""


@records.frozen
class Question:
    """What the service waits for. The task goes on once it is answered with its `request_id`.

    Example:
        for question in task.questions:
            print(question.text)
            question.answer(input())
    """

    kind: QuestionKind
    request_id: str
    text: str = ""
    source: str = ""
    message_id: str | None = None
    plan: Plan | None = None
    _task: Answers | None = records.field(default=None, eq=False, repr=False, alias="task")

    def approve(self, plan: Plan | None = None) -> Any:
        """Give permission for this plan, perhaps edited, or for this action; to be awaited on an `AsyncTask`.

        Raises:
            SessionExecutionError: the question is not open any more, or wants text; nothing is sent.
        """
        return self._of_task().approve(plan, question=self)

    def reject(self, why: str | None = None) -> Any:
        """Refuse this plan and say what to improve, or this action; as `approve`."""
        return self._of_task().reject(why, question=self)

    def answer(self, text: str) -> Any:
        """Answer this question with text; as `approve`."""
        return self._of_task().respond(text, question=self)

    def of(self, task: Answers) -> Question:
        """Return the question as that task's, so that it can be answered through it."""
        return records.evolve(self, task=task)

    def to_dict(self) -> dict[str, Any]:
        """Return the question ready for JSON."""
        fields = {name: getattr(self, name) for name in ("kind", "request_id", "text", "source", "message_id")}
        return {**fields, "plan": None if self.plan is None else self.plan.to_list()}

    def _of_task(self) -> Answers:
        if self._task is None:
            raise SessionExecutionError("the question was not handed out by a task: nobody can be answered")
        return self._task


SIGNALS = {
    QuestionKind.PLAN: Signal.ASK_PLAN,
    QuestionKind.CONFIRMATION: Signal.ASK_CONFIRMATION,
    QuestionKind.REPORT: Signal.ASK_INPUT,
    QuestionKind.TEXT: Signal.ASK_INPUT,
}


def question_of(event: InputEvent, plan: Plan | None) -> Question:
    """Tell what an input asks for, in the order of the protocol page."""
    message = event.message
    kind = QuestionKind.TEXT
    if message is not None and message.type == "x_confirm":
        kind = QuestionKind.CONFIRMATION
    elif plan is not None:
        kind = QuestionKind.PLAN
    elif event.source == "marketing_analyst":
        kind = QuestionKind.REPORT
    return Question(
        kind=kind,
        request_id=request_id_of(event),
        text=event.content or "",
        source=event.source or "",
        message_id=event.message_id,
        plan=plan if kind is QuestionKind.PLAN else None,
    )


def request_id_of(event: InputEvent) -> str:
    """Return the id that an answer names, "" where the service gave none."""
    request = event.message.data if event.message is not None else None
    return (request.request_id if request is not None else None) or ""


def answered_by(event: Event) -> str | None:
    """Return the `request_id` that a message of the user names as answered; None where it names none."""
    metadata = event.message.metadata if isinstance(event, TextEvent) and event.message is not None else None
    return (metadata.from_request_id if metadata is not None else None) or None


def shows_answered(event: Event, question: Question) -> bool:
    """Tell whether an event shows that a question was answered: the agent that asked goes on, or all of them do."""
    if question.kind in (QuestionKind.PLAN, QuestionKind.REPORT) or isinstance(event, PlanStatusEvent):
        return True
    return not question.source or not event.source or event.source == question.source


def answering(question: Question, policy: AnswerPolicy) -> Answering:
    by_kind = {QuestionKind.PLAN: policy.plan, QuestionKind.CONFIRMATION: policy.confirmation}
    return by_kind.get(question.kind, policy.text)


def refuse_misfit(
    question: Question, answer: Answer, *, by_text: str = "respond()", by_permission: str = "approve() or reject()"
) -> None:
    """Refuse text where permission is asked for, and permission where text is.

    Args:
        question: what is asked.
        answer: what was said.
        by_text: how the caller says text.
        by_permission: how the caller gives permission, or refuses it.

    Raises:
        SessionExecutionError: tells how the question is answered.
    """
    if question.kind in (QuestionKind.TEXT, QuestionKind.REPORT):
        if answer.text is None or not answer.accepted:
            raise SessionExecutionError(f"the question wants text: answer it with {by_text}")
    elif answer.text is not None and answer.accepted:
        raise SessionExecutionError(f"the question wants permission: answer it with {by_permission}")


def unanswered(question: Question | None, seconds: float | None) -> str:
    asked = question.text if question is not None else ""
    waited = "nobody is there to answer" if seconds is None else f"no answer came within {seconds:g} s"
    return f"the task asks, and {waited}: {asked or 'an unnamed question'}"


def unfinished(question: Question | None, seconds: float | None) -> str:
    open_question = f"; it waits for an answer to: {question.text}" if question is not None else ""
    return f"timeout: the task was not finished within {seconds or 0:g} s{open_question}"
