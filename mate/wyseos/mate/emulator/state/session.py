"""One session as the service knows it: what it tells of itself, its history, its connections and its script."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any, Protocol

from wyseos.mate.emulator.scenario.actions import Ask, Json
from wyseos.mate.emulator.server.strict_json import write_json
from wyseos.mate.emulator.state.clock import Clock
from wyseos.mate.emulator.state.store import Store

MARKETING_KINDS = ("reply", "like", "retweet", "tweet")
ENDED = ("complete", "error", "stopped")


class SessionListener(Protocol):
    """An open connection of a session."""

    def tell(self, text: str) -> None:
        """Send a frame, as soon as the connection takes it."""

    def hang_up(self, code: int, reason: str) -> None:
        """Close the connection after what is under way."""


@dataclass
class Round:
    """One round of a session, from a start to its result, as it must be known to go on after a restart."""

    scenario: str
    variables: dict[str, str]
    seed: str
    number: int
    performed: int = 0
    answers: list[Json] = field(default_factory=list)


class Session:
    """A session.

    Args:
        info: what `/session/info` tells.
        store: where it is kept.
        clock: tells the time of its messages.
    """

    def __init__(self, info: Json, store: Store, clock: Clock) -> None:
        self.info = info
        self.messages: list[Json] = []
        self.marketing: dict[str, list[Json]] = {kind: [] for kind in MARKETING_KINDS}
        self.starts: list[Json] = []
        self.round: Round | None = None
        self.key_name = ""
        self.waited = 0.0
        self.open_request: Ask | None = None
        self.answer: asyncio.Future[Json] | None = None
        self.listeners: set[SessionListener] = set()
        self.runner: asyncio.Task[None] | None = None
        self.check: Callable[[Json], None] = lambda event: None
        self.going = asyncio.Event()
        self.going.set()
        self._store = store
        self._clock = clock

    @property
    def id(self) -> str:
        """Its id."""
        return str(self.info["session_id"])

    def set_status(self, status: str, **more: Any) -> None:
        """Change its status, and what else `/session/info` tells."""
        self.info |= {"status": status, "updated_at": self._clock.stamp(), **more}
        self.save()

    def say(self, event: Json, kept: bool = True) -> Json:
        """Give an event its id and time, put it into the history, and send it to all who listen."""
        event = self._stamped(event) if kept else event
        text = write_json(event)  # first: what can't be told is not remembered either
        if kept:
            self._keep(event)
        self.check(event)
        for listener in tuple(self.listeners):
            listener.tell(text)
        return event

    def remember(self, event: Json) -> Json:
        """Put an event into the history without sending it."""
        event = self._stamped(event)
        self._keep(event)
        return event

    def _stamped(self, event: Json) -> Json:
        moment = self._clock.now()
        number = len(self.messages) + 1
        stamps = {
            "message_id": f"msg_{self.id[-12:]}_{number:05d}",
            "created_at": moment.isoformat(timespec="microseconds").replace("+00:00", "Z"),
            "timestamp": int(moment.timestamp() * 1000),
        }
        return {**event, **stamps}

    def _keep(self, event: Json) -> None:
        self.messages.append(event)
        self._store.put(f"messages of {self.id}", f"{len(self.messages):09d}", event)

    def advance(self, answer: Json | None) -> None:
        """Note that one more action of the round was performed, and what was answered if it was a question."""
        if self.round is not None:
            self.round.performed += 1
            self.round.answers += [answer] if answer is not None else []
        self.save()

    def save(self) -> None:
        """Keep all but the history, which is kept as it grows."""
        if not self._store.durable:
            return
        kept = {name: getattr(self, name) for name in ("info", "marketing", "starts", "key_name")}
        self._store.put("session", self.id, {**kept, "round": asdict(self.round) if self.round else None})

    @classmethod
    def restore(cls, kept: Json, store: Store, clock: Clock) -> Session:
        """Make a session out of what was kept of it."""
        session = cls(kept["info"], store, clock)
        session.marketing, session.starts, session.key_name = kept["marketing"], kept["starts"], kept["key_name"]
        session.round = Round(**kept["round"]) if kept["round"] else None
        session.messages = [event for _, event in store.load(f"messages of {session.id}")]
        return session
