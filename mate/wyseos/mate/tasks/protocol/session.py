"""The session protocol: all that is decided about one session, through its connections and rounds. Pure.

Everything that can happen goes in, each with `now`; actions come out of `actions()`, to be performed in their order;
one `deadline` tells when `timer_fired` is due. Who drives it decides nothing. What comes of an action is an input: a
connection that can't be opened is `connection_lost`, a request that fails is `answered` with its error.

The rules:

1. Until what was missed is in, live events are held back, up to a bound; then they are let through behind a `Gap`,
   and the history goes on being asked for until it is filled or known to be lost.
2. The status and the messages are asked for apart; one that fails does not lose the other.
3. A round never ends without a result on a guess: the service is asked by REST once more.
4. While there is no connection, the service is asked from time to time, and the messages come from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from wyseos.generated.models import (
    PingMessage,
)
from wyseos.mate.errors import NotFoundError, WyseError
from wyseos.mate.tasks.protocol.actions import (
    Action,
    AskAgain,
    Connect,
    Deliver,
    Disconnect,
    Done,
    FetchStream,
    Finished,
    MachineAction,
    PauseReading,
    PutQuestion,
    ReadNewest,
    ReadStream,
    Request,
    ResumeReading,
    RoundOver,
    SendMessage,
    SendText,
    TellDecision,
)
from wyseos.mate.tasks.protocol.catchup import ROW_COST, HistoryPage
from wyseos.mate.tasks.protocol.commands import Attach, Command, Listen, Start
from wyseos.mate.tasks.protocol.delivery import Delivery, is_own
from wyseos.mate.tasks.protocol.frames import Frame, FrameReader
from wyseos.mate.tasks.protocol.inputs import Broken, Closed, Input, Opened, Reopened, Resynced, Tick
from wyseos.mate.tasks.protocol.liveness import Liveness
from wyseos.mate.tasks.protocol.local_events import Gap, Reconnecting, StreamClosed
from wyseos.mate.tasks.protocol.machine import FOLLOW_UP_PATIENCE
from wyseos.mate.tasks.protocol.reconnect import TOKEN_REJECTED, Backoff, Cause, Ending, Remedy, rule_for
from wyseos.mate.tasks.protocol.recovery import FINAL_ERRORS, Recovered, Recovery
from wyseos.mate.tasks.protocol.settings import SessionSettings
from wyseos.mate.tasks.protocol.states import OVER

if TYPE_CHECKING:
    from wyseos.generated.events import Event
    from wyseos.generated.models import SessionInfo

SETTLED = 10.0
"""Seconds after which a connection counts as good."""
PROGRESSED = 1.0
"""Seconds after which one counts as good that brought something new."""
FINAL_CHECK = 5.0
"""Seconds that the service is given to tell of a result, before a round ends without one."""
STREAM_PATIENCE = 10.0
"""Seconds that the data of closed streams is waited for once the round is over."""
FIRST_POLL, LONGEST_POLL = 2.0, 15.0
"""Seconds between two times that the service is asked while there is no connection."""

TOLD_FROM = 2
"""How many connections in a row fail before the user is told: a cut that is mended at once is not worth an event."""


class Machine(Protocol):
    """What decides about messages: a `TaskMachine`, or something simpler for those who only listen."""

    is_connected: bool

    @property
    def deadline(self) -> float | None:
        """When a `Tick` is due."""

    @property
    def is_ending(self) -> bool:
        """Whether the result is there, and only a follow-up to it may be missing."""

    @property
    def has_limit(self) -> bool:
        """Whether the round ends by its own time."""

    def due(self, now: float) -> bool:
        """Tell whether the next `Tick` ends the round without a result."""

    def receive(self, event: Event | Command | Input, now: float) -> Sequence[MachineAction]:
        """Take what happened, and return what is to be done."""

    def replay(
        self, events: Iterable[Event], now: float, predecessors: Mapping[int, Event] | None = None
    ) -> Sequence[MachineAction]:
        """Take what the history tells; `Resynced` follows."""


class Opening(Enum):
    """How a round begins."""

    FRESH = "nothing can have been missed: it begins with the connection"
    OLD = "rounds went before that this task knows nothing of: the newest message is asked for first"
    LATER = "what came since the last round is delivered first"
    ATTACHED = "it was begun elsewhere: it is asked for first, and may be over"
    BEGUN = "it is under way"


class Timer(StrEnum):
    """What the session waits for besides the machine, the liveness and the recovery."""

    CONNECT = "the next connection is due"
    POLL = "the service is to be asked, as there is no connection"
    HOLD = "live events were held back for long enough"
    AGAIN = "the service is to be asked for the second time"
    FINAL_CHECK = "the round ends without a result"
    SETTLE = "an open gap was waited for long enough, after the end"
    STREAMS = "the data of streams was waited for long enough"
    BASELINE = "the newest message is to be asked for again"
    FOLLOW_UP = "a follow-up to the result had its time: it is asked for, as there is no connection to bring it"
    CLOSED = "the follow-up could not be asked for"


class SessionProtocol:
    """One session, through all its connections and rounds.

    Args:
        machine: decides what messages mean.
        delivery: remembers what was passed on.
        settings: how the connection is kept.
        milliseconds: tells the wall clock's time, for the timestamps of pings alone.
    """

    def __init__(
        self, machine: Machine, delivery: Delivery, settings: SessionSettings, milliseconds: Callable[[], int]
    ) -> None:
        self.machine = machine
        self.delivery = delivery
        self.is_open = False
        """Whether the connection is open now."""
        self._settings = settings
        self._milliseconds = milliseconds
        self._backoff = Backoff(settings.patience, settings.draw)
        self._recovery = Recovery(delivery, settings.budget // 2, settings.draw)
        self._actions: list[Action] = []
        self._timers: dict[Timer, float] = {}
        self._liveness: Liveness | None = None
        self._opening = Opening.BEGUN
        self._was_open = self._is_reading = self._is_full = False
        self._opened_at = 0.0
        self._has_news = self._has_renewed = False
        self._frames = FrameReader()
        self._poll_wait = FIRST_POLL
        self._end_cause: Broken | Tick | None = None  # what ends the round, unless the service tells of a result
        self._too_big: Ending | None = None
        self._streams: dict[str, ReadStream] = {}
        self._reads_stream = False
        self._done: Done | None = None
        self._has_result = False
        self._is_over = self._is_ended = True
        self._is_attaching = self._listens = False

    # ---- in

    def begin(self, command: Start | Attach | Listen, now: float, *, is_old: bool = False) -> None:
        """Begin a round. What the last one asked for is not answered any more, and whether there is room is told anew.

        Args:
            command: how it begins.
            now: seconds on a monotonic clock.
            is_old: the session had rounds before that this task knows nothing of.

        Raises:
            SessionExecutionError: the last round is not over.
        """
        self.machine.receive(command, now)
        self._opening = self._opening_of(command, is_old=is_old)
        self._is_over = self._is_ended = False
        self._done = self._end_cause = self._too_big = None
        self._was_open = self._has_renewed = self._is_attaching = self._has_result = False
        self._listens = isinstance(command, Listen)
        self._streams.clear()
        self._reads_stream = False
        self._is_full = self._recovery.is_blocked = False
        self._timers.clear()
        self._backoff.reset()
        self._recovery.end()
        self._forget_connection()
        if self._opening is Opening.ATTACHED:
            self._recover(now)
            return
        if self._opening is Opening.OLD:
            self._actions.append(ReadNewest())
        if self._opening is not Opening.OLD or self._listens:
            self._actions.append(Connect())

    def command(self, command: Command, now: float) -> None:
        """Do what the user asks for.

        Raises:
            SessionExecutionError: the task's state does not allow it.
        """
        self._perform(self.machine.receive(command, now), now)

    def connection_opened(self, now: float) -> None:
        """Take note that the connection asked for is open."""
        if self._is_over or not self._timers.keys().isdisjoint(_TRAILING):
            self._actions.append(Disconnect())
            return
        self.is_open = self.machine.is_connected = self._is_reading = True
        self._opened_at, self._has_news, self._has_renewed = now, False, False
        self._was_open = True
        self._liveness = Liveness(self._settings.heartbeat_interval, now)
        self._timers.pop(Timer.POLL, None)
        self._poll_wait = FIRST_POLL
        if self._opening in (Opening.FRESH, Opening.OLD):
            self._opening = Opening.BEGUN
            self._perform(self.machine.receive(Opened(), now), now)
            return
        if self._opening is not Opening.LATER:  # there nothing goes out before what was missed is in
            self._perform(self.machine.receive(Reopened(), now), now)
        self._recover(now)

    def frames_received(self, frames: Sequence[Frame], now: float) -> None:
        """Take what one read brought: text frames; what is no text comes as an `UnreadableFrame`."""
        events, actions, complaint = self._frames.read(frames)
        self._actions += actions
        if complaint is not None and self._end_cause is None:
            self._end_with(Broken(complaint), now)
        size = sum(map(len, frames)) + ROW_COST * len(events)
        fresh = self.delivery.live(events, size)
        if fresh:
            self._has_news = True
            receive = self.machine.receive
            wanted = [action for event in fresh for action in receive(event, now)]
            self._actions.append(Deliver(fresh, size))
            if wanted:
                self._perform(wanted, now)
        elif self.delivery.is_holding:
            self._bound_what_is_held(now)

    def bytes_received(self, now: float) -> None:
        """Take note of life, also of a frame that is not whole yet."""
        if self._liveness is not None:
            self._liveness.byte_received(now)

    def connection_lost(self, ending: Ending, now: float) -> None:
        """Take note that the connection ended, or that the one asked for could not be opened."""
        was_open = self.is_open
        self._forget_connection()
        if self._is_over:
            return
        if ending.cause is Cause.TOO_BIG:
            self._too_big = ending
        lived = now - self._opened_at if was_open else 0.0
        if lived >= SETTLED or (self._has_news and lived >= PROGRESSED):
            self._backoff.reset()
        if self.machine.is_ending:
            self._timers.setdefault(Timer.FOLLOW_UP, now + FOLLOW_UP_PATIENCE)
            self._recover(now)
        elif ending.status_code == TOKEN_REJECTED and self._settings.can_renew and not self._has_renewed:
            self._has_renewed = True
            self._actions.append(Connect(renew=True))
        else:
            self._reconnect(ending, now, was_open=was_open)

    def answered(self, request: Request, answer: Any, now: float) -> None:
        """Take the answer to a request: its data, or the `WyseError` instead of it."""
        if self._is_ended:
            return
        if isinstance(request, ReadStream):
            self._take_stream(request, answer)
        elif isinstance(request, ReadNewest):
            self._take_baseline(answer, now)
        else:
            self._recovery.answered(request, answer, now)
            self._after_recovery(now)
        self._end_where_due()

    def consumer_full(self, is_full: bool, now: float) -> None:
        """Take note whether the user has more before him than the budget allows."""
        self._is_full = self._recovery.is_blocked = is_full
        self._set_reading(now)
        self._ask(now)

    def timer_fired(self, now: float) -> None:
        """Do what is due."""
        if self._liveness is not None and self._is_reading:
            self._check_life(self._liveness, now)
        for timer in [timer for timer, at in self._timers.items() if at <= now]:
            if self._timers.pop(timer, None) is not None:
                _ON_TIME[timer](self, now)
        deadline = self._machine_deadline
        if deadline is not None and deadline <= now:
            self._on_machine_deadline(now)
        self._ask(now)
        self._end_where_due()

    # ---- out

    def actions(self) -> list[Action]:
        """Return what is to be done now, in this order."""
        actions, self._actions = self._actions, []
        return actions

    @property
    def deadline(self) -> float | None:
        """When `timer_fired` is due, on the caller's clock."""
        life = self._liveness.deadline if self._liveness is not None and self._is_reading else None
        asked = self._recovery.deadline if self._is_asking else None
        told = (life, self._machine_deadline, asked, *self._timers.values())
        return min((at for at in told if at is not None), default=None)

    @property
    def _machine_deadline(self) -> float | None:
        """When the machine's next wait is over; None while the end of the round is looked into, which has its own."""
        is_closing = self._end_cause is not None or self._is_over or Timer.CLOSED in self._timers
        return None if is_closing else self.machine.deadline

    # ---- the connection

    def _opening_of(self, command: Start | Attach | Listen, *, is_old: bool) -> Opening:
        if isinstance(command, Attach):
            return Opening.ATTACHED
        # A round that was paused may have missed something, also where nothing of it has come yet.
        is_cut_short = not self._is_ended and self._opening not in (Opening.FRESH, Opening.OLD)
        if self.delivery.cursor is not None or is_cut_short:
            return Opening.LATER
        return Opening.OLD if is_old else Opening.FRESH

    def _forget_connection(self) -> None:
        self.is_open = self.machine.is_connected = self._is_reading = False
        self._liveness = None

    def _reconnect(self, ending: Ending, now: float, *, was_open: bool) -> None:
        first = not self._was_open
        wait = self._backoff.wait(ending, now, first=first, has_limit=self.machine.has_limit)
        if wait is None:
            self._end_with(Broken(ending.reason), now)
            return
        if self._backoff.failures >= TOLD_FROM:
            self._actions.append(Deliver([Reconnecting(self._backoff.failures, wait, ending.reason)]))
        self._timers[Timer.CONNECT] = now + wait
        if self._opening not in (Opening.BEGUN, Opening.ATTACHED):
            return
        if rule_for(ending, first=first).remedy is Remedy.ASK_FIRST:
            self._recover(now)
        elif not was_open and Timer.POLL not in self._timers:
            self._timers[Timer.POLL] = now + min(wait, self._poll_wait)

    def _on_connect(self, now: float) -> None:
        self._actions.append(Connect())

    def _on_poll(self, now: float) -> None:
        if not self._recovery.is_active:
            self._recover(now)
        self._poll_wait = min(LONGEST_POLL, self._poll_wait * 2)
        self._timers[Timer.POLL] = now + self._poll_wait

    def _check_life(self, liveness: Liveness, now: float) -> None:
        if liveness.is_dead(now):
            reason = f"nothing came for {liveness.quiet:g} s after a ping: the connection is half open"
            self._actions.append(Disconnect())
            self.connection_lost(Ending(Cause.SILENT, reason), now)
        elif liveness.ping_due(now):
            self._actions.append(SendText(PingMessage(timestamp=self._milliseconds()).to_dict()))
            liveness.ping_sent(now)

    def _set_reading(self, now: float) -> None:
        holds_much = self.delivery.held_size > self._hold_budget and not self._recovery.is_failing
        wants = not (self._is_full or holds_much)
        if not self.is_open or wants == self._is_reading:
            return
        self._is_reading = wants
        self._actions.append(ResumeReading() if wants else PauseReading())
        self.bytes_received(now)  # while we did not read, silence told nothing

    # ---- what comes in

    @property
    def _hold_budget(self) -> int:
        return self._settings.budget // 4

    def _bound_what_is_held(self, now: float) -> None:
        if self.delivery.held_size > self._hold_budget and self._recovery.is_failing:
            self._let_through("the missed messages can't be read yet, and too many new ones wait behind them", now)
        else:
            self._set_reading(now)

    def _let_through(self, reason: str, now: float) -> None:
        """Live events go on to the user behind a gap; what it leaves out is still asked for."""
        self._timers.pop(Timer.HOLD, None)
        if not self.delivery.is_holding:
            return
        if self._too_big is not None:
            reason = f"{reason}; {self._too_big.reason}"
        self._actions.append(Deliver([Gap(reason, self.delivery.cursor, "open")]))
        self.delivery.open_gap()
        self._pass_held(now)

    def _pass_held(self, now: float) -> None:
        """Deliver what was held back, and let the machine take it as it comes."""
        size, events = self.delivery.held_size, self.delivery.release()
        if events:
            actions = [action for event in events for action in self.machine.receive(event, now)]
            self._actions.append(Deliver([event for event in events if not is_own(event)], size))
            self._perform(actions, now)

    def _on_hold(self, now: float) -> None:
        self._let_through(f"the missed messages could not be read for {self._settings.hold_time:g} s", now)
        self._settle_by_status(now)

    def _settle_by_status(self, now: float) -> None:
        """The messages can't be had. What the status tells as over is over all the same, but for what may follow it."""
        info = self._recovery.info
        if info is not None and info.status in OVER and not self._has_result:
            self._perform(self.machine.receive(_report_of(info, news=True), now), now)
        if self.machine.is_ending and not self.is_open:
            self._await_follow_up(now)

    # ---- asking by REST

    def _recover(self, now: float) -> None:
        """Ask by REST what happened, and hold back what comes live until then."""
        if not self._is_asking:
            return  # else what comes in the next round would be held back
        self.delivery.hold()
        self._recovery.begin()
        self._timers.setdefault(Timer.HOLD, now + self._settings.hold_time)
        self._ask(now)

    @property
    def _is_asking(self) -> bool:
        """Whether there is anything to ask for: once the round is over, only what a gap left out."""
        return not self._is_over or self.delivery.has_gap

    def _ask(self, now: float) -> None:
        if self._is_asking:
            self._actions.extend(self._recovery.requests(now))

    def _after_recovery(self, now: float) -> None:
        if self._opening is Opening.ATTACHED and not self._was_open:
            self._attach(now)
        recovered = self._recovery.outcome()
        if recovered is not None:
            self._take_recovered(recovered, now)
        elif self._recovery.info is not None and not self._recovery.is_active and not self.machine.is_ending:
            # The status came after the messages: what it tells as over must be in them.
            self._recover(now)
        self._ask(now)

    def _attach(self, now: float) -> None:
        """Decide with the status whether a session that is attached to needs a connection."""
        refusal, info = self._recovery.refusal, self._recovery.info
        if refusal is not None:
            self.delivery.release()  # nothing is asked for any more that the events of a next round would wait for
            why = "there is no such session" if isinstance(refusal, NotFoundError) else refusal.message
            self._perform(self.machine.receive(Broken(f"the session could not be attached to: {why}"), now), now)
        elif not self._is_attaching and (info is None or info.status not in OVER):
            self._is_attaching = True
            self._actions.append(Connect())
            if info is not None:
                self._recovery.end()  # it is asked once more when the connection is open: nothing comes in between

    def _take_recovered(self, recovered: Recovered, now: float) -> None:
        """Deliver what was missed; with the last of it, what was held back, and let the machine decide."""
        delivery, machine = self.delivery, self.machine
        if recovered.lost is not None:
            self._actions.append(Deliver([Gap(recovered.lost, delivery.cursor, "lost")]))
        if self._too_big is not None and not recovered.missed.events:
            self._end_cause = Broken(self._too_big.reason)
        self._too_big = None
        events = delivery.pass_on(recovered.missed)
        news, was_gap = bool(events) or recovered.lost is not None, False
        if recovered.is_whole:
            was_gap = delivery.close_gap()
            if not was_gap:
                events += delivery.release()
        if self._opening is Opening.ATTACHED:
            self._perform(machine.replay(recovered.missed.before, now), now)
        is_later, predecessors = self._opening is Opening.LATER, recovered.missed.predecessors
        actions = () if is_later else machine.replay(events, now, predecessors)
        if delivered := [event for event in events if not is_own(event)]:
            self._actions.append(Deliver(delivered, _size_of(delivered)))
        self._perform(actions, now)
        if was_gap:
            self._timers.pop(Timer.SETTLE, None)
            self._actions.append(Deliver([Gap("what was missing has come", delivery.cursor, "filled")]))
            self._pass_held(now)
        if recovered.is_whole:
            self._settle(recovered, news, now)

    def _settle(self, recovered: Recovered, news: bool, now: float) -> None:
        self._timers.pop(Timer.HOLD, None)
        later, self._opening = self._opening is Opening.LATER, Opening.BEGUN
        if later:
            self._perform(self.machine.receive(Opened(), now), now)
        else:
            info = None if recovered.is_late else recovered.info
            self._perform(self.machine.receive(_report_of(info, news=news), now), now)
        if self._end_cause is not None:
            self._close_round(now)
        elif self.machine.is_ending and (not self.is_open or Timer.CLOSED in self._timers):
            self._await_follow_up(now)
        elif recovered.is_late:
            self._recover(now)
        self._set_reading(now)

    def _on_again(self, now: float) -> None:
        self._recover(now)

    # ---- what stood before, and streams

    def _take_baseline(self, answer: Any, now: float) -> None:
        if isinstance(answer, HistoryPage):
            self.delivery.mark(answer.events)
            if self._opening is Opening.OLD and not self.is_open and not self._listens:
                self._actions.append(Connect())
        elif self._listens:
            self._timers[Timer.BASELINE] = now + SETTLED
        elif isinstance(answer, FINAL_ERRORS):
            self._end_with(Broken(f"the session can't be asked: {answer.message}"), now)
        else:
            self._timers[Timer.BASELINE] = now + max(FIRST_POLL / 4, FIRST_POLL * self._settings.draw())

    def _on_baseline(self, now: float) -> None:
        if self.delivery.cursor is None:
            self._actions.append(ReadNewest())

    def _take_stream(self, request: ReadStream, answer: Any) -> None:
        self._streams.pop(request.stream, None)
        self._reads_stream = False
        if isinstance(answer, WyseError):
            closed = StreamClosed(stream=request.stream, reason=answer.message)
        else:
            closed = StreamClosed(stream=request.stream, data=answer)
        self._actions.append(Deliver([closed]))
        self._read_stream()

    def _read_stream(self) -> None:
        """One at a time, and each stream once, however often the service says that it is closed."""
        if self._streams and not self._reads_stream:
            self._reads_stream = True
            self._actions.append(next(iter(self._streams.values())))

    # ---- the end

    def _await_follow_up(self, now: float) -> None:
        """The result is there, and no connection that would bring what may follow: ask once more a little later."""
        self._timers.pop(Timer.CONNECT, None)
        if Timer.CLOSED in self._timers or not self._was_open:
            self._on_closed(now)
        else:
            self._timers.setdefault(Timer.FOLLOW_UP, now + FOLLOW_UP_PATIENCE)

    def _on_follow_up(self, now: float) -> None:
        self._timers[Timer.CLOSED] = now + FINAL_CHECK
        self._recover(now)

    def _on_closed(self, now: float) -> None:
        self._let_through("what follows the result could not be read before the round ended", now)
        self._perform(self.machine.receive(Closed(), now), now)

    def _on_machine_deadline(self, now: float) -> None:
        if self.machine.due(now):
            self._end_with(Tick(), now)
        elif self.machine.is_ending and self.delivery.is_holding:
            self._timers[Timer.CLOSED] = now + FINAL_CHECK  # the follow-up may be among what is held back
        else:
            self._perform(self.machine.receive(Tick(), now), now)

    def _end_with(self, cause: Broken | Tick, now: float) -> None:
        """End the round, but not before the service was asked once more whether it has a result."""
        if self._end_cause is not None:
            if isinstance(cause, Broken) and isinstance(self._end_cause, Tick):
                self._end_cause = cause  # the round's time may be stopped by a question, but nobody connects any more
            return
        self._end_cause = cause
        if self._opening in (Opening.FRESH, Opening.OLD, Opening.LATER) or self.machine.is_ending:
            self._close_round(now)  # nothing was begun, or the result is there
            return
        if isinstance(cause, Broken):
            self._timers.pop(Timer.CONNECT, None)
        self._timers[Timer.FINAL_CHECK] = now + FINAL_CHECK
        self._recovery.hurry()
        self._recover(now)

    def _close_round(self, now: float) -> None:
        cause, self._end_cause = self._end_cause, None
        self._timers.pop(Timer.FINAL_CHECK, None)
        if cause is not None and not self._has_result:
            self._let_through("the missed messages could not be read before the round ended", now)
            self._settle_by_status(now)
            if not self._has_result:
                self._perform(self.machine.receive(cause, now), now)

    def _perform(self, actions: Sequence[MachineAction], now: float) -> None:
        for action in actions:
            if isinstance(action, SendMessage):
                if self.is_open and self._opening in (Opening.BEGUN, Opening.ATTACHED):
                    self._actions.append(SendText(action.message.to_dict()))
            elif isinstance(action, PutQuestion):
                self._actions.append(Deliver([action.question]))
            elif isinstance(action, TellDecision):
                self._actions.append(Deliver([action.event]))
            elif isinstance(action, FetchStream):
                self._streams.setdefault(action.stream, ReadStream(action.stream, action.kinds))
                self._read_stream()
            elif isinstance(action, AskAgain):
                self._timers[Timer.AGAIN] = now + action.seconds
            elif isinstance(action, Done):
                self._done, self._has_result = action, True
                self._end_cause = None
                self._timers.pop(Timer.FINAL_CHECK, None)
                self._timers.pop(Timer.AGAIN, None)  # there is nothing left that it could tell
                self._timers[Timer.STREAMS] = now + STREAM_PATIENCE
            else:
                self._is_over = True
                if self.delivery.has_gap:
                    self._timers[Timer.SETTLE] = now + FINAL_CHECK
        self._end_where_due()

    def _on_settle(self, now: float) -> None:
        """Nothing is to be done: the round ends with its gap."""

    def _on_streams(self, now: float) -> None:
        self._streams.clear()

    def _end_where_due(self) -> None:
        """Tell the result, and the end of the round, once the data of closed streams is in."""
        if self._streams:
            return
        if self._done is not None:
            self._timers.pop(Timer.STREAMS, None)
            self._actions.append(Finished(self._done))
            self._done = None
        if self._is_over and not self._is_ended and Timer.SETTLE not in self._timers:
            if self.delivery.close_gap():
                self._actions.append(Deliver([Gap("what was missing could not be had", self.delivery.cursor)]))
            self._is_ended = True
            self._timers.clear()
            self._recovery.end()
            self._forget_connection()
            self._actions += [Disconnect(), RoundOver()]


def _report_of(info: SessionInfo | None, *, news: bool) -> Resynced:
    if info is None:
        return Resynced()  # without a status nothing is concluded, be there news or not
    answer = info.task_result.content if info.task_result is not None else None
    return Resynced(info.status, news, answer or "", info.error_message or "")


def _size_of(events: Iterable[Event]) -> int:
    return sum(len(event.content or "") + ROW_COST for event in events)


_TRAILING = frozenset({Timer.FOLLOW_UP, Timer.CLOSED})
_ON_TIME: dict[Timer, Callable[[SessionProtocol, float], None]] = {
    Timer.CONNECT: SessionProtocol._on_connect,
    Timer.POLL: SessionProtocol._on_poll,
    Timer.HOLD: SessionProtocol._on_hold,
    Timer.AGAIN: SessionProtocol._on_again,
    Timer.FINAL_CHECK: SessionProtocol._close_round,
    Timer.STREAMS: SessionProtocol._on_streams,
    Timer.SETTLE: SessionProtocol._on_settle,
    Timer.BASELINE: SessionProtocol._on_baseline,
    Timer.FOLLOW_UP: SessionProtocol._on_follow_up,
    Timer.CLOSED: SessionProtocol._on_closed,
}
