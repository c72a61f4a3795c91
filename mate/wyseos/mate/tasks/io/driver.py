"""The one driver of a task: performs what the pure parts decide, on an event loop.

It keeps a connection open, hands frames to the decoder and events to `Line` and the machine, and does what comes out of
them. When a connection ends, `reconnect.py` says what follows; after each reconnect what was missed is read by REST
while live events are held back. It knows nothing of threads, handlers or people: what it delivers goes into a `Sink`.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from wyseos.generated.events import decode_event
from wyseos.generated.models import PingEvent, PingMessage, PongEvent, PongMessage
from wyseos.mate.errors import (
    APIError,
    AuthenticationError,
    AuthorizationError,
    DecodeError,
    NetworkError,
    NotFoundError,
    WyseError,
)
from wyseos.mate.tasks.io.connection import Address, LineEnded, Raw, Socket, Unreadable, open_socket
from wyseos.mate.tasks.io.history import History
from wyseos.mate.tasks.io.interfaces import LineSettings, Machine, Sink
from wyseos.mate.tasks.protocol.actions import Action, Ask, Done, Fetch, Send
from wyseos.mate.tasks.protocol.commands import Attach
from wyseos.mate.tasks.protocol.delivery import Line, is_own
from wyseos.mate.tasks.protocol.inputs import Broken, Closed, Opened, Resynced, Tick
from wyseos.mate.tasks.protocol.liveness import Liveness
from wyseos.mate.tasks.protocol.local_events import Gap, StreamClosed
from wyseos.mate.tasks.protocol.reconnect import TOO_BIG, Backoff, Ending, Remedy
from wyseos.runtime import codec

if TYPE_CHECKING:
    from wyseos.generated.events import Event
    from wyseos.generated.models import SessionInfo
    from wyseos.mate.tasks.protocol.catchup import Missed
    from wyseos.mate.tasks.protocol.machine import Command

T = TypeVar("T")

logger = logging.getLogger("wyseos.mate.tasks")

UNREADABLE_IN_A_ROW = 3
"""So many frames in a row that are no events end the task (fault row 26)."""
SETTLED = 10.0
"""Seconds after which a connection counts as good, even if no event came."""
ASKS_FROM = 3
"""So many connections in a row must fail before the session is asked by REST instead."""
SHORTEST_WAIT = 0.05
"""Seconds between two requests at least, however the jitter falls."""
FETCH_PATIENCE = 10.0
"""Seconds that the data of a closed stream is waited for once the round is over."""


class Driver:
    """Runs one round of a session: from a start, or from being attached, to its end.

    Args:
        address: where the session's line is.
        history: asks the service by REST.
        machine: decides what the messages mean.
        line: remembers what was passed on.
        sink: takes what is delivered.
        settings: how the line is kept.
    """

    def __init__(
        self, address: Address, history: History, machine: Machine, line: Line, sink: Sink, settings: LineSettings
    ) -> None:
        self.is_open = False
        self._address = address
        self._history = history
        self._machine = machine
        self._line = line
        self._sink = sink
        self._settings = settings
        self._backoff = Backoff(settings.patience, settings.draw)
        self._loop = asyncio.get_running_loop()
        self._done: asyncio.Future[Done] = self._loop.create_future()
        self._opened: asyncio.Future[None] = self._loop.create_future()
        self._socket: Socket | None = None
        self._liveness: Liveness | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._fetching: set[asyncio.Task[None]] = set()
        self._attaching = False
        self._unreadable = 0
        self._held_bytes = 0
        self._lost: Ending | None = None

    # ---- what the faces call, in the loop's thread

    async def run(self, beginning: Command) -> Done:
        """Runs the round to its end, and leaves no task and no socket behind, also when it is cancelled."""
        self._attaching = isinstance(beginning, Attach)
        self.command(beginning)
        work = asyncio.create_task(self._keep_line())
        try:
            await asyncio.wait(list[Any]([work, self._done]), return_when=asyncio.FIRST_COMPLETED)
            if work.done():
                work.result()
            if self._fetching:
                await asyncio.wait(self._fetching, timeout=FETCH_PATIENCE)
            return self._done.result()
        finally:
            if self._timer is not None:
                self._timer.cancel()
            await _cancel([work, *self._fetching])

    def command(self, command: Command) -> None:
        """Does what the user asks for.

        Raises:
            SessionExecutionError: the task's state does not allow it.
        """
        self._receive(command)
        self._arm()

    def send(self, message: dict[str, Any]) -> bool:
        """Sends a message as it is, and returns False where the line is not open."""
        return self._socket is not None and self._socket.send(codec.dumps(message))

    def drained(self) -> None:
        """Tells that the sink has room again: reading goes on."""
        if self._socket is not None and not self._is_full:
            self._note_bytes()
            self._socket.resume_reading()

    async def wait_open(self) -> None:
        """Waits until the line is open for the first time, or the driver has given up."""
        await asyncio.wait(list[Any]([self._opened, self._done]), return_when=asyncio.FIRST_COMPLETED)

    # ---- the line

    async def _keep_line(self) -> None:
        while True:
            began = self._loop.time()
            ending = await self._one_connection()
            if self._loop.time() - began >= SETTLED:
                self._backoff.reset()
            await self._mend(ending)

    async def _one_connection(self) -> Ending:
        catching_up: list[asyncio.Task[None]] = []
        try:
            self._socket = await open_socket(self._address)
            self._greet(self._socket, catching_up)
            while True:
                self._take(await self._socket.receive())
        except LineEnded as end:
            return end.ending
        finally:
            self.is_open = False
            await _cancel(catching_up)
            await self._hang_up()

    def _greet(self, socket: Socket, catching_up: list[asyncio.Task[None]]) -> None:
        """Begins on a fresh line. The first one of a start has missed nothing; each other one catches up."""
        self.is_open = True
        self._liveness = Liveness(self._settings.heartbeat_interval, self._loop.time())
        socket.on_bytes(self._note_bytes)
        first = not self._opened.done()
        if first:
            self._opened.set_result(None)
        if first and not self._attaching:
            self._receive(Opened())
        else:
            self._line.hold()
            catching_up.append(asyncio.create_task(self._catch_up()))
        self._arm()

    async def _hang_up(self) -> None:
        socket, self._socket, self._liveness = self._socket, None, None
        if socket is not None:
            await socket.close()

    async def _mend(self, ending: Ending) -> None:
        """Does what follows the end of a connection; returns when it is time for the next one."""
        logger.info("%s: %s", self._address.url, ending.reason)
        if ending.close_code == TOO_BIG:
            self._lost = ending
        was_open = self._opened.done()
        wait = self._backoff.wait(ending, first=not was_open)
        if was_open and (wait is None or self._asks_instead(ending) or self._machine.is_ending):
            await self._look()
        if wait is None:
            await self._give_up(ending.reason)
        else:
            await asyncio.sleep(wait)

    def _asks_instead(self, ending: Ending) -> bool:
        """Whether the session is to be asked by REST: it may be over, or no connection can be opened for now."""
        return ending.remedy is Remedy.LOOK_FIRST or self._backoff.failures >= ASKS_FROM

    async def _look(self) -> None:
        """Asks without a line whether the round is over (fault row 29), or what came after its result."""
        self._line.hold()
        try:
            info = await self._history.info()
            self._settle(info, await self._history.missed(self._line))
        except WyseError as error:
            logger.info("%s: the session could not be asked: %s", self._address.url, error.message)
        self._receive(Closed())

    async def _give_up(self, reason: str) -> None:
        self._receive(Broken(reason))
        await asyncio.Event().wait()  # run() has what it needs, and ends this

    def _note_bytes(self) -> None:
        if self._liveness is not None:
            self._liveness.byte_received(self._loop.time())

    # ---- what comes in

    def _take(self, frames: Sequence[Raw]) -> None:
        events = [event for frame in frames if (event := self._decode(frame)) is not None]
        size = sum(map(len, frames))
        fresh = self._line.live(events)
        if fresh:
            self._backoff.reset()
            self._pass_on(fresh, size)
        elif self._line.is_holding:
            self._held_bytes += size
        if self._is_full and self._socket is not None:
            self._socket.pause_reading()

    @property
    def _is_full(self) -> bool:
        return self._sink.is_full or self._held_bytes > self._settings.budget

    def _decode(self, frame: Raw) -> Event | None:
        """Returns the event of a frame; None for a ping, a pong and what is no event."""
        try:
            if type(frame) is Unreadable:
                raise DecodeError(frame.decode())
            event = decode_event(frame)
        except DecodeError as error:
            self._note_unreadable(error)
            return None
        self._unreadable = 0
        if type(event) is PingEvent:
            self.send(PongMessage(timestamp=event.timestamp or 0).to_dict())
        return None if type(event) in _HEARTBEATS else event

    def _note_unreadable(self, error: DecodeError) -> None:
        self._unreadable += 1
        logger.warning("%s: a frame that is no event: %s", self._address.url, error.message)
        if self._unreadable >= UNREADABLE_IN_A_ROW:
            self._receive(Broken(f"{self._unreadable} frames in a row were no events; the last: {error.message}"))

    def _pass_on(self, events: Sequence[Event], size: int) -> None:
        now = self._loop.time()
        receive = self._machine.receive
        actions = [action for event in events for action in receive(event, now)]
        self._sink.put(events, size)
        self._perform(actions)
        self._arm()

    # ---- catching up

    async def _catch_up(self) -> None:
        try:
            # In this order: what the status tells as over is then certainly in the messages.
            info = await self._persist(self._history.info)
            self._settle(info, await self._missed())
        except WyseError as error:
            self._go_on_without(error)
        self._arm()
        self.drained()

    async def _persist(self, ask: Callable[[], Awaitable[T]]) -> T:
        """Asks until there is an answer, with growing waits, where what went wrong may pass (fault row 19)."""
        backoff = Backoff(self._settings.patience, self._settings.draw)
        until = self._loop.time() + self._settings.catch_up
        while True:
            try:
                return await ask()
            except WyseError as error:
                wait = backoff.wait(Ending(Remedy.RETRY, error.message), first=False)
                if wait is None or not _may_pass(error) or self._loop.time() + wait > until:
                    raise
                logger.info("%s: %s; asking again in %.1f s", self._address.url, error.message, wait)
            await asyncio.sleep(max(SHORTEST_WAIT, wait))

    async def _missed(self) -> Missed | None:
        """Returns what was missed; None, and a gap in the stream, where it can't be had (fault row 20)."""
        try:
            return await self._persist(lambda: self._history.missed(self._line))
        except WyseError as error:
            self._tell_gap(f"the missed messages could not be read: {error.message}")
            return None

    def _settle(self, info: SessionInfo, missed: Missed | None) -> None:
        """Passes on what was missed and what was held back, and lets the machine decide what to send again."""
        events = missed.events if missed is not None else []
        if self._lost is not None and not events:
            self._receive(Broken(self._lost.reason))
        self._lost = None
        now = self._loop.time()
        if self._attaching and missed is not None:
            # What was seen elsewhere is not delivered again, but a question in it may still be open.
            self._machine.replay(missed.before, now)
        self._attaching = False
        if missed is not None and not missed.complete:
            self._tell_gap("the history does not reach back to the last message seen")
        self._deliver_late(events, now)
        answer = info.task_result.content if info.task_result is not None else None
        # What is not known may have come: nothing is sent again on a guess.
        news = missed is None or bool(events)
        self._receive(Resynced(info.status, news, answer or "", info.error_message or ""))

    def _deliver_late(self, history: list[Event], now: float) -> None:
        self._held_bytes = 0
        fresh = self._line.release(history)
        if not fresh:
            return
        self._backoff.reset()
        actions = self._machine.replay(fresh, now)
        events = [event for event in fresh if not is_own(event)]
        self._sink.put(events, sum(len(codec.dumps(event.to_dict())) for event in events))
        self._perform(actions)

    def _go_on_without(self, error: WyseError) -> None:
        """Not even the session's status could be had: tells the gap, and goes on with what is live."""
        if self._lost is not None:
            self._receive(Broken(self._lost.reason))
        if self._attaching:
            self._receive(Broken(f"the session could not be attached to: {error.message}"))
        self._tell_gap(f"the session could not be asked: {error.message}")
        self._deliver_late([], self._loop.time())
        self._receive(Resynced(news=True))

    def _tell_gap(self, reason: str) -> None:
        logger.warning("%s: messages are missing after %s: %s", self._address.url, self._line.cursor, reason)
        self._sink.put([Gap(reason=reason, after=self._line.cursor)], 0)

    # ---- what is to be done

    def _receive(self, command: Command) -> None:
        self._perform(self._machine.receive(command, self._loop.time()))

    def _perform(self, actions: Iterable[Action]) -> None:
        for action in actions:
            if isinstance(action, Send):
                self.send(action.message.to_dict())
            elif isinstance(action, Ask):
                self._sink.put([action.question], 0)
            elif isinstance(action, Fetch):
                task = self._loop.create_task(self._fetch(action))
                self._fetching.add(task)
                task.add_done_callback(self._fetching.discard)
            elif not self._done.done():
                self._done.set_result(action)

    async def _fetch(self, fetch: Fetch) -> None:
        """Delivers the whole data of a closed stream."""
        try:
            closed = StreamClosed(stream=fetch.stream, data=await self._history.marketing_data(fetch.kinds))
        except WyseError as error:
            logger.warning("%s: the data of %s could not be read: %s", self._address.url, fetch.stream, error.message)
            closed = StreamClosed(stream=fetch.stream, reason=error.message)
        self._sink.put([closed], 0)

    # ---- time

    def _arm(self) -> None:
        """Sets the timer for what is due next. A later deadline is left to the timer that is already set."""
        deadlines = [self._machine.deadline, self._line_deadline]
        at = min((deadline for deadline in deadlines if deadline is not None), default=None)
        if at is None or self._done.done() or (self._timer is not None and self._timer.when() <= at):
            return
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._loop.call_at(at, self._on_time)

    @property
    def _line_deadline(self) -> float | None:
        """When the line wants a ping or is given up. While we do not read, its silence tells nothing."""
        if self._liveness is None or self._socket is None or not self._socket.is_reading:
            return None
        return self._liveness.deadline

    def _on_time(self) -> None:
        self._timer = None
        now = self._loop.time()
        if self._liveness is not None and self._socket is not None and self._socket.is_reading:
            self._check_line(self._liveness, self._socket, now)
        deadline = self._machine.deadline
        if deadline is not None and deadline <= now:
            if self._line.is_holding and not self._attaching:
                # The result may be among what is held back: no round ends without it being looked at.
                self._go_on_without(WyseError("the time of the round is over"))
            self._receive(Tick())
        self._arm()

    def _check_line(self, liveness: Liveness, socket: Socket, now: float) -> None:
        if liveness.is_dead(now):
            socket.cut(f"nothing came for {liveness.quiet:g} s after a ping: the line is half open")
            self._liveness = None
        elif liveness.ping_due(now):
            socket.send(codec.dumps(PingMessage(timestamp=_milliseconds()).to_dict()))
            liveness.ping_sent(now)


_HEARTBEATS = frozenset({PingEvent, PongEvent})


def _may_pass(error: WyseError) -> bool:
    """Whether the same request may be answered later: the network is away, or the service is, for a deployment."""
    if isinstance(error, AuthenticationError | AuthorizationError | NotFoundError):
        return False
    return isinstance(error, NetworkError) or (isinstance(error, APIError) and error.retryable)


async def _cancel(tasks: Iterable[asyncio.Task[Any]]) -> None:
    """Ends tasks, and waits until they have."""
    tasks = list(tasks)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _milliseconds() -> int:
    """The wire's timestamps are the only use of the wall clock; all deadlines are on the loop's (fault row 34)."""
    return time.time_ns() // 1_000_000
