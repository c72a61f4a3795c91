"""The session protocol, driven by hand: inputs in, actions out, time by the number."""

from __future__ import annotations

from typing import Any

import orjson

from tests.support import messages as said
from wyseos.generated.models import SessionInfo, StartData, StartMessage, StartTask
from wyseos.mate.errors import ServerError
from wyseos.mate.tasks.protocol import actions as act
from wyseos.mate.tasks.protocol.catchup import HistoryPage, PageRequest
from wyseos.mate.tasks.protocol.commands import Start
from wyseos.mate.tasks.protocol.delivery import Delivery
from wyseos.mate.tasks.protocol.machine import TaskMachine
from wyseos.mate.tasks.protocol.policy import AnswerPolicy
from wyseos.mate.tasks.protocol.reconnect import Cause, Ending
from wyseos.mate.tasks.protocol.session import SessionProtocol
from wyseos.mate.tasks.protocol.settings import SessionSettings
from wyseos.runtime import records

START = Start(message=StartMessage(data=StartData(messages=[StartTask(content="Find trends")])))


CUT = Ending(Cause.CUT, "cut")


AWAY = ServerError("502", status_code=502)


PAGE_1 = act.ReadHistory(PageRequest(1, 20))


def info(status: str = "active", **more: Any) -> SessionInfo:
    return SessionInfo.from_dict({"session_id": "s", "status": status, **more})


def frame(message: dict[str, Any]) -> bytes:
    return orjson.dumps(message)


def page(*messages: dict[str, Any]) -> HistoryPage:
    """A page that tells these, the oldest first here, the newest first as the service does."""
    return HistoryPage(list(reversed(said.events(*messages))), 100, len(messages))


class Session:
    """A protocol, its clock, and all that came out of it."""

    def __init__(self, policy: AnswerPolicy | None = None, after: str | None = None, **settings: Any) -> None:
        self.now = 0.0
        machine = TaskMachine(policy or AnswerPolicy(completion_timeout=300))
        chosen = SessionSettings(**{"draw": lambda: 0.5, **settings})
        self.protocol = SessionProtocol(machine, Delivery(after), chosen, lambda: 7)

    def begin(self, command: Any = START, **more: Any) -> list[act.Action]:
        self.protocol.begin(command, self.now, **more)
        return self.protocol.actions()

    def do(self, name: str, *arguments: Any) -> list[act.Action]:
        """Hand something in, and return what comes out."""
        getattr(self.protocol, name)(*arguments, self.now)
        return self.protocol.actions()

    def opened(self) -> list[act.Action]:
        return self.do("connection_opened")

    def says(self, *messages: dict[str, Any]) -> list[act.Action]:
        return self.do("frames_received", [frame(message) for message in messages])

    def lost(self, ending: Ending = CUT) -> list[act.Action]:
        return self.do("connection_lost", ending)

    def reopen(self) -> list[act.Action]:
        """Cut it, and connect it again."""
        self.lost()
        self.to_deadline()
        return self.opened()

    def answers(self, request: act.Request, answer: Any) -> list[act.Action]:
        return self.do("answered", request, answer)

    def at(self, now: float) -> list[act.Action]:
        """Let time pass."""
        self.now = now
        return self.do("timer_fired")

    def to_deadline(self) -> list[act.Action]:
        assert self.protocol.deadline is not None
        return self.at(max(self.now, self.protocol.deadline))


def delivered(actions: list[act.Action]) -> list[Any]:
    return [item for action in actions if isinstance(action, act.Deliver) for item in action.items]


def delivered_ids(actions: list[act.Action]) -> list[str | None]:
    return [item.message_id for item in delivered(actions)]


def sent(actions: list[act.Action]) -> list[str]:
    """The types of the messages that go out."""
    return [action.message["type"] for action in actions if isinstance(action, act.SendText)]


def read_a_result(session: Session, held: dict[str, Any]) -> list[act.Action]:
    """Have a session that was cut read its result "b" from the history, while something newer is held back."""
    session.answers(act.ReadSession(), info("complete"))
    missed = [said.text(f"m{number}") for number in range(20)]
    newest, older = page(*missed[1:], said.result("b", "42")), page(said.text("a"), missed[0], missed[1])
    session.answers(PAGE_1, records.evolve(newest, total=22))
    session.says(held)
    return session.answers(act.ReadHistory(PageRequest(2, 20)), records.evolve(older, total=23))
