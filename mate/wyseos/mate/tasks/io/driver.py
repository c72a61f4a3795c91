"""The one driver of a session: performs what the session protocol decides, on an event loop, and decides nothing.

It waits for the first of frames, an end, an answer, the timer and a command, hands it in, and does the actions. It
knows nothing of threads, handlers or people: what it delivers goes into an `EventSink`. What is no `WyseError` ends
the round at once with its cause.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

from wyseos.mate import logs
from wyseos.mate.errors import WyseError
from wyseos.mate.tasks.io.connection import Address, Socket, open_socket
from wyseos.mate.tasks.io.history import History
from wyseos.mate.tasks.io.interfaces import EventSink
from wyseos.mate.tasks.io.unopened import ConnectionEnded
from wyseos.mate.tasks.protocol import actions as act
from wyseos.mate.tasks.protocol.local_events import Gap, Reconnecting
from wyseos.mate.tasks.protocol.session import SessionProtocol
from wyseos.runtime import codec
from wyseos.runtime.clock import monotonic

if TYPE_CHECKING:
    from wyseos.mate.tasks.protocol.commands import Attach, Command, Listen, Start

logger = logs.logger.getChild("tasks")


class Driver:
    """Runs one round of a session: from a start, or from being attached, to its end.

    Args:
        address: where the session's connection leads.
        history: asks the service by REST.
        protocol: decides.
        sink: takes what is delivered.
        finished: called with the result of the round as soon as it is there; events may still follow.
    """

    def __init__(
        self,
        address: Address,
        history: History,
        protocol: SessionProtocol,
        sink: EventSink,
        finished: Callable[[act.Done], object] = lambda done: None,
    ) -> None:
        self._address = address
        self._history = history
        self._protocol = protocol
        self._sink = sink
        self._finished = finished
        self._loop = asyncio.get_running_loop()
        self._over: asyncio.Future[act.Done] = self._loop.create_future()
        self._opened: asyncio.Future[None] = self._loop.create_future()
        self._result: act.Done | None = None
        self._socket: Socket | None = None
        self._connecting: asyncio.Task[None] | None = None
        self._work: set[asyncio.Task[None]] = set()
        self._closing: list[asyncio.Task[None]] = []  # goodbyes, which are not broken off
        self._timer: asyncio.TimerHandle | None = None
        self._due = 0.0
        self._was_full = False

    # ---- what the task calls, in the loop's thread

    async def run(self, beginning: Start | Attach | Listen, *, is_old: bool = False) -> act.Done:
        """Run the round to its end, and leave no task and no socket behind, also when it is cancelled.

        Args:
            beginning: how it begins.
            is_old: the session had rounds before that this task knows nothing of.
        """
        self._protocol.begin(beginning, monotonic(), is_old=is_old)
        try:
            self._act()
            return await self._over
        finally:
            if self._timer is not None:
                self._timer.cancel()
            for task in self._work:
                task.cancel()
            await self._hang_up()
            await asyncio.gather(*self._work, *self._closing, return_exceptions=True)

    def command(self, command: Command) -> None:
        """Do what the user asks for.

        Raises:
            SessionExecutionError: the task's state does not allow it.
        """
        self._protocol.command(command, monotonic())
        self._act()

    @property
    def is_open(self) -> bool:
        """Whether the connection is open now."""
        return self._protocol.is_open and self._socket is not None

    def send(self, message: dict[str, Any]) -> bool:
        """Send a message as it is, and return False where the connection is not open."""
        return self._socket is not None and self._socket.send(codec.dumps(message))

    def drained(self) -> None:
        """Take note that the sink has room again."""
        if self._was_full and not self._sink.is_full:
            self._was_full = False
            self._protocol.consumer_full(False, monotonic())
            self._act()

    async def wait_open(self) -> None:
        """Wait until the connection is open for the first time, or the round is over."""
        await asyncio.wait(list[Any]([self._opened, self._over]), return_when=asyncio.FIRST_COMPLETED)

    # ---- what happens

    async def _connect(self, *, renew: bool) -> None:
        try:
            socket = await open_socket(self._address, renew=renew)
        except ConnectionEnded as end:
            self._protocol.connection_lost(end.ending, monotonic())
            self._act()
            return
        self._socket = socket
        if not self._opened.done():
            self._opened.set_result(None)
        socket.on_bytes(self._note_bytes)
        self._protocol.connection_opened(monotonic())
        self._act()
        await self._read(socket)

    async def _read(self, socket: Socket) -> None:
        protocol, now = self._protocol, monotonic
        try:
            while True:
                # Held by no name: they would stay while the next ones come, and may be large.
                protocol.frames_received(await socket.receive(), now())
                self._act()
        except ConnectionEnded as end:
            if self._socket is socket:
                await self._hang_up()
                protocol.connection_lost(end.ending, now())
                self._act()

    def _note_bytes(self) -> None:
        self._protocol.bytes_received(monotonic())

    async def _ask(self, request: act.Request) -> None:
        try:
            answer: Any = await self._history.answer(request)
        except WyseError as error:
            logger.info("%s: %s", self._address.url, error.message)
            answer = error
        self._protocol.answered(request, answer, monotonic())
        self._act()

    def _on_time(self) -> None:
        self._timer = None
        self._protocol.timer_fired(monotonic())
        self._act()

    # ---- what is to be done

    def _act(self) -> None:
        for action in self._protocol.actions():
            _DO[type(action)](self, action)
        self._arm()

    def _deliver(self, deliver: act.Deliver) -> None:
        self._sink.put(deliver.items, deliver.size)
        if self._sink.is_full and not self._was_full:
            self._was_full = True
            self._protocol.consumer_full(True, monotonic())
            self._start_soon()
        if not deliver.size:
            for item in deliver.items:
                if isinstance(item, Gap | Reconnecting):
                    self._warn(act.Warn(item.content))

    def _warn(self, warn: act.Warn) -> None:
        logger.warning("%s: %s", self._address.url, warn.message)

    def _start_soon(self) -> None:
        self._loop.call_soon(self._act)

    def _open(self, connect: act.Connect) -> None:
        self._connecting = self._begin(self._connect(renew=connect.renew))

    def _disconnect(self, disconnect: act.Disconnect) -> None:
        socket, self._socket = self._socket, None
        if self._connecting is not None and self._connecting is not asyncio.current_task():
            self._connecting.cancel()
        if socket is not None:
            self._closing = [goodbye for goodbye in self._closing if not goodbye.done()]
            self._closing.append(socket.close_soon())

    def _send(self, send: act.SendText) -> None:
        self.send(send.message)

    def _request(self, request: act.Request) -> None:
        self._begin(self._ask(request))

    def _pause(self, pause: act.PauseReading) -> None:
        if self._socket is not None:
            self._socket.pause_reading()

    def _resume(self, resume: act.ResumeReading) -> None:
        if self._socket is not None:
            self._socket.resume_reading()

    def _finish(self, finished: act.Finished) -> None:
        self._result = finished.done
        self._finished(finished.done)

    def _end(self, over: act.RoundOver) -> None:
        if self._result is not None and not self._over.done():
            self._over.set_result(self._result)

    def _begin(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = self._loop.create_task(work)
        self._work.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._work.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None and not self._over.done():
            self._over.set_exception(error)

    def _arm(self) -> None:
        """Set the timer for what is due next. A later deadline is left to the timer that is already set."""
        at = self._protocol.deadline
        if at is None or self._over.done() or (self._timer is not None and self._due <= at):
            return
        if self._timer is not None:
            self._timer.cancel()
        self._due = at
        self._timer = self._loop.call_later(max(0.0, at - monotonic()), self._on_time)

    async def _hang_up(self) -> None:
        socket, self._socket = self._socket, None
        if socket is not None:
            await socket.close()


def milliseconds() -> int:
    """Tell the wall clock's time, for the wire's timestamps alone; all deadlines are on the loop's (fault row 34)."""
    return time.time_ns() // 1_000_000


_DO: dict[type, Callable[[Driver, Any], None]] = {
    act.Connect: Driver._open,
    act.Disconnect: Driver._disconnect,
    act.SendText: Driver._send,
    act.ReadSession: Driver._request,
    act.ReadHistory: Driver._request,
    act.ReadNewest: Driver._request,
    act.ReadStream: Driver._request,
    act.Deliver: Driver._deliver,
    act.PauseReading: Driver._pause,
    act.ResumeReading: Driver._resume,
    act.Finished: Driver._finish,
    act.Warn: Driver._warn,
    act.RoundOver: Driver._end,
}
