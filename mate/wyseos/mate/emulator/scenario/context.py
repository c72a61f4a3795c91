"""The context of one round: its variables, its plan, and how its events are built."""

from __future__ import annotations

from random import Random
from typing import Any

from wyseos.mate.emulator.scenario.actions import Ask, Emit, Json
from wyseos.mate.emulator.scenario.templating import fill

TEAM = "wyse_mate"
_COMPONENTS = {TEAM: "wyse_team", "system": "system", "user": "user"}
_SOURCE_TYPES = {"wyse_team": "team", "wyse_agent": "agent", "user": "user", "system": "system"}


class ScenarioContext:
    """What the steps of a scenario work with.

    Args:
        variables: what the templates know: `task`, `topic`, `session_id`, `base_url` and so on.
        seed: makes ids and invented numbers; the same seed gives the same script.
        round_number: the session's round, counted from 1.
    """

    def __init__(self, variables: dict[str, str], seed: str, round_number: int = 1) -> None:
        self.variables = variables
        self.plan: list[Json] = []
        self._random = Random(seed)  # noqa: S311  # the same each time is what is wanted; nothing here is secret
        self._round = round_number

    def fill(self, value: Any) -> Any:
        """Put this round's variables into a template."""
        return fill(value, self.variables)

    def new_id(self, kind: str) -> str:
        """Make an id such as `file_3f9a0c17d2b4`."""
        return f"{kind}_{self._random.getrandbits(48):012x}"

    def number(self, low: int, high: int) -> int:
        """Invent a number."""
        return self._random.randint(low, high)

    def event(
        self, kind: str, content: str = "", body: Json | None = None, step: Json | None = None, **more: Any
    ) -> Json:
        """Build an event; `step` may name its `source` and its `content`. Id and time come when it is sent."""
        step = step or {}
        source = self.fill(step.get("source", TEAM))
        component = _COMPONENTS.get(source, "wyse_agent")
        event = {
            "type": kind,
            "source": source,
            "source_component": component,
            "source_type": _SOURCE_TYPES[component],
            "content": self.fill(step.get("content", content)),
            "session_round": self._round,
            **more,
        }
        return event if body is None else event | {"message": body}

    def emit(
        self, kind: str, content: str = "", body: Json | None = None, step: Json | None = None, **more: Any
    ) -> Emit:
        """Build an event that is to be sent."""
        return Emit(self.event(kind, content, body, step, **more))

    def rich(self, kind: str, data: Any, step: Json, **more: Any) -> Emit:
        """Build a rich message."""
        return self.emit("rich", body={"type": kind, "data": data}, step=step, **more)

    def ask(self, expects: str, content: str, step: Json, kind: str = "") -> Ask:
        """Build a question; `kind` is the `message.type`: `x_confirm`, or empty."""
        request_id = self.new_id("req")
        event = self.event("input", content, {"type": kind, "data": {"request_id": request_id}}, step)
        return Ask(event, request_id, expects)
