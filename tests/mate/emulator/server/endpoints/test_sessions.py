"""Sessions, their messages and their marketing data, seen by a bare client."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.mate.emulator import outsiders
from tests.mate.emulator.outsiders import data, refusal
from wyseos.mate.emulator import Emulator

# ---- sessions


def test_a_created_session_is_told_of(client: httpx.Client) -> None:
    session_id = outsiders.create(client, "marketing", extra={"skills": []}, platform="web", intent_id="intent_1")
    told = data(client.get(f"/session/info/{session_id}"))

    assert told["task"] == [{"role": "user", "content": outsiders.TASK}]
    assert (told["status"], told["mode"], told["platform"]) == ("created", "marketing", "web")
    assert (told["extra"], told["intent_id"], told["messages"]) == ({"skills": []}, "intent_1", [])


def test_a_played_session_tells_its_result_and_its_last_messages(emulator: Emulator, client: httpx.Client) -> None:
    session_id, events = outsiders.play(emulator.base_url, emulator.api_key, scenario="rich_skill")
    told = data(client.get(f"/session/info/{session_id}"))

    assert told["task_result"]["content"] == events[-1]["content"]
    assert [message["message_id"] for message in told["messages"]][-1] == events[-1]["message_id"]
    assert told["tokens"]["models"]["model_1"]["prompt_tokens"] > 0


def test_a_failed_session_tells_why(emulator: Emulator, client: httpx.Client) -> None:
    session_id, events = outsiders.play(emulator.base_url, emulator.api_key, scenario="failure")
    told = data(client.get(f"/session/info/{session_id}"))

    assert (events[-1]["code"], told["status"], told["error_message"]) == (5000, "error", events[-1]["error"])


def test_a_session_can_be_renamed(client: httpx.Client) -> None:
    session_id = outsiders.create(client)
    assert data(client.put(f"/session/info/{session_id}", json={"session_id": session_id, "title": "Apps"})) is None
    assert data(client.get(f"/session/info/{session_id}"))["name"] == "Apps"


def test_a_renaming_must_name_the_same_session_twice(client: httpx.Client) -> None:
    session_id = outsiders.create(client)
    answer = client.put(f"/session/info/{session_id}", json={"session_id": "another", "title": "Apps"})
    assert refusal(answer) == (400, 4000)


def test_sessions_in_progress_are_listed_by_platform(emulator: Emulator, client: httpx.Client) -> None:
    session_id = outsiders.create(client, platform="web")
    with outsiders.line(emulator.base_url, session_id, emulator.api_key) as socket:
        outsiders.start(socket)
        outsiders.receive(socket)
        assert [one["session_id"] for one in data(client.get("/session/current"))] == [session_id]
        assert data(client.get("/session/current", params={"platform": "api"})) == []


@pytest.fixture
def played(emulator: Emulator) -> str:
    """A session whose history has 1002 messages."""
    return outsiders.play(emulator.base_url, emulator.api_key, scenario="long")[0]


def test_the_history_comes_in_pages_of_either_order(client: httpx.Client, played: str) -> None:
    last = data(client.get("/session/message/lists", params={"session_id": played, "page_num": 11, "page_size": 100}))
    newest = data(client.get("/session/message/lists", params={"session_id": played, "sort_order": "DESC"}))
    beyond = data(client.get("/session/message/lists", params={"session_id": played, "page_num": 999}))

    assert (last["total"], last["total_page"], len(last["data"])) == (1002, 11, 2)
    assert (newest["page_num"], newest["page_size"], newest["data"][0]) == (1, 20, last["data"][-1])
    assert beyond["data"] == []


def test_the_history_is_filtered(client: httpx.Client, played: str) -> None:
    def found(**asked: Any) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = data(client.get("/session/message/lists", params={"session_id": played, **asked}))[
            "data"
        ]
        return rows

    (first,) = found(role="user")
    seventh = found(content="MESSAGE 7 of")[0]
    assert first["content"] == outsiders.TASK
    assert seventh["content"].startswith("Message 7 of")
    assert found(from_timestamp=seventh["created_at"])[0] == seventh
    assert found(to_timestamp=first["created_at"])[-1] == first
    assert found(role="assistant", page_size=1)[0]["content"].startswith("Message 1 of")
    assert found(from_timestamp="2999-01-01T00:00:00") == []


def test_messages_between_two_include_both(client: httpx.Client, played: str) -> None:
    page = data(client.get("/session/message/lists", params={"session_id": played, "page_size": 100}))["data"]
    asked = {"session_id": played, "from_message_id": page[3]["message_id"], "to_message_id": page[60]["message_id"]}
    assert data(client.get("/session/message/between", params=asked)) == page[3:61]


def test_messages_between_unknown_ones_are_not_found(client: httpx.Client, played: str) -> None:
    asked = {"session_id": played, "from_message_id": "msg_0", "to_message_id": "msg_1"}
    assert refusal(client.get("/session/message/between", params=asked)) == (404, 4203)


def test_marketing_data_of_one_kind_leaves_the_others_empty(emulator: Emulator, client: httpx.Client) -> None:
    session_id, _ = outsiders.play(emulator.base_url, emulator.api_key, scenario="rich_marketing_tweet_interact")
    told = data(client.get(f"/session/marketing/data/{session_id}", params={"type": "like"}))
    assert {kind: len(items) for kind, items in told.items()} == {"reply": 0, "like": 1, "retweet": 0, "tweet": 0}


def test_without_credits_no_session_is_made() -> None:
    with Emulator(speed=0, credits=0.5) as emulator, outsiders.rest(emulator.base_url, emulator.api_key) as client:
        outsiders.play(emulator.base_url, emulator.api_key, scenario="short")
        assert refusal(client.post("/session/create", json={"task": "One more"})) == (400, 4600)
