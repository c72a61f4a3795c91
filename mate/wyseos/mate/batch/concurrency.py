"""How many items may be under way at once: additive increase, multiplicative decrease."""

from __future__ import annotations


class ConcurrencyLimit:
    """Follow the service's capacity: up by one a full round of successes, halved by a refusal."""

    def __init__(self, upper: int) -> None:
        if upper < 1:
            raise ValueError(f"concurrency: at least 1 is needed, not {upper}")
        self._upper = upper
        self._current = upper
        self._successes = 0

    @property
    def current(self) -> int:
        """Return how many items may be under way now."""
        return self._current

    def succeeded(self) -> None:
        """Count a start that the service accepted; a full round of them raises the limit by one."""
        self._successes += 1
        if self._successes >= self._current:
            self._successes = 0
            self._current = min(self._upper, self._current + 1)

    def refused(self, under_way: int) -> None:
        """Halve what was under way when the service refused for want of capacity."""
        # Measured by what was under way: several refusals of one burst, all with the same number,
        # lower the limit once and not down to one.
        self._current = min(self._current, max(1, under_way // 2))
        self._successes = 0
