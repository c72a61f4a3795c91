"""The emulator's time."""

from __future__ import annotations

import pytest

from tests.mate.emulator import outsiders
from wyseos.mate.emulator import Emulator, Scenario


def test_waits_are_counted_and_follow_the_speed() -> None:
    scenario = Scenario("waits", [{"text": "a", "wait": 0.2}, {"wait": 0.2}, {"result": "Fine"}])
    with Emulator(scenario, speed=40) as emulator:
        session_id, _ = outsiders.play(emulator.base_url, emulator.api_key)
        assert emulator.waited(session_id) == pytest.approx(0.01)


def test_without_waits_the_clock_moves_all_the_same() -> None:
    with Emulator("patient", speed=0) as emulator:
        session_id, events = outsiders.play(emulator.base_url, emulator.api_key)
        assert emulator.waited(session_id) == 0
    assert 600_000 <= events[-1]["timestamp"] - events[0]["timestamp"] < 660_000
