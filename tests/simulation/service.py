"""A model of the service: it runs a script, keeps a history, and counts what it is asked to do."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from random import Random
from typing import Any

import attrs
import orjson

from wyseos.generated.events import Event, decode_event
from wyseos.generated.models import SessionInfo
from wyseos.mate.tasks.protocol.catchup import HistoryPage, PageRequest

SOURCES = ("wyse_mate", "researcher", "writer_twitter")
REFUSED = 4000


class Said:
    """A message of the service: its frame, the event in it, and its number in the order in which it was said."""

    def __init__(self, number: int, message: dict[str, Any]) -> None:
        self.number = number
        self.message = message
        self.frame = orjson.dumps(message)
        self.size = len(self.frame)

    @cached_property
    def event(self) -> Event:
        """Decoded where a page is asked for: most messages go live alone."""
        return decode_event(self.frame)


@attrs.define
class Traits:
    """How a service departs from the usual, all of which services do.

    Args:
        lag: seconds that the status is behind.
        largest_page: rows of a page at most, whatever is asked for.
        failing_size: pages of more rows than this can't be had; 0: none fail.
        tells_total: whether a page tells how many messages there are; where it does not, all of them have ids, since
            nothing else tells where one without belongs when others push it down between two pages.
        follow_up: seconds after which a follow-up suggestion comes after a result; None: none comes.
    """

    lag: float = 0.0
    largest_page: int = 1000
    failing_size: int = 0
    tells_total: bool = True
    follow_up: float | None = None


class Service:
    """One session of the service.

    Args:
        random: decides the script.
        traits: its habits.
        later: calls a function so many seconds later.
        clock: tells the time.
    """

    def __init__(self, random: Random, traits: Traits, later: Callable[..., None], clock: Callable[[], float]) -> None:
        self._random = random
        self._traits = traits
        self._later = later
        self._clock = clock
        self.history: list[Said] = []
        self.listeners: list[Callable[[bytes], None]] = []
        self.starts = 0
        self.answers: list[tuple[str, str, float]] = []
        self.open: dict[str, str] = {}
        self.kinds: dict[str, str] = {}
        self.ended_at: float | None = None
        self.follow_up: int | None = None
        """The number of the follow-up suggestion, once it was made."""
        self.status = "created"
        self._told: list[tuple[float, str]] = [(-1e9, "created")]
        self._steps: list[tuple[Any, ...]] = []
        self._runs = 0
        self._requests = 0

    # ---- what comes in

    def take(self, message: dict[str, Any]) -> None:
        """Take a message of the client."""
        kind = message["type"]
        if kind == "start":
            self.starts += 1
            if self.starts == 1:
                self._set_status("active")
                self._steps = self._script()
                self._next()
        elif kind == "input":
            self._take_answer(message["data"])
        elif kind == "stop" and self.ended_at is None:
            self._steps = []
            self._runs += 1
            self._later(self._random.random(), self._end, "stopped")

    def answer_elsewhere(self, request_id: str) -> None:
        """Another process answers a question."""
        if request_id in self.open:
            del self.open[request_id]
            self._resume()

    def _take_answer(self, data: dict[str, Any]) -> None:
        rid = data["request_id"]
        said = data["text"] if data["input_type"] == "text" else str(data["response"]["accepted"])
        self.answers.append((rid, said, self._clock()))
        if rid in self.open:
            del self.open[rid]
            self._resume()
        else:
            self._push(orjson.dumps({"type": "error", "code": REFUSED, "content": "nothing was asked"}))

    # ---- what goes out

    def info(self) -> SessionInfo:
        """Tell of the session, as late as the status is."""
        now = self._clock()
        status = next(status for at, status in reversed(self._told) if at <= now)
        error = "boom" if status == "error" else ""
        return SessionInfo.from_dict({"session_id": "s", "status": status, "error_message": error})

    def page(self, request: PageRequest) -> HistoryPage | None:
        """Return a page of the history, the newest first; None where it can't be had."""
        if self._traits.failing_size and request.page_size > self._traits.failing_size:
            return None
        size = min(request.page_size, self._traits.largest_page)
        start = (request.page_num - 1) * size
        total = len(self.history)
        rows = self.history[max(0, total - start - size) : max(0, total - start)]
        told = total if self._traits.tells_total else None
        return HistoryPage([said.event for said in reversed(rows)], sum(said.size for said in rows), told)

    # ---- the script

    def _script(self) -> list[tuple[Any, ...]]:
        random = self._random
        steps: list[tuple[Any, ...]] = []
        for _ in range(random.choice((1, 3, 6, 12))):
            kind = random.random()
            if kind < 0.5:
                steps.append(("say", random.choice(("text", "progress", "progress"))))
            elif kind < 0.62:
                has_index = random.random() < 0.8 or not self._traits.tells_total
                steps.append(("chunks", random.randrange(1, 4), has_index))
            elif kind < 0.7 and self._traits.tells_total:
                steps.append(("nameless",))
            elif kind < 0.78:
                steps.append(("update",))
            elif kind < 0.82:
                steps.append(("burst", random.choice((5, 30, 80))))
            else:
                steps.append(("ask", *random.choice((("text",), ("confirm",), ("plan",), ("text", "text")))))
        steps.append(("end", random.choice(("complete", "complete", "complete", "error"))))
        return steps

    def _next(self) -> None:
        self._later(self._pause(), self._step, self._runs)

    def _pause(self) -> float:
        return self._random.choice((0.0, 0.01, 0.3, 2.0, 2.0, 20.0)) * self._random.random()

    def _step(self, run: int) -> None:
        if run == self._runs and self._steps:
            kind, *more = self._steps.pop(0)
            _STEPS[kind](self, *more)

    def _resume(self) -> None:
        if not self.open and self.ended_at is None:
            self._say({"type": "progress", "source": SOURCES[0]})
            self._next()

    def _on_say(self, kind: str) -> None:
        self._say({"type": kind, "source": self._random.choice(SOURCES)})
        self._next()

    def _on_chunks(self, count: int, has_index: bool) -> None:
        message = f"m{len(self.history)}"
        for index in range(count):
            place = {"chunk_index": index} if has_index else {}
            self._say({"type": "text", "message_id": message, "chunk_id": "c", "delta": True, **place})
        self._next()

    def _on_nameless(self) -> None:
        self._say({"type": "text", "message_id": self._random.choice(("", "0", None))})
        self._next()

    def _on_update(self) -> None:
        """The same id with other content is news."""
        named = [said.message["message_id"] for said in self.history[-3:] if said.message.get("message_id")]
        self._say({"type": "progress", "message_id": self._random.choice(named) if named else "m"})
        self._next()

    def _on_burst(self, count: int) -> None:
        for _ in range(count):
            self._say({"type": "text"})
        self._next()

    def _on_ask(self, *kinds: str) -> None:
        for kind in kinds:
            self._requests += 1
            rid = f"q{self._requests}"
            self.open[rid] = self.kinds[rid] = kind
            if kind == "plan":
                self._say({"type": "plan", "message": {"type": "create_plan", "data": []}})
            self._say(
                {
                    "type": "input",
                    "source": SOURCES[1],
                    "message": {"type": "x_confirm" if kind == "confirm" else "", "data": {"request_id": rid}},
                }
            )

    def _on_end(self, status: str) -> None:
        if status == "error":
            self._set_status("error")
            self._say({"type": "error", "code": 5000, "error": "boom"})
            self.ended_at = self._clock()
        else:
            self._end(status)

    def _end(self, status: str) -> None:
        if self.ended_at is not None:
            return
        self.open.clear()
        self._set_status(status)
        data = {"status": "stopped"} if status == "stopped" else {}
        self._say({"type": "task_result", "message": {"type": "task_result", "data": data}})
        self.ended_at = self._clock()
        if status == "complete" and self._traits.follow_up is not None:
            self._later(self._traits.follow_up, self._suggest)

    def _suggest(self) -> None:
        self.follow_up = len(self.history)
        self._say({"type": "rich", "message": {"type": "follow_up_suggestion", "data": []}})

    def _set_status(self, status: str) -> None:
        self.status = status
        self._told.append((self._clock() + self._traits.lag, status))

    def _say(self, message: dict[str, Any]) -> None:
        number = len(self.history)
        message = {"message_id": f"m{number}", "content": f"n:{number}", **message}
        said = Said(number, {name: value for name, value in message.items() if value is not None})
        self.history.append(said)
        self._push(said.frame)

    def _push(self, frame: bytes) -> None:
        for listener in self.listeners:
            listener(frame)


_STEPS: dict[str, Callable[..., None]] = {
    "say": Service._on_say,
    "chunks": Service._on_chunks,
    "nameless": Service._on_nameless,
    "update": Service._on_update,
    "burst": Service._on_burst,
    "ask": Service._on_ask,
    "end": Service._on_end,
}
