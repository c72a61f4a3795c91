"""The one clock by which waits and deadlines go, whatever a test does to time.

freezegun puts a clock of its own in the place of `time.monotonic`, in every module that names it, and takes it away
again: deadlines would lie years ahead, and connections time out at once. So nobody here asks `time.monotonic`, and the
event loops that we make ask this clock, too. What a day it is may be frozen: that is told as it is found.
"""

from __future__ import annotations

import time
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop

__all__ = ["monotonic", "new_event_loop"]

if hasattr(time, "clock_gettime"):  # the system's own; who replaces the functions of Python leaves it alone
    monotonic = partial(time.clock_gettime, time.CLOCK_MONOTONIC)
else:
    monotonic = partial(time.monotonic)


def new_event_loop() -> AbstractEventLoop:
    """Make an event loop that goes by this clock."""
    import asyncio  # here: who only calls and waits does without it

    loop = asyncio.new_event_loop()
    with suppress(AttributeError):  # a loop of another library's, which asks the system itself
        loop.time = monotonic  # type: ignore[method-assign]  # for this loop alone
    return loop
