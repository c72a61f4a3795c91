"""The private event loop of a sync client: one thread for all its tasks, started with the first.

Heartbeats and reading go on in it while a user's callback blocks (fault row 39), it does not care whether the caller
runs in a loop of its own (row 41), and whoever waits for it can be interrupted (row 36). A child process made by a
fork has no such thread: it gets a fresh one when it needs one (row 42).
"""

from __future__ import annotations

import asyncio
import os
import threading
import weakref
from collections.abc import Callable, Coroutine
from concurrent.futures import CancelledError, Future
from typing import TYPE_CHECKING, Any, TypeVar

from wyseos.mate.errors import SessionExecutionError

if TYPE_CHECKING:
    from wyseos.mate.rest.caller import AsyncCaller, Caller

T = TypeVar("T")

_CLOSED = "the client is closed, or belongs to another process: nothing was sent"

# Where a lock can't be interrupted by Ctrl-C (Windows), waiting is cut into slices of so many seconds.
_SLICE = 0.2 if os.name == "nt" else None


class LoopThread:
    """A thread that runs an event loop until it is closed.

    Args:
        rest: the REST client of the loop; used in its thread only, and closed with it.

    Raises:
        SessionExecutionError: the program is ending.
    """

    def __init__(self, rest: AsyncCaller) -> None:
        self.rest = rest
        self._pid = os.getpid()
        self._is_closing = False
        self._loop = asyncio.new_event_loop()
        self._closing = threading.Lock()
        self._futures: set[Future[Any]] = set()
        self._thread = threading.Thread(target=self._run, name="wyseos-tasks", daemon=True)
        try:
            self._thread.start()
        except RuntimeError:  # Python from 3.12 on takes no new threads in `atexit`
            self._loop.close()
            raise SessionExecutionError(
                "the program is ending, no task can be started any more: nothing was sent",
                hint="Run the task before the program ends, not in an atexit function.",
            ) from None

    @property
    def is_usable(self) -> bool:
        """Whether the thread runs, in this process."""
        return self._pid == os.getpid() and not self._loop.is_closed()

    def submit(self, work: Coroutine[Any, Any, T]) -> Future[T]:
        """Start a coroutine in the loop, and return its future; one that the end of the thread overtakes is cancelled.

        Raises:
            SessionExecutionError: the thread is closed, or belongs to another process.
        """
        with self._closing:
            if not self.is_usable or self._is_closing:
                work.close()
                raise SessionExecutionError(_CLOSED)
            future = asyncio.run_coroutine_threadsafe(work, self._loop)
        self._futures.add(future)
        future.add_done_callback(self._futures.discard)
        return future

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine in the loop and return what it returns; an interrupt cancels it."""
        future = self.submit(work)
        try:
            return wait_for(future)
        except CancelledError:
            raise SessionExecutionError(_CLOSED) from None
        except BaseException:
            future.cancel()
            raise

    def call(self, function: Callable[..., T], *args: Any) -> T:
        """Call a plain function in the loop's thread and return what it returns."""

        async def called() -> T:
            return function(*args)

        return self.run(called())

    def soon(self, function: Callable[[], object]) -> None:
        """Call a plain function in the loop's thread, and do not wait for it."""
        self._loop.call_soon_threadsafe(function)

    def close(self) -> None:
        """End all that runs in the loop, and the thread; a second call does nothing (fault row 43)."""
        with self._closing:
            if not self.is_usable or self._is_closing:
                return
            self._is_closing = True
            self._loop.call_soon_threadsafe(self._loop.stop)
        # The thread itself gets here where it drops the last reference to the client; it ends without being waited for.
        if threading.current_thread() is not self._thread:
            self._thread.join()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_forever()
            self._loop.run_until_complete(self._end_tasks())  # also of what came at the last moment
            self._loop.run_until_complete(self._end_tasks())
            self._loop.run_until_complete(self.rest.aclose())
            self._loop.run_until_complete(self._loop.shutdown_default_executor())
            self._loop.run_until_complete(asyncio.sleep(0))  # what was broken off is closed in the next turn
        finally:
            for future in list(self._futures):
                future.cancel()
            self._loop.close()

    async def _end_tasks(self) -> None:
        running = asyncio.all_tasks() - {asyncio.current_task()}
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


def wait_for(future: Future[T]) -> T:
    """Wait for a future of the loop so that Ctrl-C gets through on every system."""
    while True:
        try:
            return future.result(_SLICE)
        except TimeoutError:
            if future.done():
                return future.result()


_threads: weakref.WeakKeyDictionary[Caller, LoopThread] = weakref.WeakKeyDictionary()
_lock = threading.Lock()


def loop_of(client: Caller) -> LoopThread:
    """Return the loop thread of a client, a new one where there is none in this process."""
    with _lock:
        thread = _threads.get(client)
        if thread is None or not thread.is_usable:
            thread = _threads[client] = LoopThread(client.twin())
            # Also at the end of the program, so that open connections are closed properly.
            weakref.finalize(client, thread.close)
        return thread


def close_loop_of(client: Caller) -> None:
    """End the loop thread of a client, if it has one."""
    with _lock:
        thread = _threads.pop(client, None)
    if thread is not None:
        thread.close()


def _renew_lock() -> None:
    """A child must not wait for a lock that a thread of its parent held."""
    global _lock
    _lock = threading.Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_renew_lock)
