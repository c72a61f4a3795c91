"""The pages tell of all that there is: every fault with its options, every name, every option of the program."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from wyseos.mate.emulator.__main__ import _parser
from wyseos.mate.emulator.faults.rules import KINDS, parse_fault
from wyseos.mate.emulator.scenario.scenario import parse_scenario
from wyseos.mate.emulator.scenario.steps import STEPS

DOCS = Path(__file__).parents[3] / "docs"


def page(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


def first_cells(name: str) -> dict[str, str]:
    """The rows of a page's tables, by each word of their first cell."""
    rows = re.findall(r"^\| (`.*?) \| (.*)\|$", page(name), re.MULTILINE)
    return {word: rest for cell, rest in rows for word in re.findall(r"`(.+?)`", cell)}


@pytest.mark.parametrize("kind", KINDS)
def test_every_fault_is_told_with_its_options(kind: str) -> None:
    told = first_cells("faults.md")[kind].partition("|")[0]
    assert set(re.findall(r"`(\w+)`", told)) == set(KINDS[kind].options)


def test_every_step_is_told() -> None:
    assert STEPS.keys() - first_cells("scenarios.md").keys() == set()


def test_every_option_of_the_program_is_told() -> None:
    options = {name for action in _parser()._actions for name in action.option_strings if name.startswith("--")}
    assert first_cells("emulator.md").keys() >= options - {"--help"}


def test_the_scenario_and_the_faults_of_the_pages_can_be_played() -> None:
    (scenario, *_) = re.findall(r"```yaml\n(.*?)```", page("scenarios.md"), re.DOTALL)
    (faults, *_) = re.findall(r"```yaml\n(.*?)```", page("faults.md"), re.DOTALL)
    assert len(parse_scenario(yaml.safe_load(scenario)).steps) == 4
    assert [parse_fault(order).kind for order in yaml.safe_load(faults)["faults"]] == ["status", "cut"]
