"""Ctrl-Z while something is drawn: the terminal is given back before the program stops, and drawn on after `fg`."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any


@contextmanager
def giving_way(standing_aside: Callable[[], AbstractContextManager[Any]]) -> Iterator[None]:
    """Let Ctrl-Z stop the program only while nothing is drawn.

    Args:
        standing_aside: takes away what is drawn, and draws it anew at its end.
    """
    if not hasattr(signal, "SIGTSTP") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def suspend(number: int, frame: Any) -> None:
        with standing_aside():
            # Whoever draws around us gives way as well; the last of them stops.
            signal.signal(signal.SIGTSTP, before)
            signal.raise_signal(signal.SIGTSTP)
            signal.signal(signal.SIGTSTP, suspend)

    before = signal.signal(signal.SIGTSTP, suspend)
    try:
        yield
    finally:
        signal.signal(signal.SIGTSTP, before)
