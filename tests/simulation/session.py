"""One simulated session: a clock, a network and a user around the protocol, and what must hold afterwards."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable
from random import Random
from typing import Any

import attrs

from tests.simulation.service import Service, Traits
from wyseos.generated.models import StartData, StartMessage, StartTask
from wyseos.mate.errors import NetworkError, ServerError, SessionExecutionError
from wyseos.mate.tasks.protocol import actions as act
from wyseos.mate.tasks.protocol.commands import Answer, Attach, Start, Stop
from wyseos.mate.tasks.protocol.delivery import Delivery
from wyseos.mate.tasks.protocol.local_events import Gap, Reconnecting, StreamClosed
from wyseos.mate.tasks.protocol.machine import TaskMachine
from wyseos.mate.tasks.protocol.policy import Answering, AnswerPolicy
from wyseos.mate.tasks.protocol.questions import Question, QuestionKind
from wyseos.mate.tasks.protocol.reconnect import Cause, Ending
from wyseos.mate.tasks.protocol.session import FINAL_CHECK, SessionProtocol
from wyseos.mate.tasks.protocol.settings import SessionSettings

START = Start(message=StartMessage(data=StartData(messages=[StartTask(content="Find trends")])))
LONGEST = 7200.0
"""Virtual seconds within which a round must have ended, whatever happens."""
MOST_REQUESTS = 2000
"""Requests of a session, however long it is without a connection: what reads in circles makes many more."""
TIMEOUT = 900.0
"""Virtual seconds that a round may take."""

_ENDINGS = (
    Ending(Cause.CUT, "cut", close_code=1006),
    Ending(Cause.CLOSED, "restart", close_code=1012),
    Ending(Cause.CLOSED, "bye", close_code=1000),
    Ending(Cause.CLOSED, "busy", close_code=1013),
)
_REFUSALS = (
    Ending(Cause.REFUSED, "502", status_code=502),
    Ending(Cause.UNREACHABLE, "unreachable"),
    Ending(Cause.RESOLVER_AWAY, "no resolver"),
    Ending(Cause.UNKNOWN_HOST, "no host"),
    Ending(Cause.TIMED_OUT, "timed out"),
)


@attrs.frozen
class Weather:
    """How bad things are: times in seconds, intervals as (from, to) pairs."""

    latency: float
    cuts: tuple[float, ...]
    is_silent: bool
    lives_for: float | None
    no_connections: tuple[tuple[float, float], ...]
    no_rest: tuple[tuple[float, float], ...]
    doubles: float


def _is_in(intervals: Iterable[tuple[float, float]], now: float) -> bool:
    return any(begin <= now < end for begin, end in intervals)


def _weather(random: Random) -> Weather:
    def intervals() -> tuple[tuple[float, float], ...]:
        lengths = random.choice(((), (), (0.3,), (3.0,), (60.0,), (0.3, 3.0, 8.0)))
        return tuple((at, at + length) for length in lengths for at in [random.random() * 15])

    cuts = tuple(random.random() * 20 for _ in range(random.choice((0, 1, 2, 5))))
    no_connections, no_rest = intervals(), intervals()
    if cuts and random.random() < 0.3:  # a rolling restart: all at once
        no_rest = no_connections = ((cuts[0], cuts[0] + random.choice((0.3, 5.0, 60.0))),)
    return Weather(
        latency=random.choice((0.0, 0.001, 0.05, 0.5)),
        cuts=cuts,
        is_silent=random.random() < 0.15,
        lives_for=random.choice((None, None, None, 2.0, 11.0)),
        no_connections=no_connections,
        no_rest=no_rest,
        doubles=random.choice((0.0, 0.0, 0.2)),
    )


class Connection:
    """A connection: in order, as late as the network is, until it is cut."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._last = self._last_sent = 0.0
        self.is_cut = False
        self.is_gone = False

    def frame(self, frame: bytes) -> None:
        """The service sends a frame."""
        session = self._session
        if not self.is_cut:
            self._last = max(self._last, session.now + session.weather.latency * session.random.random())
            # What can't be told from a double may come twice: it is not doubled here.
            can_be_told = b'"message_id":"m' in frame and (b"chunk_id" not in frame or b"chunk_index" in frame)
            is_doubled = can_be_told and session.random.random() < session.weather.doubles
            session.at(self._last, self._arrive, [frame] * (2 if is_doubled else 1))

    def message(self, message: dict[str, Any]) -> None:
        """The client sends a message: it is lost where the connection is cut before it is there."""
        session = self._session
        self._last_sent = max(self._last_sent, session.now + session.weather.latency * session.random.random())
        session.at(self._last_sent, self._take, message)

    def cut(self, ending: Ending | None) -> None:
        """The connection ends; None: nobody is told."""
        if not self.is_cut:
            self.is_cut = True
            self._session.service.listeners.remove(self.frame)
            if ending is not None:
                self._session.at(self._session.now, self._lost, ending)

    def _arrive(self, frames: list[bytes]) -> None:
        client = self._session.client
        if not self.is_gone and client is not None and client.connection is self:
            client.frames(frames)

    def _take(self, message: dict[str, Any]) -> None:
        if self.is_cut:
            return
        if message["type"] == "ping":
            self._session.at(self._session.now + 0.01, self._arrive, [b'{"type":"pong"}'])
        else:
            self._session.service.take(message)

    def _lost(self, ending: Ending) -> None:
        client = self._session.client
        if not self.is_gone and client is not None and client.connection is self:
            self.is_gone = True
            client.lost(ending)


