"""What the user asks of a task."""

from __future__ import annotations

import attrs

from wyseos.generated.models import Skill, StartMessage, UploadedFile
from wyseos.mate.plan import Plan


@attrs.frozen
class Start:
    """The user hands in a task. `resend_in` names the session statuses that prove that a start was never taken."""

    message: StartMessage
    resend_in: frozenset[str] = frozenset({"created"})


@attrs.frozen
class Attach:
    """The user goes on watching a session that was started elsewhere."""


@attrs.frozen
class Listen:
    """The user wants the messages alone, and decides by himself what they mean."""


@attrs.frozen
class Answer:
    """The user answers the open question: with text, or with permission for a plan or an action, or its refusal."""

    accepted: bool = True
    text: str | None = None
    plan: Plan | None = None
    attachments: list[UploadedFile] | None = None
    skills: list[Skill] | None = None
    request_id: str | None = None


@attrs.frozen
class Decline:
    """The user's handler leaves this question open: `AnswerPolicy.fallback` says who answers instead."""

    request_id: str


@attrs.frozen
class Pause:
    """The user pauses the round."""

    reason: str | None = None


@attrs.frozen
class Stop:
    """The user stops the round."""

    reason: str | None = None


Command = Start | Attach | Listen | Answer | Decline | Pause | Stop
