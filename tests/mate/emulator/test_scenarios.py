"""Every built-in scenario, frame by frame, against the schemas and a validator that the emulator does not use."""

from __future__ import annotations

import base64
import json
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml
from websockets.exceptions import ConnectionClosedError

from tests.mate.emulator import outsiders
from wyseos.mate.emulator import Emulator, Scenario, ScenarioError, load_scenario
from wyseos.mate.emulator.scenario.scenario import builtin_scenarios, parse_scenario

SCHEMA = Path(__file__).parents[3] / "schema"
HOME = "https://schema.example/"
EVENTS = {
    "text": "TextEvent",
    "progress": "ProgressEvent",
    "warning": "WarningEvent",
    "plan/create_plan": "PlanEvent",
    "plan/update_plan": "PlanEvent",
    "plan/update_task_status": "PlanStatusEvent",
    "input": "InputEvent",
    "input/x_confirm": "InputEvent",
    "task_result/task_result": "TaskResultEvent",
    "error": "ErrorEvent",
    "rich/file": "FileEvent",
    "rich/image": "FileEvent",
    "rich/browser": "BrowserEvent",
    "rich/search": "SearchEvent",
    "rich/file_surfer": "FileSurferEvent",
    "rich/marketing_tweet_reply": "TweetReplyEvent",
    "rich/marketing_tweet_interact": "TweetInteractEvent",
    "rich/writer_twitter": "TweetDraftEvent",
    "rich/marketing_report": "MarketingReportEvent",
    "rich/marketing_research_tweets": "ResearchTweetsEvent",
    "rich/x_browser_action": "XBrowserActionEvent",
    "rich/follow_up_suggestion": "FollowUpSuggestionEvent",
    "rich/skill": "SkillEvent",
    "rich/marketing_tweet": "MarketingTweetEvent",
    "rich/marketing_topic": "MarketingTopicEvent",
}


@pytest.fixture(scope="module")
def valid() -> Callable[[dict[str, Any]], list[str]]:
    """Tells what is wrong with an event, by the rules of jsonschema_rs and the YAML that people wrote."""
    documents = {
        name: _plain(yaml.safe_load((SCHEMA / name).read_text("utf-8"))) for name in ("openapi.yaml", "asyncapi.yaml")
    }

    def retrieve(address: str) -> Any:
        return documents[address.removeprefix(HOME)]

    def problems(event: dict[str, Any]) -> list[str]:
        schema = {"$ref": f"{HOME}asyncapi.yaml#/components/schemas/{EVENTS[outsiders.kinds([event])[0]]}"}
        validator = jsonschema_rs.validator_for(schema, retriever=retrieve, validate_formats=True)
        return [error.message for error in validator.iter_errors(event)]

    return problems


def _plain(document: Any) -> Any:
    """YAML reads dates where JSON has text."""
    return json.loads(json.dumps(document, default=str))


@pytest.mark.parametrize("name", sorted(builtin_scenarios().keys() - {"patient"}))
def test_every_frame_of_every_built_in_scenario_is_valid(
    emulator: Emulator, valid: Callable[[dict[str, Any]], list[str]], name: str
) -> None:
    with outsiders.rest(emulator.base_url, emulator.api_key) as client:
        session_id, _ = outsiders.play(emulator.base_url, emulator.api_key, scenario=name)
        outsiders.outcome(client, session_id)
    frames = emulator.sessions[session_id].messages
    seen = {event["type"] + str((event.get("message") or {}).get("type")): event for event in frames}

    assert {kind: valid(event) for kind, event in seen.items() if valid(event)} == {}
    assert len(frames) > 1


def test_the_built_in_scenarios_show_every_kind_of_event() -> None:
    names = {
        scenario.name.removeprefix("rich_") for scenario in builtin_scenarios().values() if "rich_" in scenario.name
    }
    assert names == {kind.removeprefix("rich/") for kind in EVENTS if kind.startswith("rich/")}


def test_the_default_session_takes_three_to_four_seconds_of_waits() -> None:
    def waits(steps: list[dict[str, Any]]) -> float:
        bodies = [body for step in steps for key, body in step.get("work", {}).items() if key != "other"]
        return float(sum(step.get("wait", 0) for step in steps)) + sum(map(waits, bodies))

    assert 3 <= waits(builtin_scenarios()["default"].steps) <= 4


def test_a_screenshot_is_a_real_picture_of_the_size_that_was_ordered(emulator: Emulator) -> None:
    _, events = outsiders.play(emulator.base_url, emulator.api_key, scenario="rich_browser")
    pictures = [base64.b64decode(event["message"]["data"]["screenshot"]) for event in events if event["type"] == "rich"]

    assert [picture[:8] for picture in pictures] == [b"\x89PNG\r\n\x1a\n"] * 2
    assert [struct.unpack(">II", picture[16:24]) for picture in pictures] == [(640, 400), (1280, 800)]


def test_a_scenario_of_ones_own_is_played_by_path(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("steps: [{text: 'About {topic}, {nothing}'}, {ping: 5}, {result: Fine}]", "utf-8")
    with Emulator(str(path), speed=0) as emulator:
        _, events = outsiders.play(emulator.base_url, emulator.api_key)
        by_name = outsiders.play(emulator.base_url, emulator.api_key, scenario="mine")[1]

    assert [event.get("content") for event in events] == [f"About {outsiders.TASK}, {{nothing}}", None, "Fine"]
    assert events[1] == {"type": "ping", "timestamp": 5}
    assert outsiders.kinds(by_name) == outsiders.kinds(events)


def test_a_raw_event_and_a_close_go_out_as_they_stand() -> None:
    scenario = parse_scenario({"steps": [{"raw": {"type": "new", "content": "{topic}"}}, {"close": {"code": 4001}}]})
    with (
        Emulator(scenario, speed=0) as emulator,
        outsiders.rest(emulator.base_url, emulator.api_key) as client,
        outsiders.line(emulator.base_url, outsiders.create(client), emulator.api_key) as socket,
    ):
        outsiders.start(socket)
        event = outsiders.receive(socket)
        with pytest.raises(ConnectionClosedError):
            outsiders.receive(socket)
        assert (socket.close_code, event["type"], event["content"]) == (4001, "new", outsiders.TASK)


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


def test_a_scenario_that_breaks_off_ends_the_session_with_an_error() -> None:
    scenario = Scenario("unchecked", [{"text": "Hello"}, {"browser": {"width": "wide"}}, {"result": "never"}])
    with Emulator(scenario, speed=0) as emulator:
        session_id, events = outsiders.play(emulator.base_url, emulator.api_key)
        assert emulator.sessions[session_id].info["status"] == "error"
        assert [mistake.session_id for mistake in emulator.mistakes] == [session_id]
    assert (events[-1]["type"], events[-1]["code"]) == ("error", 5000)
    assert events[-1]["error"].startswith("the scenario broke off: TypeError")


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
