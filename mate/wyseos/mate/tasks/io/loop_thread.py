"""The private event loop of the sync clients: one thread a process, started with the first task.

Heartbeats and reading go on in it while a user's callback blocks (fault row 39), it does not care whether the caller
runs in a loop of its own (row 41), and whoever waits for it can be interrupted (row 36). A child process made by a
fork has no such thread: it gets a fresh one when it needs one (row 42). It ends with the last client that used it.
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
from wyseos.runtime.clock import new_event_loop
from wyseos.runtime.threads import start_thread, wait_for

if TYPE_CHECKING:
    from wyseos.mate.rest.caller import AsyncCaller, Caller

T = TypeVar("T")

_CLOSED = "the client is closed, or belongs to another process: nothing was sent"


class _Thread:
    """A thread that runs an event loop until it is told to end."""

    def __init__(self) -> None:
        self.pid = os.getpid()
        self.users = 0
        self._loop: Future[asyncio.AbstractEventLoop] = Future()
        self._ended = threading.Event()
        try:
            self._join = start_thread(self._run, "wyseos-tasks") or self._ended.wait
        except RuntimeError:
            raise SessionExecutionError(
                "the program is ending, no task can be started any more: nothing was sent",
                hint="Run the task before the program ends, not in an atexit function.",
            ) from None
        self.loop = self._loop.result()

    @property
    def runs_here(self) -> bool:
        """Whether it runs, in this process."""
        return self.pid == os.getpid() and not self.loop.is_closed()

    @property
    def is_current(self) -> bool:
        """Whether this very code runs in it."""
        try:
            return asyncio.get_running_loop() is self.loop
        except RuntimeError:
            return False

    def end(self) -> None:
        """End it, and wait until it has ended, unless it is itself that asks."""
        self.loop.call_soon_threadsafe(self.loop.stop)
        if not self.is_current:
            self._join()

    def _run(self) -> None:
        loop = new_event_loop()  # made here: gevent's selectors belong to the thread that makes them
        asyncio.set_event_loop(loop)
        self._loop.set_result(loop)
        try:
            loop.run_forever()
            loop.run_until_complete(loop.shutdown_default_executor())
            loop.run_until_complete(asyncio.sleep(0))  # what was broken off is closed in the next turn
        finally:
            loop.close()
            self._ended.set()


class LoopThread:
    """What one client runs in the thread; it ends with the client, and all that the client began with it.

    Args:
        rest: the REST client of the loop; used in its thread only, and closed with it.

    Raises:
        SessionExecutionError: the program is ending.
    """

    def __init__(self, rest: AsyncCaller) -> None:
        self.rest = rest
        self._thread = _taken()
        self._loop = self._thread.loop
        self._is_closing = False
        self._is_closed = False
        self._closing = threading.Lock()
        self._tasks: set[asyncio.Task[Any]] = set()

    @property
    def is_usable(self) -> bool:
        """Whether the thread runs for this client, in this process."""
        return not self._is_closed and self._thread.runs_here

    def submit(self, work: Coroutine[Any, Any, T]) -> Future[T]:
        """Start a coroutine in the loop, and return its future; one that the end of the client overtakes is cancelled.

        Raises:
            SessionExecutionError: the client is closed, or belongs to another process.
        """
        future: Future[T] = Future()
        with self._closing:
            if not self.is_usable or self._is_closing:
                work.close()
                raise SessionExecutionError(_CLOSED)
            self._loop.call_soon_threadsafe(self._begin, work, future)
        return future

    def _begin(self, work: Coroutine[Any, Any, T], future: Future[T]) -> None:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(lambda _: self._ended(task, future))
        future.add_done_callback(lambda _: self._cancel_with(future, task))

    def _cancel_with(self, future: Future[T], task: asyncio.Task[T]) -> None:
        if future.cancelled() and self._thread.runs_here:
            self._loop.call_soon_threadsafe(task.cancel)

    def _ended(self, task: asyncio.Task[T], future: Future[T]) -> None:
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if task.cancelled():
            future.cancel()
        if not future.set_running_or_notify_cancel():
            return
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(task.result())

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
        """End all that the client runs in the loop; a second call does nothing (fault row 43)."""
        if not self.is_usable:
            return
        with self._closing:
            if self._is_closing:
                return
            self._is_closing = True
            ending = asyncio.run_coroutine_threadsafe(self._end(), self._loop)
        # The thread itself gets here where it drops the last reference to the client; it can't wait for itself.
        if self._thread.is_current:
            ending.add_done_callback(lambda _: _given_back(self._thread))
            return
        try:
            wait_for(ending)
        finally:
            _given_back(self._thread)

    async def _end(self) -> None:
        try:
            await self._end_tasks()  # also of what came at the last moment
            await self._end_tasks()
            await self.rest.aclose()
            await asyncio.sleep(0)  # what was broken off is closed in the next turn
        finally:
            self._is_closed = True

    async def _end_tasks(self) -> None:
        running = tuple(self._tasks)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        await asyncio.sleep(0)


_shared: _Thread | None = None
_threads: weakref.WeakKeyDictionary[Caller, LoopThread] = weakref.WeakKeyDictionary()
_lock = threading.RLock()  # a client may be collected, and so give back, while its own thread holds it


def _taken() -> _Thread:
    """Return the one thread of this process, for one user more; called with the lock held."""
    global _shared
    while True:
        thread = _shared
        if thread is not None:
            thread.users += 1  # before the look: a client that is collected meanwhile may be the last but this one
            if thread.runs_here:
                return thread
        _shared = _Thread()


def _given_back(thread: _Thread) -> None:
    """Count one user less; the last one ends the thread."""
    global _shared
    with _lock:
        thread.users -= 1
        is_last = thread.users == 0
        if is_last and _shared is thread:
            _shared = None
    if is_last and thread.runs_here:
        thread.end()


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
    _lock = threading.RLock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_renew_lock)
