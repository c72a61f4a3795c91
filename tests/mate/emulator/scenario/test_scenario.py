"""Scenarios: the built-in ones, those of one's own, and what is said of those that cannot be played."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

import wyseos.mate.emulator.scenario
from tests.mate.emulator import outsiders
from wyseos.mate.emulator import Emulator, ScenarioError, load_scenario
from wyseos.mate.emulator.scenario.scenario import parse_scenario


def test_a_scenario_of_ones_own_is_played_by_path(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("steps: [{text: 'About {topic}, {nothing}'}, {ping: 5}, {result: Fine}]", "utf-8")
    with Emulator(str(path), speed=0) as emulator:
        _, events = outsiders.play(emulator.base_url, emulator.api_key)
        by_name = outsiders.play(emulator.base_url, emulator.api_key, scenario="mine")[1]

    assert [event.get("content") for event in events] == [f"About {outsiders.TASK}, {{nothing}}", None, "Fine"]
    assert events[1] == {"type": "ping", "timestamp": 5}
    assert outsiders.kinds(by_name) == outsiders.kinds(events)


@pytest.mark.parametrize(
    ("told", "message"),
    [
        ([], "a scenario is an object"),
        ({"step": []}, "it takes no 'step'; did you mean 'steps'?"),
        ({}, "`steps` is missing"),
        ({"steps": 5}, "steps: a list of steps is needed"),
        ({"steps": ["text"]}, "steps[0]: a step is an object"),
        ({"steps": [{"sing": "x"}]}, "steps[0]: it takes no 'sing'; did you mean"),
        ({"steps": [{"source": "x"}]}, "steps[0]: a step says one thing"),
        ({"steps": [{"text": "a", "progress": "b"}]}, "steps[0]: a step says one thing"),
        ({"steps": [{"text": 5}]}, "steps[0].text: 5 is of the wrong kind"),
        ({"steps": [{"text": "a", "wait": "long"}]}, "steps[0].wait: 'long' is of the wrong kind"),
        ({"steps": [{"repeat": 2}]}, "steps[0]: `steps` is missing beside `repeat`"),
        ({"steps": [{"stream": {"kind": "writer_twitter"}}]}, "steps[0].stream: `items` is missing"),
        ({"steps": [{"work": {"1": [{"sing": 1}]}}]}, "steps[0].work.1[0]: it takes no 'sing'"),
        ({"steps": [], "faults": {}}, "faults: {} is of the wrong kind; a list is needed"),
        ({"steps": [], "faults": [{"kind": "flood"}]}, "faults[0].kind: 'flood' can't be here; it is one of"),
        ({"steps": [{"fault": {"kind": "flood"}}]}, "steps[0].fault.kind: 'flood' can't be here"),
        (
            {"steps": [{"stream": {"kind": "song", "items": []}}]},
            "steps[0].stream.kind: 'song' can't be here; it is one of",
        ),
    ],
)
def test_a_scenario_that_cannot_be_played_names_the_place(told: Any, message: str) -> None:
    with pytest.raises(ScenarioError) as error:
        parse_scenario(told)
    assert str(error.value).startswith(message)


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text("steps: [", "utf-8")
    with pytest.raises(ScenarioError, match=r"broken\.yaml: not readable as YAML"):
        load_scenario(path)
    path.write_text("steps: 5", "utf-8")
    with pytest.raises(ScenarioError, match=r"broken\.yaml: steps: a list"):
        load_scenario(path)


def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    with pytest.raises(
        ScenarioError, match=r"nowhere: no such file, and no built-in scenario; those are .*deep_search"
    ):
        load_scenario("nowhere")


FOLDER = Path(wyseos.mate.emulator.scenario.__file__ or "").parent / "builtin"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_builtin_scenario_reads_the_same_where_pyyaml_was_built_without_libyaml(path: Path) -> None:
    fast = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = path.read_text("utf-8")
    assert yaml.load(text, yaml.SafeLoader) == yaml.load(text, fast)  # both are safe loaders
