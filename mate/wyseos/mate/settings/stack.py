"""Which line of the user's a warning is about."""

from __future__ import annotations

import sys

__all__ = ["level_of_user"]


def level_of_user() -> int:
    """Return how far up the stack the user's line is, for the `stacklevel` of a warning of whoever calls this."""
    frame, level = sys._getframe(1), 1
    while frame.f_back is not None and str(frame.f_globals.get("__name__")).startswith("wyseos.mate."):
        frame, level = frame.f_back, level + 1
    return level
