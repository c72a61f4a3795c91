"""`Task`: the handle of a running task on a `Client`. Its waits block the calling thread and nothing else."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError, Future, wait
from typing import TYPE_CHECKING, Any, Self

from wyseos.mate.errors import SessionExecutionError
from wyseos.mate.tasks.base_task import Handle
from wyseos.mate.tasks.handlers import Handlers, calls_for, command_for
from wyseos.mate.tasks.io.engine import Engine, start_of
from wyseos.mate.tasks.io.loop_thread import LoopThread, wait_for
from wyseos.mate.tasks.protocol.commands import Attach, Start
from wyseos.mate.tasks.protocol.questions import Question
from wyseos.mate.tasks.protocol.result import TaskResult

if TYPE_CHECKING:
    from wyseos.mate.tasks.protocol.events import TaskEvent
    from wyseos.mate.tasks.protocol.machine import Command

# Seconds that a closed task is given to say goodbye to the service.
_CLOSE_PATIENCE = 1.0
# Where a lock can't be interrupted by Ctrl-C (Windows), waiting is cut into slices of so many seconds.
_SLICE = 0.2 if os.name == "nt" else None


class Task(Handle[None]):
    """A running task, made by `client.start` or `client.attach`. Use it in a `with` block: leaving closes the line.

    Iterate over it for its events. Any thread may answer its questions, pause it or stop it.

    Example:
        with client.start("Find three trends") as task:
            for event in task:
                print(event.type, event.message_id)
            print(task.result().final_answer)
    """

    def __init__(
        self,
        thread: LoopThread,
        engine: Engine,
        arrived: threading.Event,
        handlers: Handlers,
        *,
        verbose: bool,
    ) -> None:
        super().__init__(engine, handlers, verbose=verbose)
        self._thread = thread
        self._arrived = arrived
        self._future: Future[TaskResult]
        self._consumer: threading.Thread | None = None  # who takes the events; none are taken from another thread

    def __iter__(self) -> Iterator[TaskEvent]:
        """Return the events, each once, in order, until the round is over. Leave the loop and come back as you like."""
        return _Events(self)

    def _next(self) -> TaskEvent:
        self._consumer = threading.current_thread()
        while True:
            while self._ready:
                item = self._ready.popleft()
                self._attend_to(item)
                if not isinstance(item, Question):
                    return self._hand_out(item)
            if not self._refill():
                # The last event is here a moment before the loop's thread hands its result over: whoever is done
                # iterating may leave the `with` block, and must not cancel what has ended.
                wait([self._future], _CLOSE_PATIENCE)
                raise StopIteration
            if not self._ready:
                self._wait()

    def result(self) -> TaskResult:
        """Waits for the end of the round, calling handlers meanwhile, and returns its result.

        Events that nobody has iterated over are passed by. What went wrong with the line or the service is told by the
        result, not raised.

        Raises:
            SessionExecutionError: the task was closed before it ended.
        """
        if self._consumer is None or self._consumer is threading.current_thread() or not self._consumer.is_alive():
            if self._looks_at_items:
                deque(self, maxlen=0)
            else:
                self._engine.inbox.discard()
        try:
            return wait_for(self._future)
        except CancelledError:
            raise SessionExecutionError(
                "the task was closed before it ended", session_id=self.session_id, hint=self._note
            ) from None
        except KeyboardInterrupt as interrupt:
            self._leave(interrupt)
            raise

    def next_round(
        self, task: str, attachments: Sequence[dict[str, Any]] | None = None, extra: dict[str, Any] | None = None
    ) -> None:
        """Begins another round in the same session; iterate or ask for the result again.

        Raises:
            SessionExecutionError: the last round is not over.
        """
        if not self._future.done():
            raise SessionExecutionError("the last round is not over", session_id=self.session_id)
        self._engine.inbox.reopen()
        self._begin(start_of(task, attachments, extra, status="complete"))

    def send(self, message: dict[str, Any]) -> bool:
        """Sends a message as it is, beside the task's own; returns False where the line is not open."""
        return self._thread.call(self._engine.send, message)

    def close(self) -> None:
        """Closes the line and leaves the session to itself; a second time it does nothing."""
        if self._thread.is_usable and self._future.cancel():
            self._engine.over.wait(_CLOSE_PATIENCE)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    def _begin(self, beginning: Start | Attach, *, old: bool = False) -> None:
        self._future = self._thread.submit(self._engine.run(beginning, old=old))

    def _do(self, command: Command) -> None:
        self._check_process()
        self._thread.call(self._engine.command, command)

    def _attend_to(self, item: TaskEvent | Question) -> None:
        """Shows an item and calls its handlers. What a handler raises ends the task (fault row 38)."""
        self._show(item)
        try:
            for call in calls_for(self._handlers, item):
                if call.question is None:
                    call.handler(call.argument)
                elif self._is_open(call.question):
                    self._answer(call.question, call.handler(call.argument))
        except BaseException as error:
            self._leave(error)
            raise

    def _answer(self, question: Question, answer: object) -> None:
        command = command_for(question, answer)
        # The handler may have taken longer than the question stayed open.
        if self._is_open(question):
            self._do(command)

    def _wait(self) -> None:
        self._check_process()
        try:
            self._arrived.wait(_SLICE)
        except KeyboardInterrupt as interrupt:
            self._leave(interrupt)
            raise

    def _leave(self, because: BaseException) -> None:
        if isinstance(because, KeyboardInterrupt):
            because.add_note(self._note)
        self.close()

    def _check_process(self) -> None:
        if not self._thread.is_usable and not self._engine.inbox.is_closed:
            raise SessionExecutionError(
                "the task belongs to another process, or its client is closed",
                session_id=self.session_id,
                hint=self._note,
            )


class _Events(Iterator["TaskEvent"]):
    """The iteration over a task: it holds nothing, so that it can be left and taken up again at any event."""

    def __init__(self, task: Task) -> None:
        self._task = task

    def __next__(self) -> TaskEvent:
        return self._task._next()
