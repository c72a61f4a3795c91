"""`AsyncTask`: the handle of a running task on an `AsyncClient`."""

from __future__ import annotations

import asyncio
import warnings
from collections.abc import AsyncIterator, Coroutine, Mapping, Sequence
from inspect import isawaitable
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from wyseos.mate.errors import SessionExecutionError
from wyseos.mate.tasks.base_task import PUT_TO_PEOPLE, Handle
from wyseos.mate.tasks.handlers import Handlers, OnEvent, call_for, command_for
from wyseos.mate.tasks.protocol.commands import Attach, Start
from wyseos.mate.tasks.protocol.questions import Question
from wyseos.mate.tasks.result import TaskResult

if TYPE_CHECKING:
    from wyseos.mate.tasks.io.engine import Engine
    from wyseos.mate.tasks.io.event_queue import LoopSignal
    from wyseos.mate.tasks.protocol.commands import Command
    from wyseos.mate.tasks.protocol.events import TaskEvent


class AsyncTask(Handle[Coroutine[Any, Any, None]]):
    """A running task on an `AsyncClient`: as `Task`, but awaited. Handlers may be coroutine functions.

    Example:
        async with client.start("Find three trends") as task:
            async for event in task:
                print(event.type, event.message_id)
            print((await task.result()).final_answer)
    """

    def __init__(
        self, engine: Engine, arrived: LoopSignal, handlers: Handlers, *, verbose: bool, owner: object
    ) -> None:
        super().__init__(engine, handlers, verbose=verbose, owner=owner)
        self._arrived = arrived
        self._work: asyncio.Task[None]
        self._consumer: asyncio.Task[Any] | None = None  # who takes the events; none are taken from another task

    def __aiter__(self) -> AsyncIterator[TaskEvent]:
        """Return the events, each once, in order, until the round is over. Leave the loop and come back as you like.

        Cancelling the wait for an event loses none: `asyncio.wait_for(anext(events), 0.1)` may be repeated.
        """
        return _AsyncEvents(self)

    async def _take(self, *, until_result: bool) -> TaskEvent | None:
        """Return the next event, None where the round is over.

        Up to its result it returns none: handlers are called, and the events themselves are passed by.
        """
        self._consumer = asyncio.current_task()
        while True:
            if until_result and self._tells is not None:
                await self._tell_plain(self._tells)
            while self._ready:
                if (event := self._pop_plain()) is not None:
                    return event
                item = self._ready.pop()
                await self._attend_to(item)
                if not isinstance(item, Question):
                    event = self._hand_out(item)
                    if not until_result:
                        return event
            is_enough = until_result and self._engine.result.done()
            if not self._refill() or (is_enough and not self._ready):
                return None
            if not self._ready:
                await self._wait()

    async def result(self) -> TaskResult:
        """Wait for the result of the round, as `Task.result` does; cancelling it closes the connection (fault row 37).

        Raises:
            SessionExecutionError: the task was closed before it ended.
        """
        try:
            consumer = self._consumer
            is_ours = consumer is None or consumer is asyncio.current_task() or consumer.done()
            if is_ours and self._looks_at_items:
                await self._take(until_result=True)
            elif is_ours:
                self._engine.inbox.discard()
            result = self._engine.result
            if not result.done():
                await asyncio.wait([asyncio.wrap_future(result)])
        except asyncio.CancelledError as cancelled:
            self._tell(cancelled)
            await self.aclose()
            raise
        if result.cancelled():
            raise SessionExecutionError(
                "the task was closed before it ended", session_id=self.session_id, hint=self._note
            )
        return result.result()

    async def next_round(
        self, task: str, attachments: Sequence[Mapping[str, Any]] | None = None, extra: dict[str, Any] | None = None
    ) -> None:
        """Begin another round in the same session, as `Task.next_round` does."""
        start = self._next_start(task, attachments, extra)
        await self.aclose()
        self._reopen()
        begin_async(self, start)

    def send(self, message: dict[str, Any]) -> bool:
        """Send a message as it is, beside the task's own; returns False where the connection is not open."""
        return self._engine.send(message)

    async def aclose(self) -> None:
        """Close the connection and leave the session to itself; a second time it does nothing."""
        self._work.cancel()
        await asyncio.wait([self._work])

    def runs_in(self, loop: asyncio.AbstractEventLoop) -> bool:
        """Tell whether it still runs, in this event loop."""
        return not self._work.done() and self._work.get_loop() is loop

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._tell(error)
        await self.aclose()

    def __del__(self) -> None:
        work = getattr(self, "_work", None)
        if work is not None and not work.done() and not work.get_loop().is_closed():
            warnings.warn(f"{self!r} was dropped while it ran: use `async with`", ResourceWarning, 2, self)
            work.get_loop().call_soon_threadsafe(work.cancel)

    async def _do(self, command: Command) -> None:
        if not self._engine.is_under_way:
            await asyncio.sleep(0)  # a round that was begun in this turn of the loop is under way in the next
        self._engine.command(command)

    async def _tell_plain(self, on_event: OnEvent) -> None:
        ready = self._ready
        try:
            while ready and not isinstance(event := ready[-1], PUT_TO_PEOPLE):
                ready.pop()
                told = on_event(event)
                if told is not None and isawaitable(told):
                    await told
                self._hand_out(event)
        except BaseException as error:
            self._tell(error)
            await self.aclose()
            raise

    async def _attend_to(self, item: TaskEvent | Question) -> None:
        item = self._bring(item)
        try:
            call = call_for(self._handlers, item)
            if call is None:
                return
            if call.question is None:
                told = call.handler(call.argument)
                if told is not None and isawaitable(told):
                    await told
            elif self._is_open(call.question):
                await self._answer(call.question, await self._while_running(call.handler(call.argument)))
        except BaseException as error:
            self._tell(error)
            await self.aclose()
            raise

    async def _wait(self) -> None:
        try:
            await self._arrived.wait()
        except asyncio.CancelledError as cancelled:
            self._tell(cancelled)
            raise

    async def _answer(self, question: Question, answer: object) -> None:
        command = command_for(question, answer)
        if self._is_open(question):
            await self._do(command)

    async def _while_running(self, value: object) -> object:
        """Await the answer of a handler, where it is to be awaited, but no longer than the round runs."""
        if not isawaitable(value):
            return value
        asking = asyncio.ensure_future(value)
        try:
            over = asyncio.wrap_future(self._engine.result)
            await asyncio.wait(list[Any]([asking, over]), return_when=asyncio.FIRST_COMPLETED)
            return asking.result() if asking.done() else None
        finally:
            asking.cancel()
            await asyncio.wait([asking])


def begin_async(task: AsyncTask, beginning: Start | Attach, *, old: bool = False) -> None:
    """Begin a round on the running loop, as `begin` does."""
    task._work = asyncio.get_running_loop().create_task(task._engine.run(beginning, old=old))


class _AsyncEvents(AsyncIterator["TaskEvent"]):
    """The iteration over a task: it holds nothing, so that it can be left and taken up again at any event."""

    def __init__(self, task: AsyncTask) -> None:
        self._task = task

    async def __anext__(self) -> TaskEvent:
        event = self._task._pop_plain()
        if event is None:
            event = await self._task._take(until_result=False)
        if event is None:
            raise StopAsyncIteration
        return event
