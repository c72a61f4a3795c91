"""What plays a script, also one that breaks off."""

from __future__ import annotations

from typing import Any

from tests.mate.emulator import outsiders
from wyseos.mate.emulator import Emulator
from wyseos.mate.emulator.scenario.scenario import Scenario, builtin_scenarios


def test_the_default_session_takes_three_to_four_seconds_of_waits() -> None:
    def waits(steps: list[dict[str, Any]]) -> float:
        bodies = [body for step in steps for key, body in step.get("work", {}).items() if key != "other"]
        return float(sum(step.get("wait", 0) for step in steps)) + sum(map(waits, bodies))

    assert 3 <= waits(builtin_scenarios()["default"].steps) <= 4


def test_a_scenario_that_breaks_off_ends_the_session_with_an_error() -> None:
    scenario = Scenario("unchecked", [{"text": "Hello"}, {"browser": {"width": "wide"}}, {"result": "never"}])
    with Emulator(scenario, speed=0) as emulator:
        session_id, events = outsiders.play(emulator.base_url, emulator.api_key)
        assert emulator.sessions[session_id].info["status"] == "error"
        assert [mistake.session_id for mistake in emulator.mistakes] == [session_id]
    assert (events[-1]["type"], events[-1]["code"]) == ("error", 5000)
    assert events[-1]["error"].startswith("the scenario broke off: TypeError")
