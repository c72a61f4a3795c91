"""Threads of our own, and waiting for what they do.

Nobody waits for them at the end of a loop or of the program, as for those of an executor.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from wyseos.runtime.clock import monotonic

__all__ = ["SLICE", "in_thread", "start_thread", "wait_for"]

T = TypeVar("T")

SLICE = 0.2 if os.name == "nt" else None
"""Where a lock can't be interrupted by Ctrl-C (Windows), waiting is cut into slices of so many seconds."""


def start_thread(run: Callable[[], None], name: str) -> Callable[[], object] | None:
    """Start a real thread, and return what waits for its end; None where it can't be waited for.

    gevent makes a greenlet of what the standard library calls a thread, and an event loop would stop all the others.

    Raises:
        RuntimeError: the program is ending; Python from 3.12 on takes no new threads in `atexit`.
    """
    monkey: Any = sys.modules.get("gevent.monkey")
    if monkey is not None and monkey.is_module_patched("threading"):
        monkey.get_original("_thread", "start_new_thread")(run, ())
        return None
    thread = threading.Thread(target=run, name=name, daemon=True)
    thread.start()
    return thread.join


def in_thread(function: Callable[..., T], *args: Any, name: str = "wyseos-call") -> Future[T]:
    """Call a function in a thread of its own; where the program is ending, here."""
    future: Future[T] = Future()
    future.set_running_or_notify_cancel()  # nobody can take it back

    def called() -> None:
        try:
            future.set_result(function(*args))
        except BaseException as error:  # noqa: BLE001 - it is raised where the future is waited for
            future.set_exception(error)

    try:
        start_thread(called, name)
    except RuntimeError:
        called()
    return future


def wait_for(future: Future[T], timeout: float | None = None) -> T:
    """Wait for a future so that Ctrl-C gets through on every system.

    Args:
        future: what is waited for.
        timeout: seconds.

    Raises:
        TimeoutError: it was not done in time.
    """
    until = None if timeout is None else monotonic() + timeout
    while True:
        left = None if until is None else until - monotonic()
        try:
            return future.result(min((each for each in (left, SLICE) if each is not None), default=None))
        except TimeoutError:
            if future.done():
                return future.result()
            if left is not None and left <= (SLICE or 0.0):
                raise
