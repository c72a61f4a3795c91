"""What is done when a connection ends or is refused: the table of fault rows 13 to 15 and 28 to 33, and the waits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import Enum

import attrs


class Remedy(Enum):
    """What follows the end of a connection."""

    RETRY = "connect again and catch up"
    RETRY_SLOWLY = "the same, with longer waits"
    RETRY_ONCE = "the same, but only once in a row"
    LOOK_FIRST = "ask by REST whether the session is over; connect again if it is not"
    GIVE_UP = "no new connection: the error tells why"


NO_CLOSE_FRAME = 1006
TOO_BIG = 1009

_BY_CODE = {
    1000: Remedy.LOOK_FIRST,
    1001: Remedy.RETRY,
    1002: Remedy.GIVE_UP,
    1003: Remedy.GIVE_UP,
    1005: Remedy.LOOK_FIRST,
    NO_CLOSE_FRAME: Remedy.RETRY,
    1007: Remedy.GIVE_UP,
    1008: Remedy.GIVE_UP,
    TOO_BIG: Remedy.GIVE_UP,
    1011: Remedy.RETRY_SLOWLY,
    1012: Remedy.RETRY,
    1013: Remedy.RETRY_SLOWLY,
}
_BY_STATUS = {408: Remedy.RETRY, 425: Remedy.RETRY, 429: Remedy.RETRY_SLOWLY}


def remedy_for_close(code: int) -> Remedy:
    """Returns what follows a close code; 4000 and above are the service's own."""
    return _BY_CODE.get(code, Remedy.RETRY_ONCE)


def remedy_for_status(status: int) -> Remedy:
    """Returns what follows a handshake that was answered with this HTTP status instead of a line."""
    return _BY_STATUS.get(status, Remedy.RETRY_SLOWLY if status >= 500 else Remedy.GIVE_UP)


@attrs.frozen
class Ending:
    """How a connection ended, or why there was none.

    Args:
        remedy: what follows.
        reason: for people; holds no credential.
        close_code: the WebSocket close code, if there was one.
        status_code: the HTTP status that refused the handshake, if there was one.
        retry_after: seconds that the service asked to wait.
        tries: how often in a row this may be tried again, where that is less than usual.
    """

    remedy: Remedy
    reason: str
    close_code: int | None = None
    status_code: int | None = None
    retry_after: float | None = None
    tries: int | None = None


@attrs.frozen
class Patience:
    """How long a line is mended. Times in seconds.

    Args:
        first_tries: connections tried before the first one was open.
        tries: connections tried in a row once a task is under way: as many as a long outage takes, for what the round
            may take is the limit.
        base: the first wait, at most; each further one may be twice as long.
        cap: the longest wait.
        slow: how many times longer the waits are where the service is overloaded.
        longest: a longer Retry-After is an error at once.
    """

    first_tries: int = 3
    tries: int = 400
    base: float = 0.5
    cap: float = 8.0
    slow: float = 4.0
    longest: float = 120.0


class Backoff:
    """Counts failures in a row, and tells how long to wait before the next try.

    Args:
        patience: the limits.
        draw: gives a number from 0 to 1, for the jitter.
    """

    def __init__(self, patience: Patience, draw: Callable[[], float]) -> None:
        self._patience = patience
        self._draw = draw
        self.failures = 0

    def reset(self) -> None:
        """The line was good: the next failure is the first again."""
        self.failures = 0

    def wait(self, ending: Ending, *, first: bool) -> float | None:
        """Returns the seconds to wait before connecting again, or None where nothing more is tried."""
        self.failures += 1
        allowed = self._allowed(ending, first=first)
        too_long = ending.retry_after is not None and ending.retry_after > self._patience.longest
        if self.failures >= allowed or too_long:
            return None
        if ending.retry_after is not None:
            return ending.retry_after
        slow = self._patience.slow if ending.remedy is Remedy.RETRY_SLOWLY else 1.0
        ceiling: float = min(self._patience.cap, self._patience.base * 2.0 ** (self.failures - 1))
        return ceiling * slow * self._draw()

    def _allowed(self, ending: Ending, *, first: bool) -> int:
        """How many connections in a row may fail, this one included."""
        if ending.remedy is Remedy.GIVE_UP:
            return 0
        usual = self._patience.first_tries if first else self._patience.tries
        limits: Iterator[int | None] = iter((usual, ending.tries, 2 if ending.remedy is Remedy.RETRY_ONCE else None))
        return min(limit for limit in limits if limit is not None)
