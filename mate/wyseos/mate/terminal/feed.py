"""A task's events for the main thread, which may be interrupted and then go on: a thread of its own iterates."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from wyseos.mate.plan import Plan
from wyseos.runtime.threads import SLICE

if TYPE_CHECKING:
    from wyseos.mate.tasks.protocol.events import TaskEvent
    from wyseos.mate.tasks.task import Task

# So many events may wait to be shown before the task itself is held back.
_MOST_WAITING = 1000


class _End:
    """Stands in the queue after the last event."""

    def __init__(self, error: BaseException | None) -> None:
        self.error = error


class EventFeed:
    """The events of a task.

    Ctrl-C while one waits for the next event raises KeyboardInterrupt there and leaves the task alone: iterate again
    to go on.

    Args:
        task: the running task.
    """

    def __init__(self, task: Task) -> None:
        self._task: Final = task
        self._queue: queue.Queue[tuple[TaskEvent, Plan | None] | _End] = queue.Queue(_MOST_WAITING)
        self._thread = threading.Thread(target=self._read, name="wyseos-terminal", daemon=True)
        self._thread.start()

    def __iter__(self) -> Iterator[tuple[TaskEvent, Plan | None]]:
        """Yield each event with the plan as it was then, until the round is over."""
        while not isinstance(item := self._next(), _End):
            yield item
        self._queue.put(item)  # whoever asks again is told the same
        if item.error is not None:
            raise item.error

    def close(self) -> None:
        """Close the task, and wait until nothing is read any more."""
        self._task.close()
        while self._thread.is_alive():
            try:
                self._queue.get(timeout=0.05)
            except queue.Empty:
                continue

    def _next(self) -> tuple[TaskEvent, Plan | None] | _End:
        while True:
            try:
                return self._queue.get(timeout=SLICE)
            except queue.Empty:
                continue

    def _read(self) -> None:
        error: BaseException | None = None
        try:
            for event in self._task:
                self._queue.put((event, self._task.plan))
        except BaseException as raised:  # noqa: BLE001 it is raised again in the main thread
            error = raised
        self._queue.put(_End(error))
