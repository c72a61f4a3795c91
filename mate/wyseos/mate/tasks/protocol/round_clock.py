"""The times of a round: what is waited for until when, and the round's own time, which a question may stop. Pure."""

from __future__ import annotations

from enum import StrEnum


class Awaited(StrEnum):
    """What a round waits for; where several are over, the first of them counts."""

    FOLLOW_UP = "a follow-up to the result"
    STOP = "the confirmation of a stop"
    ANSWER = "an answer to what is asked"
    COMPLETION = "the end of the round"


class RoundClock:
    """When each wait of a round is over, on the caller's clock."""

    __slots__ = ("_left", "_until")

    def __init__(self) -> None:
        self._until: dict[Awaited, float] = {}
        self._left: float | None = None  # of the round's own time, while it stands

    @property
    def has_limit(self) -> bool:
        """Whether the round ends by its own time."""
        return Awaited.COMPLETION in self._until or self._left is not None

    def deadline(self, *, follow_up: bool) -> float | None:
        """Return when the next wait is over; that for a follow-up counts only where one can come."""
        waits = self._until
        if not follow_up and Awaited.FOLLOW_UP in waits:
            waits = {wait: until for wait, until in waits.items() if wait is not Awaited.FOLLOW_UP}
        return min(waits.values()) if waits else None

    def over(self, now: float) -> Awaited | None:
        """Return the wait that is over, the first of them in the order of `Awaited`."""
        over = {wait for wait, until in self._until.items() if until <= now}
        return next((wait for wait in Awaited if wait in over), None)

    def ends_round(self, now: float) -> bool:
        """Tell whether something is over that ends the round without a result."""
        return any(wait is not Awaited.FOLLOW_UP and until <= now for wait, until in self._until.items())

    def wait(self, wait: Awaited, seconds: float | None, now: float) -> None:
        """Wait for so long, in place of what was waited for before; None changes nothing."""
        if seconds is not None:
            self._until[wait] = now + seconds

    def forget(self, wait: Awaited) -> None:
        """Wait for it no longer."""
        self._until.pop(wait, None)

    def clear(self) -> None:
        """Wait for nothing any more."""
        self._until.clear()
        self._left = None

    def stop(self, now: float) -> None:
        """Let the round's own time stand: a person is asked. A second time it does nothing."""
        until = self._until.pop(Awaited.COMPLETION, None)
        if until is not None:
            self._left = until - now

    def go_on(self, now: float) -> None:
        """Let the round's own time run again, where it stands."""
        self.wait(Awaited.COMPLETION, self._left, now)
        self._left = None
