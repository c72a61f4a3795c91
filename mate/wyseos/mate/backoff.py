"""How long is waited between two tries, for REST calls and connections alike. Pure: chance is drawn elsewhere."""

from __future__ import annotations

__all__ = ["FIRST_BOUND", "LAST_BOUND", "LONGEST_TOLD_WAIT", "bound"]

# Seconds. A wait is drawn between nothing and a bound, which doubles with each failure in a row.
FIRST_BOUND = 0.5
LAST_BOUND = 8.0
# A service that asks for a longer pause than this is not waited for (fault row 8).
LONGEST_TOLD_WAIT = 120.0

# Beyond so many doublings any bound has long reached its last; a float would overflow some thousand later.
_MOST_DOUBLINGS = 16


def bound(failures: int, first: float = FIRST_BOUND, last: float = LAST_BOUND) -> float:
    """Return the longest wait after so many failures in a row.

    Args:
        failures: how many, 1 or more.
        first: seconds after the first one.
        last: seconds that no bound exceeds.
    """
    return min(last, first * 2.0 ** min(failures - 1, _MOST_DOUBLINGS))
