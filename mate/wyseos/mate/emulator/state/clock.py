"""The emulator's time: waits at a chosen speed, and timestamps that always grow."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta


class Clock:
    """Waits of scenarios at `speed` times the usual pace; at speed 0 nothing waits, and only the clock's hands move.

    Args:
        speed: 2 is twice as fast, 0.5 half as fast, 0 without any wait.
    """

    def __init__(self, speed: float = 1.0) -> None:
        if not 0 <= speed < float("inf"):
            raise ValueError(f"speed must be 0 or more, not {speed}")
        self.speed = speed
        self._skipped = timedelta()
        self._last = datetime.min.replace(tzinfo=UTC)

    def now(self) -> datetime:
        """Tell the time, never twice the same, so that what came later also sorts later."""
        self._last = max(datetime.now(UTC) + self._skipped, self._last + timedelta(microseconds=1))
        return self._last

    def stamp(self) -> str:
        """Tell the time as the service writes it: RFC 3339 with a Z."""
        return self.now().isoformat(timespec="microseconds").replace("+00:00", "Z")

    async def wait(self, seconds: float) -> float:
        """Wait `seconds` at this clock's speed and return the seconds that this really takes."""
        if self.speed == 0:
            self._skipped += timedelta(seconds=seconds)
            return 0.0
        real = seconds / self.speed
        await asyncio.sleep(real)
        self._skipped += timedelta(seconds=seconds - real)
        return real
