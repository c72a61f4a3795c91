"""What may follow a result is in it as far as it has come; nobody waits for it but who looks at every event."""

from __future__ import annotations

from typing import Any

import pytest

from wyseos.mate import Client
from wyseos.mate.emulator import Emulator
from wyseos.mate.emulator.scenario.scenario import parse_scenario
from wyseos.mate.tasks.protocol import machine

ANSWER = [{"text": "Hello"}, {"result": "Done"}]
SUGGESTION = {"suggest": [{"content": "And in Spain?", "display_type": "text"}]}


def service(*more: Any) -> Emulator:
    return Emulator(scenario=parse_scenario({"steps": [*ANSWER, *more]}), speed=1)


def test_after_a_loop_over_the_events_the_result_tells_the_suggestions() -> None:
    with (
        service(SUGGESTION) as emulator,
        Client(base_url=emulator.base_url, api_key=emulator.api_key) as client,
        client.start("Find trends") as task,
    ):
        events = list(task)
        told = task.result().to_dict()["suggestions"]
    assert events[-1].type == "rich"
    assert [each["content"] for each in told] == ["And in Spain?"]


@pytest.mark.parametrize("more", [(), ({"wait": 3600}, SUGGESTION)], ids=["none", "much later"])
def test_a_result_waits_for_no_suggestion_and_its_duration_neither(more: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "FOLLOW_UP_PATIENCE", 600.0)  # no slow machine is taken for waiting
    with service(*more) as emulator, Client(base_url=emulator.base_url, api_key=emulator.api_key) as client:
        result = client.run("Find trends")
    assert (result.final_answer, result.suggestions) == ("Done", [])
    assert result.session_duration < 300
