"""What follows when a connection ends or can't be opened, and how long is waited (fault rows 1 to 4, 13 to 15, 28 to
33).

The rules:

1. Before the first connection was open, what is wrong is likely wrong for good: little is tried. Later the same fault
   is likely to pass: a resolver that is away, a deployment, a proxy that restarts. The tables have a column for each.
2. A reconnect is tried for as long as the round may take; what only the service or the user can mend, a few times.
3. Waits double up to a cap. Only progress and time make the next failure the first again, not any frame: a service that
   accepts, greets and goes is waited for longer and longer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum, auto

from wyseos.mate.backoff import FIRST_BOUND, LAST_BOUND, LONGEST_TOLD_WAIT, bound
from wyseos.runtime import records


class Remedy(Enum):
    """What follows the end of a connection."""

    RETRY = "connect again and catch up"
    RETRY_SLOWLY = "the same, with longer waits"
    ASK_FIRST = "ask by REST whether the session is over; connect again if it is not"
    GIVE_UP = "no new connection: the error tells why"


@records.frozen
class ReconnectRule:
    """A remedy, and how many connections in a row may end so; None: as many as there is patience for."""

    remedy: Remedy
    tries: int | None = None


class Cause(Enum):
    """Why a connection ended or could not be opened."""

    CLOSED = auto()  # the service closed it, with a close code
    REFUSED = auto()  # the service answered the handshake with an HTTP status
    CUT = auto()  # it was cut without a close frame
    SILENT = auto()  # nothing came for too long
    TOO_BIG = auto()  # a message was larger than allowed
    UNKNOWN_HOST = auto()  # the host does not exist
    RESOLVER_AWAY = auto()  # the host could not be looked up
    BAD_CERTIFICATE = auto()  # the certificate is not trusted
    TIMED_OUT = auto()  # the handshake took too long
    UNREACHABLE = auto()  # the network did not lead there
    BROKEN_HANDSHAKE = auto()  # the handshake broke off
    PROXY_BUSY = auto()  # the proxy failed, as it may while it restarts
    PROXY_REFUSED = auto()  # the proxy does not let us through
    UNUSABLE = auto()  # a setting can't be used


_RETRY, _SLOWLY, _GIVE_UP = (
    ReconnectRule(Remedy.RETRY),
    ReconnectRule(Remedy.RETRY_SLOWLY),
    ReconnectRule(Remedy.GIVE_UP),
)
_FEW = ReconnectRule(Remedy.RETRY_SLOWLY, tries=3)
_ONCE = ReconnectRule(Remedy.RETRY, tries=2)
_ASK = ReconnectRule(Remedy.ASK_FIRST)

# The first column: before a connection was ever open. The second: at a reconnect.
_BY_CAUSE: Mapping[Cause, tuple[ReconnectRule, ReconnectRule]] = {
    Cause.CUT: (_RETRY, _RETRY),
    Cause.SILENT: (_RETRY, _RETRY),
    Cause.TOO_BIG: (_ONCE, _ONCE),
    Cause.UNKNOWN_HOST: (_FEW, _RETRY),
    Cause.RESOLVER_AWAY: (_RETRY, _RETRY),
    Cause.BAD_CERTIFICATE: (_GIVE_UP, _FEW),
    Cause.TIMED_OUT: (_RETRY, _RETRY),
    Cause.UNREACHABLE: (_RETRY, _RETRY),
    Cause.BROKEN_HANDSHAKE: (_RETRY, _RETRY),
    Cause.PROXY_BUSY: (_RETRY, _RETRY),
    Cause.PROXY_REFUSED: (_GIVE_UP, _FEW),
    Cause.UNUSABLE: (_GIVE_UP, _GIVE_UP),
}
_BY_CODE: Mapping[int, ReconnectRule] = {
    1000: _ASK,
    1001: _RETRY,
    1002: _GIVE_UP,
    1003: _GIVE_UP,
    1005: _ASK,
    1006: _RETRY,
    1007: _GIVE_UP,
    1008: _GIVE_UP,
    1009: _GIVE_UP,
    1011: _SLOWLY,
    1012: _RETRY,
    1013: _SLOWLY,
}
_OTHER_CODE = _ONCE
"""4000 and above are the service's own."""
_BY_STATUS: Mapping[int, tuple[ReconnectRule, ReconnectRule]] = {
    400: (_GIVE_UP, _FEW),
    401: (_GIVE_UP, _FEW),
    403: (_GIVE_UP, _FEW),
    404: (_GIVE_UP, _FEW),
    408: (_RETRY, _RETRY),
    425: (_RETRY, _RETRY),
    429: (_SLOWLY, _SLOWLY),
}
TOKEN_REJECTED = 401
"""The one status after which a new credential is asked for."""


