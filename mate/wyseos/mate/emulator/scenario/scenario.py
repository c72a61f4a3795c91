"""Scenarios: YAML files that say what the agents do. See docs/scenarios.md for all that a step may say."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from wyseos.mate.emulator.faults.rules import FaultError, parse_fault
from wyseos.mate.emulator.scenario.actions import Ask, Emit, Json, Script
from wyseos.mate.emulator.scenario.context import ScenarioContext
from wyseos.mate.emulator.scenario.steps import CHUNKS, STEPS, RoundEnded, name_of_step, play
from wyseos.mate.emulator.scenario.templating import topic_of
from wyseos.mate.settings.safe_yaml import YamlFault, load_yaml

_Kinds = type | tuple[type, ...]

_MODIFIERS: dict[str, _Kinds] = {
    "source": str,
    "content": str,
    "wait": (int, float),
    "ask": bool,
    "then": list,
    "otherwise": list,
    "steps": list,
}
# What each step takes; one that is not here takes anything.
_TAKES: dict[str, _Kinds] = {
    **dict.fromkeys(("text", "progress", "warning", "question", "x_confirm", "result"), str),
    **dict.fromkeys(("search", "suggest", "file", "image", "plan", "research"), list),
    **dict.fromkeys(
        ("browser", "file_surfer", "skill", "work", "report", "stream", "error", "raw", "close", "fault"), dict
    ),
    "wait": (int, float),
    "repeat": int,
}
# The moment at which a session without a server takes place.
_NOW = "2025-06-01T08:00:00Z"
_NEEDS = {"stream": ("kind", "items"), "repeat": ("steps",)}


class ScenarioError(ValueError):
    """A scenario that cannot be played; the message names the file and the place in it."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """What the agents of a session do.

    Args:
        name: how it is chosen.
        steps: what is done in each round.
        mode: the task mode it is played for by default; None if it is only played when chosen by name.
        about: one line for people.
        faults: faults that are armed when it starts, as in faults.yaml.
    """

    name: str
    steps: list[Json]
    mode: str | None = None
    about: str = ""
    faults: list[Json] = field(default_factory=list)

    def script(self, context: ScenarioContext) -> Script:
        """Play it with a context: a generator of actions that takes the answers to its questions."""
        yield from play(context, self.steps)

    def events(self, task: str = "Compare three note apps") -> list[Json]:
        """Make the events of a whole session, without a server.

        Args:
            task: the task that its texts speak of.

        Returns:
            The events in their order, as JSON; plans are approved, and questions are answered with `Yes.`.
        """
        names = ("session_id", "browser_id", "product_id", "mode", "round")
        variables = {**{name: f"{name}_1" for name in names}, "task": task, "topic": topic_of(task), "now": _NOW}
        script = self.script(ScenarioContext(variables | {"base_url": "http://127.0.0.1"}, self.name))
        events: list[Json] = []
        answer: Json | None = None
        while True:
            try:
                action = script.send(answer)
            except (StopIteration, RoundEnded):
                return events
            if isinstance(action, Emit | Ask):
                events.append({**action.event, "message_id": f"msg_{len(events) + 1:05d}", "created_at": _NOW})
            answer = {"text": "Yes.", "response": {"accepted": True}} if isinstance(action, Ask) else None


@cache
def builtin_scenarios() -> dict[str, Scenario]:
    """Load the scenarios that come with the emulator, by name."""
    folder = files("wyseos.mate.emulator.scenario") / "builtin"
    loaded = (_read(entry) for entry in sorted(folder.iterdir(), key=lambda e: e.name) if entry.name.endswith(".yaml"))
    return {scenario.name: scenario for scenario in loaded}


def load_scenario(name_or_path: str | Path) -> Scenario:
    """Load a scenario.

    Args:
        name_or_path: the name of a built-in one, or the path of a YAML file.

    Raises:
        ScenarioError: there is no such scenario, or it cannot be played; the message names the place.
    """
    builtin = builtin_scenarios()
    if isinstance(name_or_path, str) and name_or_path in builtin:
        return builtin[name_or_path]
    path = Path(name_or_path)
    if not path.is_file():
        raise ScenarioError(f"{name_or_path}: no such file, and no built-in scenario; those are {', '.join(builtin)}")
    return _read(path)


def _read(source: Traversable | Path) -> Scenario:
    try:
        told = load_yaml(source.read_text("utf-8"))
    except (YamlFault, UnicodeDecodeError) as error:
        raise ScenarioError(f"{source.name}: not readable as YAML: {error}") from None
    try:
        return parse_scenario(told, source.name.removesuffix(".yaml").removesuffix(".yml"))
    except ScenarioError as error:
        raise ScenarioError(f"{source.name}: {error}") from None


def parse_scenario(told: Any, name: str = "scenario") -> Scenario:
    """Make a scenario of what a YAML file holds.

    Args:
        told: an object with `steps`, perhaps `name`, `mode`, `about` and `faults`.
        name: its name, if it tells none itself.

    Raises:
        ScenarioError: it cannot be played; the message names the place.
    """
    if not isinstance(told, dict):
        raise ScenarioError("a scenario is an object with `steps`")
    unknown = told.keys() - {"name", "mode", "about", "steps", "faults"}
    if unknown:
        raise ScenarioError(f"unknown key {min(map(str, unknown))!r}")
    _check_steps(told.get("steps"), "steps")
    scenario = Scenario(
        told.get("name", name), told["steps"], told.get("mode"), told.get("about", ""), told.get("faults", [])
    )
    _require(isinstance(scenario.faults, list), "faults", "a list is needed")
    for n, order in enumerate(scenario.faults):
        _check_fault(order, f"faults[{n}]")
    return scenario


def _check_steps(steps: Any, place: str) -> None:
    _require(isinstance(steps, list), place, "a list of steps is needed")
    for n, step in enumerate(steps):
        _check_step(step, f"{place}[{n}]")


def _check_step(step: Any, place: str) -> None:
    _require(isinstance(step, dict), place, "a step is an object, such as `text: Hello`")
    names = [key for key in step if key in STEPS]
    surplus = [key for key in step if key not in STEPS and key not in _MODIFIERS]
    _require(not surplus, place, f"unknown key {', '.join(map(repr, surplus))}; a step may say {', '.join(STEPS)}")
    _require(0 < len(names) <= 1 + ("wait" in names), place, "a step says one thing")
    name = name_of_step(step)
    for key in step:
        kinds = _TAKES.get(key, object) if key == name else _MODIFIERS[key]
        _require(isinstance(step[key], kinds), f"{place}.{key}", f"{step[key]!r} is of the wrong kind")
    for needed in _NEEDS.get(name, ()):
        given = step[name] if isinstance(step[name], dict) else step
        _require(needed in given, f"{place}.{name}", f"`{needed}` is missing")
    _check_inner(step, name, place)


def _check_inner(step: Json, name: str, place: str) -> None:
    inner: Json = {key: step[key] for key in ("then", "otherwise", "steps") if key in step}
    if name == "fault":
        _check_fault(step["fault"], f"{place}.fault")
    if name == "stream":
        _require(step["stream"]["kind"] in CHUNKS, f"{place}.stream.kind", f"it is one of {', '.join(CHUNKS)}")
    if name == "work":
        inner |= {f"work.{key}": steps for key, steps in step["work"].items()}
    for key, steps in inner.items():
        _check_steps(steps, f"{place}.{key}")


def _check_fault(order: Any, place: str) -> None:
    try:
        parse_fault(order)
    except FaultError as error:
        raise ScenarioError(f"{place}: {error}") from None


def _require(holds: bool, place: str, reason: str) -> None:
    if not holds:
        raise ScenarioError(f"{place}: {reason}")
