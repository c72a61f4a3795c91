"""What is loaded when it is first used, loaded beside the event loop: a server's other requests do not stand still.

Modules, certificates and the like take a tenth of a second; in a thread they only take it from whoever waits for them.
"""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import Generic, TypeVar

__all__ = ["THREAD", "Warmup", "off_loop"]

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
        self._loading: _Loading[T] | None = None
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
                self._loaded = (await loading.result(),)
            finally:
                if loading.is_over and self._loading is loading:
                    self._loading = None  # it remembers the loops that waited
        return self._loaded[0]

    async def settled(self) -> None:
        """Wait for the thread that loads, if there is one now, whatever comes of it."""
        if self._loading is not None and self._pid == os.getpid():
            with suppress(Exception):
                await self._loading.result()

    def _begun(self) -> _Loading[T]:
        if self._pid != os.getpid():  # the thread that loaded stayed in the parent, and may have held the lock
            self._pid, self._lock, self._loading = os.getpid(), threading.Lock(), None
        with self._lock:
            self._loading = self._loading or _Loading(self._load)
            return self._loading


async def off_loop(load: Callable[[], T]) -> T:
    """Call a function in a thread of its own, and return what it returns."""
    return await _Loading(load).result()


class _Loading(Generic[T]):
    """A thread that loads, and what comes of it."""

    def __init__(self, load: Callable[[], T]) -> None:
        self._future: Future[T] = Future()
        self._thread = threading.Thread(target=self._run, args=(load,), name=THREAD, daemon=True)
        self._thread.start()

    @property
    def is_over(self) -> bool:
        """Whether it was loaded, or failed."""
        return self._future.done()

    def _run(self, load: Callable[[], T]) -> None:
        try:
            loaded = load()
        except BaseException as error:  # noqa: BLE001 - raised where it is waited for
            self._future.set_exception(error)
        else:
            self._future.set_result(loaded)

    async def result(self) -> T:
        """Wait for what others may wait for too: whoever is cancelled cancels nobody else."""
        loop = asyncio.get_running_loop()
        over = loop.create_future()

        def end() -> None:
            if not over.done():
                over.set_result(None)

        def tell(_: Future[T]) -> None:
            with suppress(RuntimeError):  # the loop was closed meanwhile
                loop.call_soon_threadsafe(end)

        self._future.add_done_callback(tell)
        await over
        self._thread.join()  # it has nothing more to do
        return self._future.result()