class Client:
    """A process with the protocol, and a driver without a thread."""

    def __init__(self, session: Session, policy: AnswerPolicy, after: str | None = None) -> None:
        self._session = session
        self.delivered: list[Any] = []
        self.requests = 0
        self.done: act.Done | None = None
        self.is_over = self.was_connected = False
        self.connection: Connection | None = None
        self._attempt = 0
        self._timer = float("inf")
        random = session.random
        settings = SessionSettings(
            draw=random.random, budget=random.choice((2**26, 2**26, 400_000)), heartbeat_interval=30.0
        )
        self.machine = TaskMachine(policy)
        self.delivery = Delivery(after)
        self.protocol = SessionProtocol(self.machine, self.delivery, settings, lambda: 0)

    def begin(self, command: Start | Attach) -> None:
        self.protocol.begin(command, self._session.now)
        self._act()

    def command(self, command: Any) -> None:
        if self.is_over:
            return
        try:
            self.protocol.command(command, self._session.now)
        except SessionExecutionError:
            return
        self._act()

    def frames(self, frames: list[bytes]) -> None:
        self.protocol.bytes_received(self._session.now)
        self.protocol.frames_received(frames, self._session.now)
        self._act()

    def lost(self, ending: Ending) -> None:
        self.connection = None
        self.protocol.connection_lost(ending, self._session.now)
        self._act()

    def leave(self) -> None:
        """The process ends."""
        self._disconnect(None)
        self.is_over = True

    # ---- what the protocol wants

    def _act(self) -> None:
        if self.is_over:
            return
        while actions := self.protocol.actions():
            for action in actions:
                _DO[type(action)](self, action)
        deadline = self.protocol.deadline
        if deadline is not None and deadline < self._timer and not self.is_over:
            self._timer = deadline
            self._session.at(max(deadline, self._session.now), self._on_time, deadline)

    def _on_time(self, due: float) -> None:
        if self._timer == due and not self.is_over:
            self._timer = float("inf")
            self.protocol.timer_fired(self._session.now)
            self._act()

    def _connect(self, connect: act.Connect) -> None:
        self._attempt += 1
        session = self._session
        session.at(session.now + session.weather.latency + 0.01, self._connected, self._attempt)

    def _connected(self, attempt: int) -> None:
        session = self._session
        if attempt != self._attempt or self.is_over:
            return
        if _is_in(session.weather.no_connections, session.now):
            self.protocol.connection_lost(session.random.choice(_REFUSALS), session.now)
        else:
            self.connection, self.was_connected = session.open_connection(), True
            self.protocol.connection_opened(session.now)
        self._act()

    def _disconnect(self, disconnect: act.Disconnect | None) -> None:
        self._attempt += 1
        connection, self.connection = self.connection, None
        if connection is not None:
            connection.is_gone = True
            connection.cut(None)

    def _send(self, send: act.SendText) -> None:
        if self.connection is not None:
            self.connection.message(send.message)

    def _request(self, request: act.Request) -> None:
        session = self._session
        self.requests += 1
        session.at(session.now + session.weather.latency + 0.005, self._answer, request)

    def _answer(self, request: act.Request) -> None:
        session = self._session
        if self.is_over:
            return
        answer: Any
        if _is_in(session.weather.no_rest, session.now):
            answer = session.random.choice((ServerError("502", status_code=502), NetworkError("gone")))
        elif isinstance(request, act.ReadSession):
            answer = session.service.info()
        elif isinstance(request, act.ReadHistory):
            answer = session.service.page(request.page) or ServerError("too large", status_code=500)
        else:
            answer = None
        session.at(session.now + session.weather.latency * session.random.random(), self._answered, request, answer)

    def _answered(self, request: act.Request, answer: Any) -> None:
        if not self.is_over:
            self.protocol.answered(request, answer, self._session.now)
            self._act()

    def _deliver(self, deliver: act.Deliver) -> None:
        self.delivered.extend(deliver.items)
        for item in deliver.items:
            if isinstance(item, Question):
                self._session.put(self, item)
        if self._session.is_slow and deliver.size:
            self.protocol.consumer_full(True, self._session.now)
            self._session.at(self._session.now + 0.5, self._drained)

    def _drained(self) -> None:
        if not self.is_over:
            self.protocol.consumer_full(False, self._session.now)
            self._act()

    def _finished(self, finished: act.Finished) -> None:
        self.done = finished.done
        self._session.finished_at = self._session.now

    def _round_over(self, over: act.RoundOver) -> None:
        self.is_over = True

    def _nothing(self, action: Any) -> None:
        """Reading that is paused changes nothing here: the service's frames wait in no buffer of ours."""


