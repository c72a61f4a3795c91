"""An emulator whose tasks can be watched."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace

import pytest

from wyseos.mate.emulator import Emulator, load_scenario


@pytest.fixture
def slow() -> Iterator[Emulator]:
    """A service whose agents stay at their second step until `clock.speed` is 0, so that a picture can be had."""
    scenario = load_scenario("default")
    steps = deepcopy(scenario.steps)
    work = next(step["work"] for step in steps if "work" in step)
    work["2"].insert(0, {"repeat": 3000, "steps": [{"wait": 0.2}]})
    with Emulator(replace(scenario, steps=steps), speed=1) as emulator:
        yield emulator
