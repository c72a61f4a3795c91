"""The steps of a scenario: each plays events that keep to the schema."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml
from websockets.exceptions import ConnectionClosedError

from tests.mate.emulator import outsiders
from wyseos.mate.emulator import Emulator
from wyseos.mate.emulator.scenario.scenario import builtin_scenarios, parse_scenario

SCHEMA = Path(__file__).parents[4] / "schema"


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

    @functools.cache
    def validator(kind: str) -> Any:
        schema = {"$ref": f"{HOME}asyncapi.yaml#/components/schemas/{EVENTS[kind]}"}
        return jsonschema_rs.validator_for(schema, retriever=retrieve, validate_formats=True)

    def problems(event: dict[str, Any]) -> list[str]:
        return [error.message for error in validator(outsiders.kinds([event])[0]).iter_errors(event)]

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

    assert {kind: wrong for kind, event in seen.items() if (wrong := valid(event))} == {}
    assert len(frames) > 1


def test_the_built_in_scenarios_show_every_kind_of_event() -> None:
    names = {
        scenario.name.removeprefix("rich_") for scenario in builtin_scenarios().values() if "rich_" in scenario.name
    }
    assert names == {kind.removeprefix("rich/") for kind in EVENTS if kind.startswith("rich/")}


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