_DO: dict[type, Callable[[Client, Any], None]] = {
    act.Connect: Client._connect,
    act.Disconnect: Client._disconnect,
    act.SendText: Client._send,
    act.ReadSession: Client._request,
    act.ReadHistory: Client._request,
    act.ReadNewest: Client._request,
    act.ReadStream: Client._request,
    act.Deliver: Client._deliver,
    act.PauseReading: Client._nothing,
    act.ResumeReading: Client._nothing,
    act.Finished: Client._finished,
    act.Warn: Client._nothing,
    act.RoundOver: Client._round_over,
}


class Session:
    """All that happens in one session, from one seed.

    Args:
        seed: decides everything.
    """

    def __init__(self, seed: int) -> None:
        self.random = random = Random(seed)
        self.now = 0.0
        self._queue: list[tuple[float, int, Callable[..., None], tuple[Any, ...]]] = []
        self._count = 0
        self.weather = _weather(random)
        self.traits = Traits(
            lag=random.choice((0.0, 0.0, 0.5, 1.5)),
            largest_page=random.choice((1000, 1000, 20, 7)),
            failing_size=random.choice((0, 0, 0, 20, 5)),
            tells_total=random.random() < 0.8,
            # Drawn apart: what a seed plays before its result stays what it was.
            follow_up=Random(f"follow-up {seed}").choice((None, None, 0.0, 0.05, 0.3, 1.0)),
        )
        self.service = Service(random, self.traits, self.later, lambda: self.now)
        self.is_slow = random.random() < 0.15
        self.is_stopped = False
        self.finished_at = 0.0
        self.attached_after: int | None = None
        human = random.random() < 0.5
        self.policy = AnswerPolicy(
            plan=Answering.WAIT if human else Answering.AUTOMATIC,
            confirmation=Answering.WAIT if human else Answering.AUTOMATIC,
            completion_timeout=TIMEOUT,
        )
        self.client: Client | None = None
        self.clients: list[Client] = []

    def at(self, when: float, function: Callable[..., None], *arguments: Any) -> None:
        """Call a function at that time."""
        self._count += 1
        heapq.heappush(self._queue, (when, self._count, function, arguments))

    def later(self, seconds: float, function: Callable[..., None], *arguments: Any) -> None:
        """Call a function so many seconds later."""
        self.at(self.now + seconds, function, *arguments)

    def open_connection(self) -> Connection:
        connection = Connection(self)
        self.service.listeners.append(connection.frame)
        if self.weather.lives_for is not None:
            self.later(self.weather.lives_for, connection.cut, _ENDINGS[0])
        return connection

    def put(self, client: Client, question: Question) -> None:
        """A person is asked: answers after a while, unless somebody else does."""
        chance = self.random.random()
        delay = self.random.choice((0.1, 2.0, 30.0))
        if chance < 0.15:
            self.later(delay, self.service.answer_elsewhere, question.request_id)
        text = f"to {question.request_id}" if question.kind in (QuestionKind.TEXT, QuestionKind.REPORT) else None
        self.later(delay, client.command, Answer(text=text, request_id=question.request_id))

    def run(self) -> list[str]:
        """Play the session, and return what did not hold."""
        self._begin(Client(self, self.policy), START)
        for cut in self.weather.cuts:
            self.at(cut, self._cut)
        chance = self.random.random()
        if chance < 0.1:
            self.at(self.random.random() * 10, self._stop)
        elif chance < 0.25:
            self.at(self.random.random() * 10, self._leave)
        while self._queue and not (self.client is not None and self.client.is_over):
            self.now, _, function, arguments = heapq.heappop(self._queue)
            if self.now > LONGEST:
                break
            function(*arguments)
        return _complaints(self)

    def _begin(self, client: Client, command: Start | Attach) -> None:
        self.client = client
        self.clients.append(client)
        client.begin(command)

    def _cut(self) -> None:
        if self.client is not None and self.client.connection is not None:
            ending = None if self.weather.is_silent else self.random.choice(_ENDINGS)
            self.client.connection.cut(ending)

    def _stop(self) -> None:
        if self.client is not None and not self.client.machine.state.is_final:
            self.is_stopped = True
            self.client.command(Stop())

    def _leave(self) -> None:
        """Another process goes on where this one was."""
        client = self.client
        if client is None or client.done is not None or not client.delivered or client.delivery.cursor is None:
            return
        if client.delivery.has_gap:
            return  # what an open gap leaves out has no place that a cursor could tell
        client.leave()
        self.attached_after = len(client.delivered)
        self._begin(Client(self, self.policy, after=client.delivery.cursor), Attach())


