"""What comes out of the task machine: what is to be done."""

from __future__ import annotations

import attrs

from wyseos.generated.models import MarketingDataType
from wyseos.mate.tasks.protocol.messages import ClientMessage
from wyseos.mate.tasks.protocol.questions import Question
from wyseos.mate.tasks.protocol.states import TaskState


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
