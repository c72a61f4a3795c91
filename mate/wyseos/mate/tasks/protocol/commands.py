"""What the user asks of a task."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wyseos.generated.models import Skill, StartData, StartMessage, StartTask, UploadedFile
from wyseos.mate.errors import ValidationError
from wyseos.mate.plan import Plan
from wyseos.mate.tasks.protocol.states import OVER
from wyseos.runtime import records

_CREATED = frozenset({"created"})
_ENDED_BEFORE = OVER | {"paused"}


@records.frozen
class Start:
    """The user hands in a task. `resend_in` names the session statuses that prove that a start was never taken."""

    message: StartMessage
    resend_in: frozenset[str] = _CREATED


@records.frozen
class Attach:
    """The user goes on watching a session that was started elsewhere."""


@records.frozen
class Listen:
    """The user wants the messages alone, and decides by himself what they mean."""


@records.frozen
class Answer:
    """The user answers the open question: with text, or with permission for a plan or an action, or its refusal."""

    accepted: bool = True
    text: str | None = None
    plan: Plan | None = None
    attachments: list[UploadedFile] | None = None
    skills: list[Skill] | None = None
    request_id: str | None = None


@records.frozen
class Decline:
    """The user's handler leaves this question open: `AnswerPolicy.fallback` says who answers instead."""

    request_id: str


@records.frozen
class Pause:
    """The user pauses the round."""

    reason: str | None = None


@records.frozen
class Stop:
    """The user stops the round."""

    reason: str | None = None


Command = Start | Attach | Listen | Answer | Decline | Pause | Stop


def start_of(
    task: str,
    attachments: Sequence[Mapping[str, Any]] | None,
    extra: dict[str, Any] | None,
    status: str | None = "created",
) -> Start:
    """Return the start of a round in a session of that status.

    Raises:
        ValidationError: the task is empty.
    """
    if not isinstance(task, str) or not task.strip():
        raise ValidationError("task is empty; say in words what is to be done", field="task")
    files = [UploadedFile.from_dict(attachment) for attachment in attachments] if attachments else None
    data = StartData(messages=[StartTask(content=task)], attachments=files, extra=extra or None)
    resend_in = _ENDED_BEFORE if status != "created" else _CREATED
    return Start(message=StartMessage(data=data), resend_in=resend_in)
