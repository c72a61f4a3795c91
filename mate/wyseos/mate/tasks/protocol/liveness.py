"""Whether the connection still lives: when to ping, and when silence means that it is dead (fault row 21). Pure.

Any byte received counts as life. After `quiet` seconds without one the service is pinged; if `patience` seconds after
that ping there is still none, the connection is dead. Both are at most 12 s, so that a half-open connection is noticed
within 25 s however rare the heartbeat is. A clock that stood still meanwhile (a laptop asleep, a blocked
loop) kills nothing: silence counts only after a ping was really sent.
"""

from __future__ import annotations

QUIET = 12.0


class Liveness:
    """The times of one connection.

    Args:
        interval: seconds; the service is pinged at least this often.
        now: when the connection was opened, in seconds on a monotonic clock.
    """

    __slots__ = ("_asked_at", "_last_byte", "_last_ping", "interval", "quiet")

    def __init__(self, interval: float, now: float) -> None:
        self.interval = interval
        self.quiet = min(interval, QUIET)
        self._last_byte = now
        self._last_ping = now
        self._asked_at: float | None = None

    def byte_received(self, now: float) -> None:
        """Note that something came."""
        self._last_byte = now
        self._asked_at = None

    def ping_sent(self, now: float) -> None:
        """Note that the service was asked."""
        self._last_ping = now
        if self._asked_at is None:
            self._asked_at = now

    @property
    def deadline(self) -> float:
        """When something is to be done."""
        if self._asked_at is not None:
            return self._asked_at + self.quiet
        return min(self._last_byte + self.quiet, self._last_ping + self.interval)

    def is_dead(self, now: float) -> bool:
        """Tell whether the service was asked and sent nothing for too long."""
        return self._asked_at is not None and now >= self._asked_at + self.quiet

    def ping_due(self, now: float) -> bool:
        """Tell whether the service should be pinged now."""
        return self._asked_at is None and now >= self.deadline
