"""What goes into the task machine besides the service's events, and what comes out of it.

In: what the user asks for (`Start`, `Attach`, `Answer`, `Pause`, `Stop`), what the line tells (`Resynced`, `Closed`,
`Broken`) and the passing of time (`Tick`). Out: actions for the driver (`Send`, `Ask`, `Fetch`, `Done`).
"""

from __future__ import annotations

from enum import Enum, StrEnum
from typing import Any

import attrs

from wyseos.generated.models import (
    AcceptPlan,
    MarketingDataType,
    PauseMessage,
    PlanInputData,
    PlanInputMessage,
    Skill,
    StartMessage,
    StopMessage,
    TextInputData,
    TextInputMessage,
    UploadedFile,
)
from wyseos.mate.plan import Plan
from wyseos.mate.tasks.protocol.states import TaskState

ClientMessage = StartMessage | TextInputMessage | PlanInputMessage | PauseMessage | StopMessage


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


class Answering(Enum):
    """Who answers a kind of question."""

    AUTOMATIC = "the machine itself agrees"
    STOP = "the machine stops the task instead"
    WAIT = "somebody will, in time"
    NOBODY = "nobody can: the round ends with an error that carries the question"


@attrs.frozen
class Policy:
    """Who answers what, and how long is waited. Times in seconds; None is without end."""

    plan: Answering = Answering.AUTOMATIC
    text: Answering = Answering.WAIT
    confirmation: Answering = Answering.AUTOMATIC
    completion_timeout: float | None = None
    answer_timeout: float | None = None
    fallback: Policy | None = None
    """Who answers what a handler was asked and left open."""


# ---- in


@attrs.frozen
class Start:
    """The user hands in a task. `resend_in` names the session statuses that prove that a start was never taken."""

    message: StartMessage
    resend_in: frozenset[str] = frozenset({"created"})


@attrs.frozen
class Attach:
    """The user goes on watching a session that was started elsewhere."""


@attrs.frozen
class Answer:
    """The user answers the open question: with text, or with leave (or none) for a plan or an action."""

    accepted: bool = True
    text: str | None = None
    plan: Plan | None = None
    attachments: list[UploadedFile] | None = None
    skills: list[Skill] | None = None
    request_id: str | None = None


@attrs.frozen
class Decline:
    """The user's handler leaves this question open: `Policy.fallback` says who answers instead."""

    request_id: str


@attrs.frozen
class Pause:
    """The user pauses the round."""

    reason: str | None = None


@attrs.frozen
class Stop:
    """The user stops the round."""

    reason: str | None = None


@attrs.frozen
class Opened:
    """The first line is open: what was asked for before goes out."""


@attrs.frozen
class Resynced:
    """The line is open again and the missed events are in: `news` tells whether there were any.

    `status` is the session's as REST tells it, or None where it could not be had.
    """

    status: str | None = None
    news: bool = False
    answer: str = ""
    error: str = ""


@attrs.frozen
class Closed:
    """The service closed the line and nothing more will come."""


@attrs.frozen
class Broken:
    """The line cannot be mended, or the user's own callback failed."""

    error: str


@attrs.frozen
class Tick:
    """Time passed."""


# ---- out


@attrs.frozen
class Send:
    """Send this to the service."""

    message: ClientMessage


@attrs.frozen
class Ask:
    """Put this question to whoever answers."""

    question: Question


@attrs.frozen
class Fetch:
    """A stream is closed: fetch its whole data. `kinds` are those of `/session/marketing/data`."""

    stream: str
    kinds: tuple[MarketingDataType, ...]


@attrs.frozen
class Done:
    """The round is over."""

    state: TaskState
    answer: str = ""
    error: str | None = None
    code: int | None = None
    question: Question | None = None

    @property
    def success(self) -> bool:
        """Whether the task came to its result."""
        return self.state is TaskState.COMPLETED


Action = Send | Ask | Fetch | Done


def answer_message(question: Question, answer: Answer) -> TextInputMessage | PlanInputMessage:
    """Returns the message that answers `question`."""
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
