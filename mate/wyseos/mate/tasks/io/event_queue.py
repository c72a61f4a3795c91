"""What a task has received and its user has not yet consumed: filled by the driver, emptied by the user's thread.

The bytes in it are counted. Above the budget the driver reads nothing more from the socket, so that the service must
wait; nothing is dropped (fault row 40). Each of the two counters is written by one thread only, hence no lock.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from wyseos.mate.tasks.protocol.events import TaskEvent
    from wyseos.mate.tasks.protocol.questions import Question


class WakeSignal(Protocol):
    """Wakes whoever waits: a `ThreadSignal`, or a `LoopSignal`."""

    def set(self) -> None:
        """Wake them."""

    def clear(self) -> None:
        """Make the next wait a wait."""


class ThreadSignal:
    """A signal to a thread that waits for nothing else: most of a `threading.Event` is a queue for many."""

    __slots__ = ("_unset",)

    def __init__(self) -> None:
        self._unset = threading.Lock()
        self._unset.acquire()

    def set(self) -> None:
        """Wake them."""
        if self._unset.locked():
            with suppress(RuntimeError):  # another thread was quicker
                self._unset.release()

    def clear(self) -> None:
        """Make the next wait a wait."""
        self._unset.acquire(blocking=False)

    def wait(self, timeout: float | None = None) -> None:
        """Wait until it is set, at most so many seconds."""
        if self._unset.acquire(timeout=-1 if timeout is None else timeout):
            self.set()


class LoopSignal:
    """A signal of one event loop: an `asyncio.Event`, of which most is a queue for many who wait."""

    __slots__ = ("_is_set", "_waiters")

    def __init__(self) -> None:
        self._is_set = False
        self._waiters: tuple[asyncio.Future[None], ...] = ()

    def set(self) -> None:
        """Wake them."""
        self._is_set = True
        for waiter in self._waiters:
            if not waiter.done():
                waiter.set_result(None)

    def clear(self) -> None:
        """Make the next wait a wait."""
        self._is_set = False

    async def wait(self) -> None:
        """Wait until it is set."""
        if self._is_set:
            return
        waiter = asyncio.get_running_loop().create_future()
        self._waiters += (waiter,)
        try:
            await waiter
        finally:
            self._waiters = tuple(each for each in self._waiters if each is not waiter)


class Inbox:
    """The queue between a task's driver and its user.

    Args:
        budget: bytes that may lie unconsumed.
        arrived: is set whenever something came.
        drained: is called in the consumer's thread once half the budget is free again after a pause.
    """

    def __init__(self, budget: int, arrived: WakeSignal, drained: Callable[[], object]) -> None:
        self._budget = budget
        self._arrived = arrived
        self._drained = drained
        self._batches: SimpleQueue[tuple[Sequence[TaskEvent | Question], int]] = SimpleQueue()
        self._received = 0
        self._consumed = 0
        self._discards = False
        self.is_closed = False

    @property
    def used(self) -> int:
        """Bytes that lie unconsumed."""
        return self._received - self._consumed

    @property
    def is_full(self) -> bool:
        """Whether reading must stop until something is consumed."""
        return self.used > self._budget

    @property
    def is_roomy(self) -> bool:
        """Whether reading may go on after a pause."""
        return self.used <= self._budget // 2

    def put(self, items: Sequence[TaskEvent | Question], size: int) -> None:
        """Add what one read brought, `size` bytes on the wire."""
        if self._discards or not items:
            return
        self._received += size
        self._batches.put((items, size))
        self._arrived.set()

    def poll(self) -> tuple[Sequence[TaskEvent | Question], bool]:
        """Return the oldest batch, empty where there is none, and whether nothing more will come after it.

        In this order a consumer can't sleep through anything: what comes after the clearing wakes it, and what lay
        there before the closing was seen is taken.
        """
        self._arrived.clear()
        if closed := self.is_closed:
            self._arrived.set()  # for whoever else waits
        items = self._take()
        return items, closed and not items

    def _take(self) -> Sequence[TaskEvent | Question]:
        try:
            items, size = self._batches.get_nowait()
        except Empty:
            return ()
        was_tight = not self.is_roomy
        self._consumed += size
        if was_tight and self.is_roomy:
            self._drained()
        return items

    def discard(self) -> None:
        """Keep nothing from now on: nobody will look at it."""
        self._discards = True
        while self._take():
            pass

    def wake(self) -> None:
        """Wake whoever waits, though nothing came."""
        self._arrived.set()

    def reopen(self) -> None:
        """Make it fit for another round."""
        self.is_closed = self._discards = False

    def close(self) -> None:
        """Tell that nothing more will come."""
        self.is_closed = True
        self._arrived.set()
