"""Scenarios: YAML files that say what the agents do. See docs/scenarios.md for all that a step may say."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from wyseos.mate.emulator.scenario.actions import Ask, Emit, Json, Script
from wyseos.mate.emulator.scenario.context import ScenarioContext
from wyseos.mate.emulator.scenario.steps import RoundEnded, play
from wyseos.mate.emulator.scenario.templating import topic_of
from wyseos.mate.settings.safe_yaml import YamlFault, load_yaml

# The moment at which a session without a server takes place.
_NOW = "2025-06-01T08:00:00Z"


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
    # A test holds them against the schema: no start has to wait for that.
    loaded = (
        _scenario(*_read(entry))
        for entry in sorted(folder.iterdir(), key=lambda e: e.name)
        if entry.name.endswith(".yaml")
    )
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
    try:
        return parse_scenario(*_read(path))
    except ScenarioError as error:
        raise ScenarioError(f"{path.name}: {error}") from None


def _read(source: Traversable | Path) -> tuple[Any, str]:
    """Read what a file tells, and the name that it gives its scenario."""
    try:
        told = load_yaml(source.read_text("utf-8"))
    except (YamlFault, UnicodeDecodeError) as error:
        raise ScenarioError(f"not readable as YAML: {error}") from None
    except OSError as error:
        raise ScenarioError(f"{error.strerror}; name a file that can be read") from None
    return told, source.name.removesuffix(".yaml").removesuffix(".yml")


def parse_scenario(told: Any, name: str = "scenario") -> Scenario:
    """Make a scenario of what a YAML file holds.

    Args:
        told: an object with `steps`, perhaps `name`, `mode`, `about` and `faults`.
        name: its name, if it tells none itself.

    Raises:
        ScenarioError: it cannot be played; the message names the place.
    """
    from wyseos.mate.emulator.schemas.checking import check_scenario

    wrong = check_scenario(told)
    if wrong is not None:
        raise ScenarioError(": ".join(part for part in wrong if part))
    return _scenario(told, name)


def _scenario(told: Json, name: str) -> Scenario:
    return Scenario(
        told.get("name", name), told["steps"], told.get("mode"), told.get("about", ""), told.get("faults", [])
    )
