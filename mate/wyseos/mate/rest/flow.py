"""Logic once, drivers twice: a flow yields what is to be done and is sent what came of it.

A flow is a generator. It knows the order of things (try, wait, try again; ask, wait, ask again) and nothing of
sockets, clocks, threads or event loops. `run` and `run_async` are the only two places where sync and async
part.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Generator, Mapping
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, TypeVar

from wyseos.mate.errors import WyseError
from wyseos.mate.settings.secret import Secret
from wyseos.runtime import records

if TYPE_CHECKING:
    from wyseos.mate.rest.request import Request

__all__ = ["Flow", "Progress", "Send", "Sink", "Sleep", "Step", "run", "run_async"]

T = TypeVar("T")


@records.frozen
class Send:
    """Send this request once; the flow is sent the answer, or the `WyseError` is thrown into it.

    Args:
        request: what to send.
        credential: name and value of the header that authenticates it; None where it is sent without.
        timeout: seconds that the connection may stand still.
        until: when the whole call must be over, on the clock that the flow was given.
        origin: scheme, host and port, where they are not those of the base URL.
        sink: where the body of a whole answer (200) goes instead of into memory.
    """

    request: Request
    credential: tuple[str, Secret] | None
    timeout: float
    until: float
    origin: str | None = None
    sink: Sink | None = None


Progress: TypeAlias = Callable[[int, int | None], object]
"""Called with the bytes that came and the bytes in all, None where nobody tells."""


class Sink(Protocol):
    """Where a large body goes, piece by piece."""

    limit: int
    """The most bytes, unpacked."""

    def begin(self, headers: Mapping[str, str]) -> None:
        """An answer begins, perhaps once more: what came before is void. Names of headers are in lower case."""

    def write(self, piece: bytes) -> object:
        """Take the next piece, unpacked."""


@records.frozen
class Sleep:
    """Wait so many seconds; the flow is sent None."""

    seconds: float


Step: TypeAlias = Send | Sleep
Flow: TypeAlias = Generator[Step, Any, T]


def run(flow: Flow[T], perform: Callable[[Step], Any]) -> T:
    """Drive a flow to its end, performing each step as it comes.

    Args:
        flow: the generator to drive.
        perform: does a step and returns what came of it.

    Returns:
        What the flow returns.

    Raises:
        WyseError: what the flow raises. Errors of `perform` are thrown into the flow, which may go on after them.
    """
    try:
        step = next(flow)
        while True:
            try:
                answer = perform(step)
            except WyseError as error:
                step = flow.throw(error)
            else:
                step = flow.send(answer)
    except StopIteration as end:
        result: T = end.value
        return result


async def run_async(flow: Flow[T], perform: Callable[[Step], Awaitable[Any]]) -> T:
    """Drive a flow to its end as `run` does, awaiting each step."""
    try:
        step = next(flow)
        while True:
            try:
                answer = await perform(step)
            except WyseError as error:
                step = flow.throw(error)
            else:
                step = flow.send(answer)
    except StopIteration as end:
        result: T = end.value
        return result