def _numbers(session: Session) -> list[int]:
    """The numbers of the delivered messages of the service, in their order."""
    items = [item for client in session.clients for item in client.delivered]
    events = (item for item in items if not isinstance(item, Question | Gap | Reconnecting | StreamClosed))
    return [int(event.content[2:]) for event in events if (event.content or "").startswith("n:")]


def _complaints(session: Session) -> list[str]:
    """What did not hold."""
    service, client = session.service, session.clients[-1]
    gaps = [item for each in session.clients for item in each.delivered if isinstance(item, Gap)]
    numbers = _numbers(session)
    found = [*_delivery_complaints(session, numbers, gaps), *_answer_complaints(session)]
    if (requests := sum(each.requests for each in session.clients)) > MOST_REQUESTS:
        found.append(f"{requests} requests")
    if service.starts > 1:
        found.append(f"{service.starts} starts")
    if client.done is None or not client.is_over:
        found.append(f"the round did not end ({client.machine.state})")
    else:
        found += _result_complaints(session, client.done)
    return found


def _delivery_complaints(session: Session, numbers: list[int], gaps: list[Gap]) -> list[str]:
    found = []
    service = session.service
    history = service.history
    unnamed = {said.number for said in history if said.message.get("message_id") in (None, "", "0")}
    unnamed |= {said.number for said in history if "chunk_id" in said.message and "chunk_index" not in said.message}
    named = [number for number in numbers if number not in unnamed]
    if len(set(named)) != len(named):
        found.append(f"doubled: {sorted({number for number in named if named.count(number) > 1})}")
    if not gaps and numbers != sorted(numbers) and session.attached_after is None:
        found.append("out of order")
    done = session.clients[-1].done
    if done is None or any(gap.state == "lost" for gap in gaps) or not done.success:
        return found
    lost = set(range(len(history))) - set(numbers)
    if session.attached_after is not None:
        lost -= unnamed
    if service.follow_up is not None and _may_miss_follow_up(session):
        lost.discard(service.follow_up)
    if lost:
        found.append(f"lost: {sorted(lost)[:20]}")
    return found


def _may_miss_follow_up(session: Session) -> bool:
    """A suggestion has a second and a half, in which silence tells nothing; a session found finished is read once."""
    return session.weather.is_silent or not session.clients[-1].was_connected


def _answer_complaints(session: Session) -> list[str]:
    found, service = [], session.service
    for rid, said, _ in service.answers:
        expected = f"to {rid}" if service.kinds[rid] == "text" else "True"
        if said != expected:
            found.append(f"{rid} was answered with {said}")
    if session.attached_after is not None:
        return found  # the second process can't know what the first one sent
    confirmations = [rid for rid, _, _ in service.answers if service.kinds[rid] == "confirm"]
    found += [f"{rid} was confirmed twice" for rid in set(confirmations) if confirmations.count(rid) > 1]
    return found


def _result_complaints(session: Session, done: act.Done) -> list[str]:
    """A round that ended without the result that the service has had for long is one that ended on a guess."""
    ended_at, weather = session.service.ended_at, session.weather
    state = {"complete": "completed", "stopped": "stopped", "error": "failed"}.get(session.service.status)
    if done.state == state and (state != "failed" or done.error == "boom"):
        return []
    if (
        ended_at is not None
        and session.finished_at > ended_at + session.traits.lag + 8
        and not any(begin < session.finished_at < end + FINAL_CHECK for begin, end in weather.no_rest)
    ):
        return [f"{session.service.status} since {session.finished_at - ended_at:.1f} s: {done.state}: {done.error}"]
    return []
