"""Factories: whole models and events, of which a test names only what matters."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from wyseos.generated import events, models
from wyseos.generated.models import PlanStep, SessionInfo, TextEvent
from wyseos.mate.emulator import Scenario
from wyseos.mate.testing import frame, make, session_events


def every_model() -> list[Any]:
    found = [getattr(models, name) for name in models.__all__]
    return [each for each in found if inspect.isclass(each) and hasattr(each, "from_dict")]


@pytest.mark.parametrize("model", every_model(), ids=lambda model: str(model.__name__))
def test_every_model_can_be_made_with_nothing_said(model: Any) -> None:
    made = make(model)
    assert isinstance(made, model)
    assert made.to_dict() != {}


def test_what_is_named_is_in_it_and_the_rest_is_plausible() -> None:
    made = make(SessionInfo, status="paused", extra={"mine": 1})
    assert (made.status, made.extra, bool(made.session_id)) == ("paused", {"mine": 1}, True)


def test_models_are_welcome_as_values() -> None:
    inner = make(PlanStep, title="Inner")
    assert make(PlanStep, steps=[inner]).steps == [inner]


def test_a_field_that_is_not_there_is_refused() -> None:
    with pytest.raises(TypeError, match="TextEvent has no field colour, smell"):
        make(TextEvent, smell="x", colour="y")


def test_a_frame_decodes_to_the_event_it_was_made_of() -> None:
    event = make(TextEvent, content="Hello")
    assert events.decode_event(frame(event)) == event


@pytest.mark.parametrize("scenario", ["default", "deep_search", "marketing"])
def test_a_whole_session_comes_without_a_server(scenario: str) -> None:
    found = session_events(scenario, "Sell more hats")
    kinds = [type(event).__name__ for event in found]
    assert kinds[-2:] == ["TaskResultEvent", "FollowUpSuggestionEvent"]
    assert {"PlanEvent", "InputEvent", "PlanStatusEvent"} <= set(kinds)
    assert "UnknownEvent" not in kinds
    assert "Sell more hats" in str(found[-2].content)


def test_a_scenario_that_fails_ends_with_its_error() -> None:
    (event,) = session_events(Scenario("mine", [{"error": {"code": 4202, "message": "no"}}, {"text": "never"}]))
    assert (type(event).__name__, event.code) == ("ErrorEvent", 4202)
