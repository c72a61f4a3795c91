"""What is loaded when it is first used, loaded beside the event loop: a server's other requests do not stand still.

Modules, certificates and the like take a tenth of a second; in a thread they only take it from whoever waits for them.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from importlib import import_module
from typing import Generic, TypeVar

from wyseos.runtime.threads import in_thread

__all__ = ["THREAD", "Warmup", "calling", "load_calls", "off_loop"]

T = TypeVar("T")

THREAD = "wyseos-loading"
"""The name of each thread that loads."""


class Warmup(Generic[T]):
    """Loads something once, off the loop, however many wait for it; after a failure it is tried anew.

    Args:
        load: loads it, in a thread.
    """

    def __init__(self, load: Callable[[], T]) -> None:
        self._load = load
        self._lock = threading.Lock()
        self._loading: Future[T] | None = None
        self._loaded: tuple[T] | None = None
        self._pid = os.getpid()

    async def done(self) -> T:
        """Wait until it is loaded, and return it.

        Raises:
            Exception: what loading it raised.
        """
        while self._loaded is None:
            loading = self._begun()
            try:
                self._loaded = (await _result_of(loading),)
            finally:
                if loading.done() and self._loading is loading:
                    self._loading = None  # it remembers the loops that waited
        return self._loaded[0]

    def begin(self) -> None:
        """Begin to load it, where nobody has; `done` waits for it."""
        if self._loaded is None:
            self._begun()

    async def settled(self) -> None:
        """Wait for the thread that loads, if there is one now, whatever comes of it."""
        if self._loading is not None and self._pid == os.getpid():
            with suppress(Exception):
                await _result_of(self._loading)

    def _begun(self) -> Future[T]:
        if self._pid != os.getpid():  # the thread that loaded stayed in the parent, and may have held the lock
            self._pid, self._lock, self._loading = os.getpid(), threading.Lock(), None
        with self._lock:
            self._loading = self._loading or in_thread(self._load, name=THREAD)
            return self._loading


async def off_loop(load: Callable[[], T]) -> T:
    """Call a function in a thread of its own, and return what it returns."""
    return await _result_of(in_thread(load, name=THREAD))


async def _result_of(loading: Future[T]) -> T:
    """Wait for what others may wait for too: whoever is cancelled cancels nobody else, since it runs already."""
    from asyncio import wrap_future

    return await wrap_future(loading)


def load_calls() -> None:
    """Load what every call needs, but for the HTTP library: that is the transport's own matter."""
    for name in ("exchange", "flow", "request", "response", "transport"):
        import_module(f"wyseos.mate.rest.{name}")


calling = Warmup(load_calls)
"""What an awaited call needs before it is made."""