@records.frozen
class Ending:
    """How a connection ended, or why there was none.

    Args:
        cause: what happened.
        reason: for people; holds no credential.
        close_code: the WebSocket close code, if there was one.
        status_code: the HTTP status that refused the handshake, if there was one.
        retry_after: seconds that the service asked to wait.
    """

    cause: Cause
    reason: str
    close_code: int | None = None
    status_code: int | None = None
    retry_after: float | None = None


def rule_for(ending: Ending, *, first: bool) -> ReconnectRule:
    """Return what follows an ending, before a connection was ever open or after."""
    if ending.cause is Cause.CLOSED:
        return _BY_CODE.get(ending.close_code or 0, _OTHER_CODE)
    if ending.cause is Cause.REFUSED:
        status = ending.status_code or 0
        columns = _BY_STATUS.get(status, (_SLOWLY, _SLOWLY) if status >= 500 else (_GIVE_UP, _GIVE_UP))
    else:
        columns = _BY_CAUSE[ending.cause]
    return columns[0 if first else 1]


@records.frozen
class Patience:
    """How long a connection is tried for. Times in seconds.

    Args:
        first_tries: connections tried before the first one was open.
        outage: how long a reconnect is tried; None: as long as the round may take.
        base: the first wait, at most; each further one may be twice as long.
        cap: the longest wait.
        slow: how many times longer the waits are where the service is overloaded.
        longest: before the first connection a longer `Retry-After` is an error at once.
    """

    first_tries: int = 3
    outage: float | None = None
    base: float = FIRST_BOUND
    cap: float = LAST_BOUND
    slow: float = 4.0
    longest: float = LONGEST_TOLD_WAIT


LONGEST_OUTAGE = 1800.0
"""Seconds that a reconnect is tried where neither the options nor the round set an end."""


class Backoff:
    """Counts failures in a row, and tells how long to wait before the next try.

    Args:
        patience: the limits.
        draw: gives a number from 0 to 1, for the jitter.
    """

    def __init__(self, patience: Patience, draw: Callable[[], float]) -> None:
        self._patience = patience
        self._draw = draw
        self._since: float | None = None
        self.failures = 0
        """How many connections failed in a row."""

    def reset(self) -> None:
        """Note that the connection was good: the next failure is the first again."""
        self.failures = 0
        self._since = None

    def wait(self, ending: Ending, now: float, *, first: bool, has_limit: bool = False) -> float | None:
        """Return the seconds to wait before connecting again, or None where nothing more is tried.

        Args:
            ending: how the connection ended.
            now: seconds on a monotonic clock.
            first: whether no connection was open yet.
            has_limit: whether the round ends by itself, so that its time is the limit.
        """
        rule = rule_for(ending, first=first)
        self._since = now if self._since is None else self._since
        self.failures += 1
        if rule.remedy is Remedy.GIVE_UP or self.failures >= (rule.tries or self.failures + 1):
            return None
        if first and self._is_hopeless(ending):
            return None
        if not first and self._is_over(now, has_limit=has_limit):
            return None
        return self._delay(rule, ending)

    def _is_hopeless(self, ending: Ending) -> bool:
        told = ending.retry_after
        return self.failures >= self._patience.first_tries or (told is not None and told > self._patience.longest)

    def _is_over(self, now: float, *, has_limit: bool) -> bool:
        limit = self._patience.outage
        if limit is None:
            limit = float("inf") if has_limit else LONGEST_OUTAGE
        return self._since is not None and now - self._since >= limit

    def _delay(self, rule: ReconnectRule, ending: Ending) -> float:
        jitter = self._draw()
        if ending.retry_after is not None and ending.retry_after > 0:
            return ending.retry_after * (1 + jitter / 10)
        slow = self._patience.slow if rule.remedy is Remedy.RETRY_SLOWLY else 1.0
        return bound(self.failures, self._patience.base, self._patience.cap) * slow * jitter
