"""A whole session, driven by bare clients that know only the protocol page."""

from __future__ import annotations

import httpx
import pytest

from tests.mate.emulator import outsiders
from wyseos.mate.emulator import Emulator

# The course of the default session, kind by kind: what demos and other people's tests may rely on.
STEP = ["plan/update_task_status"]
GOLDEN = [
    *["progress", "plan/create_plan", "input"],
    *[*STEP, "progress", "text", *STEP],
    *[*STEP, "rich/skill", "progress", "rich/search", *STEP],
    *[*STEP, "progress", "rich/browser", "rich/browser", *STEP],
    *[*STEP, "progress", "text", *STEP],
    *[*STEP, "progress", "rich/file", *STEP],
    "task_result/task_result",
]
MODES = ("", "deep_search", "marketing")


@pytest.mark.parametrize("mode", MODES)
def test_a_usual_session_goes_from_plan_to_result(emulator: Emulator, client: httpx.Client, mode: str) -> None:
    session_id, events = outsiders.play(emulator.base_url, emulator.api_key, mode)

    names = outsiders.kinds(events)
    assert names[0] == "progress"
    assert names[-1] == "task_result/task_result"
    assert names[names.index("plan/create_plan") + 1] == "input"
    assert outsiders.TASK in events[-1]["content"]
    assert client.get(f"/session/info/{session_id}").json()["data"]["status"] == "complete"
    assert emulator.violations == []


def test_the_default_session_goes_as_it_always_went(emulator: Emulator) -> None:
    assert outsiders.kinds(outsiders.play(emulator.base_url, emulator.api_key)[1]) == GOLDEN


@pytest.mark.parametrize("mode", MODES)
def test_the_plan_holds_the_words_of_the_task_and_all_its_steps_are_done(emulator: Emulator, mode: str) -> None:
    _, events = outsiders.play(emulator.base_url, emulator.api_key, mode)

    plan = next(event["message"]["data"] for event in events if outsiders.kinds([event]) == ["plan/create_plan"])
    leaves = [inner for step in plan for inner in step.get("steps", [step])]
    updates = [event["message"]["data"] for event in events if outsiders.kinds([event]) == ["plan/update_task_status"]]
    assert outsiders.TASK in plan[0]["title"]
    assert {step["status"] for step in leaves} == {"not_started"}
    assert 4 <= len(leaves) <= 7
    assert {leaf["id"] for leaf in leaves} <= {update["id"] for update in updates if update["status"] == "done"}


def test_the_suggestions_follow_the_result(emulator: Emulator, client: httpx.Client) -> None:
    session_id = outsiders.create(client)
    with outsiders.line(emulator.base_url, session_id, emulator.api_key) as socket:
        outsiders.start(socket)
        assert list(outsiders.events(socket))[-1]["type"] == "task_result"
        assert outsiders.kinds([outsiders.receive(socket)]) == ["rich/follow_up_suggestion"]


def test_the_history_tells_what_the_connection_told(emulator: Emulator, client: httpx.Client) -> None:
    session_id, events = outsiders.play(emulator.base_url, emulator.api_key)

    page = client.get("/session/message/lists", params={"session_id": session_id, "page_size": 100}).json()["data"]
    told = [message for message in page["data"] if message["source"] != "user"]
    assert events == told[: len(events)]


def test_a_streamed_session_leaves_its_data_behind(emulator: Emulator, client: httpx.Client) -> None:
    session_id, events = outsiders.play(emulator.base_url, emulator.api_key, "marketing")

    data = client.get(f"/session/marketing/data/{session_id}").json()["data"]
    chunks = [event for event in events if event.get("delta")]
    streamed = [item for event in chunks if "reply" in event["message"]["type"] for item in event["message"]["data"]]
    written = [event["message"]["data"] for event in chunks if event["message"]["type"] == "writer_twitter"]
    first = data["tweet"][0]
    assert data["reply"] == streamed
    assert (len(data["like"]), len(data["retweet"])) == (2, 1)
    assert first["content"] == "".join(piece["content"] for piece in written if piece["draft_id"] == first["draft_id"])


@pytest.mark.parametrize("kind", ["marketing_tweet_reply", "marketing_tweet_interact", "writer_twitter"])
def test_a_stream_is_closed_by_a_message_without_chunk(emulator: Emulator, kind: str) -> None:
    _, events = outsiders.play(emulator.base_url, emulator.api_key, scenario=f"rich_{kind}")

    *chunks, closing = [event for event in events if outsiders.kinds([event]) == [f"rich/{kind}"]]
    assert [chunk["chunk_index"] for chunk in chunks] == list(range(len(chunks)))
    assert len({chunk["chunk_id"] for chunk in chunks}) == len(chunks) > 1
    assert all(chunk["delta"] for chunk in chunks)
    assert (closing["delta"], closing["message"]["data"], "chunk_id" in closing) == (False, None, False)


def test_a_session_can_take_several_rounds(emulator: Emulator, client: httpx.Client) -> None:
    session_id = outsiders.create(client)
    with outsiders.line(emulator.base_url, session_id, emulator.api_key) as socket:
        outsiders.start(socket, scenario="short")
        first = list(outsiders.events(socket))
        outsiders.start(socket, "And two more", scenario="short")
        second = list(outsiders.events(socket))

    assert [event["session_round"] for event in (first[-1], second[-1])] == [1, 2]
    assert "And two more" in second[-1]["content"]
    assert emulator.violations == []


def test_what_the_user_says_stands_in_the_history(emulator: Emulator, client: httpx.Client) -> None:
    session_id, _ = outsiders.play(emulator.base_url, emulator.api_key, scenario="questions")

    asked = {"session_id": session_id, "role": "user"}
    said = [message["content"] for message in client.get("/session/message/lists", params=asked).json()["data"]["data"]]
    assert said == [outsiders.TASK, *["It is right."] * 3]


def test_two_connections_of_one_session_hear_the_same(emulator: Emulator, client: httpx.Client) -> None:
    session_id = outsiders.create(client)
    with (
        outsiders.line(emulator.base_url, session_id, emulator.api_key) as one,
        outsiders.line(emulator.base_url, session_id, emulator.api_key) as other,
    ):
        outsiders.start(one, scenario="failure")
        assert list(outsiders.events(one)) == list(outsiders.events(other))


def test_the_same_seed_gives_the_same_session() -> None:
    def session() -> list[object]:
        with Emulator(speed=0, seed=7) as emulator:
            _, events = outsiders.play(emulator.base_url, emulator.api_key, scenario="rich_marketing_tweet_reply")
        return [(event["message_id"], (event.get("message") or {}).get("data")) for event in events]

    def without_time(found: list[object]) -> str:
        return "".join(part for part in str(found).split("'") if not part.startswith("20"))

    assert without_time(session()) == without_time(session())
