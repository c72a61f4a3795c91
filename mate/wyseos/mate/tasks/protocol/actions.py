"""What comes out of the protocol: what is to be done.

The first part comes out of the task machine, which knows messages and people. The second comes out of the session,
which knows connections and requests; it is what a driver performs.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from wyseos.generated.models import MarketingDataType
from wyseos.mate.tasks.protocol.catchup import PageRequest
from wyseos.mate.tasks.protocol.local_events import PolicyDecision
from wyseos.mate.tasks.protocol.messages import ClientMessage
from wyseos.mate.tasks.protocol.questions import Question
from wyseos.mate.tasks.protocol.states import TaskState
from wyseos.runtime import records

if TYPE_CHECKING:
    from wyseos.mate.tasks.protocol.events import TaskEvent


@records.frozen
class SendMessage:
    """Send this to the service."""

    message: ClientMessage


@records.frozen
class PutQuestion:
    """Put this question to whoever answers."""

    question: Question


@records.frozen
class TellDecision:
    """Tell the user what was decided about a question."""

    event: PolicyDecision


@records.frozen
class FetchStream:
    """A stream is closed: fetch its whole data. `kinds` are those of `/session/marketing/data`."""

    stream: str
    kinds: tuple[MarketingDataType, ...]


@records.frozen
class AskAgain:
    """What the service says by REST decides only if it says the same again, so many seconds later."""

    seconds: float


@records.frozen
class Done:
    """The round has its result.

    `stop_confirmed` is None where nobody stopped it, and False where the service never confirmed the stop.
    """

    state: TaskState
    answer: str = ""
    error: str | None = None
    code: int | None = None
    question: Question | None = None
    stop_confirmed: bool | None = None

    @property
    def success(self) -> bool:
        """Whether the task came to its result."""
        return self.state is TaskState.COMPLETED


@records.frozen
class RoundOver:
    """Nothing more comes in this round, not even a follow-up to its result."""


MachineAction = SendMessage | PutQuestion | TellDecision | FetchStream | AskAgain | Done | RoundOver


# ---- what a driver performs


@records.frozen
class Connect:
    """Open a connection. What comes of it is `connection_opened` or `connection_lost`.

    `renew` asks for a new credential first: the last one was rejected.
    """

    renew: bool = False


@records.frozen
class Disconnect:
    """End the connection, or the attempt to open one, at once. Nothing is told of it."""


@records.frozen
class SendText:
    """Send this frame."""

    message: dict[str, Any]


@records.frozen
class ReadSession:
    """Ask the service by REST what it tells of the session."""


@records.frozen
class ReadHistory:
    """Ask the service by REST for a page of the session's messages."""

    page: PageRequest


@records.frozen
class ReadNewest:
    """Ask the service by REST for the newest message: what stands up to it was there before us."""


@records.frozen
class ReadStream:
    """Ask the service by REST for the whole data of a stream."""

    stream: str
    kinds: tuple[MarketingDataType, ...]


@records.frozen
class Deliver:
    """Hand these to the user, in this order. `size` is the bytes that they take."""

    items: Sequence[TaskEvent | Question]
    size: int = 0


@records.frozen
class PauseReading:
    """Read nothing more from the connection, so that the service must wait."""


@records.frozen
class ResumeReading:
    """Read on."""


@records.frozen
class Finished:
    """The round has its result; events may still follow."""

    done: Done


@records.frozen
class Warn:
    """Tell this in the log: something is not as it should be, and the task goes on."""

    message: str


Request = ReadSession | ReadHistory | ReadNewest | ReadStream
Action = (
    Connect | Disconnect | SendText | Request | Deliver | PauseReading | ResumeReading | Finished | Warn | RoundOver
)
