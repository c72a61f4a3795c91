"""Whatever happens by chance, and in whatever order: there is always something that leads on to the end of a round."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from tests.mate.tasks.protocol.sessions import AWAY, CUT, START, Session, frame, info, page
from tests.support import messages as said
from wyseos.generated.models import MarketingData
from wyseos.mate.errors import NotFoundError, SessionExecutionError
from wyseos.mate.tasks.protocol import actions as act
from wyseos.mate.tasks.protocol.commands import Answer, Attach, Pause, Stop
from wyseos.mate.tasks.protocol.policy import AnswerPolicy
from wyseos.mate.tasks.protocol.reconnect import Cause, Ending, Patience
from wyseos.runtime import records

GONE = NotFoundError("404", status_code=404)
ENDINGS = (
    CUT,
    Ending(Cause.CLOSED, "bye", close_code=1000),
    Ending(Cause.CLOSED, "policy", close_code=1008),
    Ending(Cause.CLOSED, "own", close_code=4000),
    Ending(Cause.TOO_BIG, "big"),
    Ending(Cause.UNREACHABLE, "no network"),
    Ending(Cause.REFUSED, "401", status_code=401),
)
STATUSES = ("active", "active", "paused", "complete", "stopped", "error")
ROUNDS, MOST_STEPS = 3, 2_000


class Chance:
    """A session, and what happens to it."""

    def __init__(self, seed: int) -> None:
        self.random = random = Random(seed)
        policy = AnswerPolicy(completion_timeout=random.choice([20, 300]))
        patience = Patience(outage=random.choice([None, 5.0]))
        self.session = Session(policy, budget=random.choice([8_000, 100_000, 10**7]), patience=patience)
        self.protocol = self.session.protocol
        self.has_ids, self.is_old = random.random() < 0.7, random.random() < 0.3
        self.history: list[said.Json] = []
        self.asked: list[act.Request] = []
        self.is_connecting, self.is_over, self.said = False, True, 0

    def begin(self) -> None:
        """Begin a round, as a new driver does: it knows nothing of the requests and the connection of the last one."""
        command = Attach() if self.is_over and self.random.random() < 0.3 else START
        actions = self.session.begin(command, is_old=self.is_old)
        self.asked.clear()
        self.is_connecting = self.is_over = False
        self._act(actions)

    def step(self) -> None:
        """Let one thing happen."""
        kind, is_open = self.random.random(), self.protocol.is_open
        assert self.protocol.deadline is not None or self.asked or self.is_connecting or is_open, "nothing leads on"
        if self.asked and kind < 0.4:
            request = self.asked.pop(self.random.randrange(len(self.asked)))
            self._do("answered", request, self._answer(request))
        elif kind < 0.6 and is_open:
            self._on_connection()
        elif kind < 0.6 and self.is_connecting:
            self._connect()
        elif kind < 0.63:
            self._user()
        elif kind < 0.65:
            self._do("consumer_full", self.random.random() < 0.3)
        elif kind < 0.7:
            self.history.append(self._message())
        else:
            self._time()

    def _do(self, name: str, *arguments: Any) -> None:
        self._act(self.session.do(name, *arguments))

    def _act(self, actions: list[act.Action]) -> None:
        for action in actions:
            if isinstance(action, act.Connect | act.Disconnect):
                self.is_connecting = isinstance(action, act.Connect)
            elif isinstance(action, act.ReadSession | act.ReadHistory | act.ReadNewest | act.ReadStream):
                self.asked.append(action)
            elif isinstance(action, act.RoundOver):
                self.is_over = True

    def _answer(self, request: act.Request) -> Any:
        if self.random.random() < 0.2:
            return self.random.choice([AWAY, AWAY, GONE])
        if isinstance(request, act.ReadSession):
            return info(self.random.choice(STATUSES))
        if isinstance(request, act.ReadStream):
            return MarketingData.from_dict({})
        start, size = (request.page.start, request.page.page_size) if isinstance(request, act.ReadHistory) else (0, 20)
        end = max(0, len(self.history) - start)
        return records.evolve(page(*self.history[max(0, end - size) : end]), total=len(self.history))

    def _connect(self) -> None:
        if self.random.random() < 0.3:
            self.is_connecting = False
            self._do("connection_lost", self.random.choice(ENDINGS))
        else:
            self._do("connection_opened")

    def _on_connection(self) -> None:
        kind = self.random.random()
        if kind < 0.2:
            self.is_connecting = False
            self._do("connection_lost", self.random.choice(ENDINGS))
        elif kind < 0.25:
            self._do("frames_received", [b"stray"] * 3)
        else:
            told = [self._message() for _ in range(self.random.randrange(1, 4))]
            self.history += told
            self._do("frames_received", [frame(message) for message in told])

    def _message(self) -> said.Json:
        self.said += 1
        name = f"m{self.said}" if self.has_ids else ""
        kinds = (said.text, said.text, said.text, said.result, said.follow_up, said.stream_end, said.question)
        return self.random.choice(kinds)(name)

    def _user(self) -> None:
        command = self.random.choice([Stop("enough"), Pause(), Answer(text="yes"), None])
        try:
            if command is None:
                self.begin()
            else:
                self._do("command", command)
        except SessionExecutionError:
            pass  # it is not the time for it

    def _time(self) -> None:
        session, due = self.session, self.protocol.deadline
        if due is None:
            return
        for _ in range(5):
            session.now = max(session.now, due)
            self._do("timer_fired")
            due = self.protocol.deadline
            if self.is_over or due is None or due > session.now:
                return
        raise AssertionError("something is due that is never done")


@pytest.mark.parametrize("first", range(0, 100, 10))
def test_a_round_always_leads_on_to_its_end(first: int) -> None:
    for seed in range(first, first + 10):
        chance = Chance(seed)
        for _ in range(ROUNDS):
            chance.begin()
            for _ in range(MOST_STEPS):
                if chance.is_over:
                    break
                chance.step()
            assert chance.is_over, seed
