"""`Task`: the handle of a running task on a `Client`. Its waits block the calling thread and nothing else."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import CancelledError, Future, wait
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, cast

from wyseos.mate.errors import SessionExecutionError
from wyseos.mate.tasks.base_task import PUT_TO_PEOPLE, Handle
from wyseos.mate.tasks.handlers import Handlers, OnEvent, call_for, command_for
from wyseos.mate.tasks.io.loop_thread import LoopThread
from wyseos.mate.tasks.protocol.commands import Attach, Start
from wyseos.mate.tasks.protocol.questions import Question
from wyseos.mate.tasks.result import TaskResult
from wyseos.runtime.threads import SLICE, wait_for

if TYPE_CHECKING:
    from wyseos.mate.tasks.io.engine import Engine
    from wyseos.mate.tasks.io.event_queue import ThreadSignal
    from wyseos.mate.tasks.protocol.commands import Command
    from wyseos.mate.tasks.protocol.events import TaskEvent

# Seconds that a closed task is given to say goodbye to the service.
_CLOSE_PATIENCE = 1.0


class Task(Handle[None]):
    """A running task, made by `client.start` or `client.attach`. Use it in a `with` block: leaving
    it closes the connection.

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
        arrived: ThreadSignal,
        over: threading.Event,
        handlers: Handlers,
        *,
        verbose: bool,
        owner: object,
    ) -> None:
        super().__init__(engine, handlers, verbose=verbose, owner=owner)
        self._thread = thread
        self._arrived = arrived
        self._over = over
        self._future: Future[None]
        self._consumer: threading.Thread | None = None  # who takes the events; none are taken from another thread

    def __iter__(self) -> Iterator[TaskEvent]:
        """Return the events, each once, in order, until the round is over. Leave the loop and come back as you like."""
        return _Events(self)

    def _next(self) -> TaskEvent:
        event = self._pop_plain()
        if event is None:
            event = self._take(until_result=False)
        if event is None:
            # The last event is here a moment before the loop's thread hands its result over: whoever is done
            # iterating may leave the `with` block, and must not cancel what has ended.
            wait([self._future], _CLOSE_PATIENCE)
            raise StopIteration
        return event

    def _take(self, *, until_result: bool) -> TaskEvent | None:
        """Return the next event, None where the round is over.

        Up to its result it returns none: handlers are called, and the events themselves are passed by.
        """
        self._consumer = threading.current_thread()
        while True:
            if until_result and self._tells is not None:
                self._tell_plain(self._tells)
            while self._ready:
                if (event := self._pop_plain()) is not None:
                    return event
                item = self._ready.pop()
                self._attend_to(item)
                if not isinstance(item, Question):
                    event = self._hand_out(item)
                    if not until_result:
                        return event
            is_enough = until_result and self._engine.result.done()
            if not self._refill() or (is_enough and not self._ready):
                return None
            if not self._ready:
                self._wait()

    def result(self) -> TaskResult:
        """Wait for the result of the round, calling handlers meanwhile, and return it.

        Events that nobody has iterated over are passed by. What went wrong with the connection or the service is told
        by the result, not raised. What may follow a result, a suggestion, is not waited for: a loop over the events is.

        Raises:
            SessionExecutionError: the task was closed before it ended.
        """
        if not self._engine.result.done():
            self._check_process()
        if self._consumer is None or self._consumer is threading.current_thread() or not self._consumer.is_alive():
            if self._looks_at_items:
                self._take(until_result=True)
            else:
                self._engine.inbox.discard()
        try:
            return wait_for(cast("Future[TaskResult]", self._engine.result))
        except CancelledError:
            raise SessionExecutionError(
                "the task was closed before it ended", session_id=self.session_id, hint=self._note
            ) from None
        except KeyboardInterrupt as interrupt:
            self._leave(interrupt)
            raise

    def next_round(
        self, task: str, attachments: Sequence[Mapping[str, Any]] | None = None, extra: dict[str, Any] | None = None
    ) -> None:
        """Begin another round in the same session; iterate or ask for the result again.

        Raises:
            SessionExecutionError: the last round is not over.
        """
        start = self._next_start(task, attachments, extra)
        self.close()
        self._reopen()
        begin(self, start)

    def send(self, message: dict[str, Any]) -> bool:
        """Send a message as it is, beside the task's own; return False where the connection is not open."""
        self._check_process()
        return self._thread.call(self._engine.send, message)

    def close(self) -> None:
        """Close the connection and leave the session to itself; a second time it does nothing."""
        if self._thread.is_usable and self._future.cancel():
            self._over.wait(_CLOSE_PATIENCE)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._tell(error)
        self.close()

    def __del__(self) -> None:
        future = getattr(self, "_future", None)
        if future is not None and not future.done() and self._thread.is_usable:
            warnings.warn(f"{self!r} was dropped while it ran: use it in a `with` block", ResourceWarning, 2, self)
            future.cancel()

    def _do(self, command: Command) -> None:
        self._check_process()
        self._thread.call(self._engine.command, command)

    def _tell_plain(self, on_event: OnEvent) -> None:
        """Call the handler for the next events, as many as that is all to be done with."""
        ready = self._ready
        try:
            while ready and not isinstance(event := ready[-1], PUT_TO_PEOPLE):
                ready.pop()
                on_event(event)
                self._hand_out(event)
        except BaseException as error:
            self._leave(error)
            raise

    def _attend_to(self, item: TaskEvent | Question) -> None:
        """Show an item and call its handlers. What a handler raises ends the task (fault row 38)."""
        item = self._bring(item)
        try:
            call = call_for(self._handlers, item)
            if call is None:
                return
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
            self._arrived.wait(SLICE)
        except KeyboardInterrupt as interrupt:
            self._leave(interrupt)
            raise

    def _leave(self, because: BaseException) -> None:
        self._tell(because)
        self.close()

    def _check_process(self) -> None:
        if not self._thread.is_usable and not self._engine.inbox.is_closed:
            raise SessionExecutionError(
                "the task belongs to another process, or its client is closed",
                session_id=self.session_id,
                hint=self._note,
            )


def begin(task: Task, beginning: Start | Attach, *, old: bool = False) -> None:
    """Begin a round of a task that runs none; `old`: its session has a history. A method would be a user's to call."""
    task._future = task._thread.submit(task._engine.run(beginning, old=old))


class _Events(Iterator["TaskEvent"]):
    """The iteration over a task: it holds nothing, so that it can be left and taken up again at any event."""

    def __init__(self, task: Task) -> None:
        self._task = task

    def __next__(self) -> TaskEvent:
        return self._task._next()
