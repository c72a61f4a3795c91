"""One safe line for each event that a person wants to see."""

from __future__ import annotations

from typing import Any

import pytest

from wyseos.generated import models
from wyseos.generated.events import EVENTS, NESTED_EVENTS, event_from_dict
from wyseos.generated.models import MarketingData
from wyseos.mate.tasks.protocol.local_events import LOCAL_EVENTS, Gap, StreamClosed
from wyseos.mate.terminal.summaries import SUMMARIES, Summary, summary_of


def rich(kind: str, data: Any) -> dict[str, Any]:
    return {"type": "rich", "message": {"type": kind, "data": data}}


def plan(kind: str, data: Any) -> dict[str, Any]:
    return {"type": "plan", "message": {"type": kind, "data": data}}


STEPS = [{"id": "1", "title": "Research"}, {"id": "2"}]
SHOWN = [
    ({"type": "text", "content": "Hello\nyou"}, Summary("text", "Hello you")),
    ({"type": "progress", "content": "Reading"}, Summary("progress", "Reading")),
    (plan("create_plan", STEPS), Summary("plan", "2 steps: Research, 2")),
    (plan("update_task_status", {"id": "1", "status": "in_progress"}), Summary("step", "1: in progress")),
    ({"type": "input", "content": "Shall I?"}, Summary("question", "Shall I?")),
    (rich("search", [{"title": "A lantern", "link": "https://a"}]), Summary("search", "1 found, first: A lantern")),
    (rich("search", []), Summary("search", "0 found")),
    (rich("browser", {"action": "open", "url": "https://a", "text": None}), Summary("browser", "open https://a")),
    (rich("file", [{"file_name": "a.md"}, {"url": "https://b"}]), Summary("file", "a.md, https://b")),
    (rich("file_surfer", {"action": "read", "file_name": "a.md"}), Summary("file", "read a.md")),
    (rich("skill", {"skill_name": "Search", "tool_name": "web"}), Summary("skill", "Search web")),
    (rich("marketing_report", {"product_name": "Lantern"}), Summary("report", "of Lantern")),
    (rich("marketing_research_tweets", {"query_id": "q"}), Summary("research", "tweets matched")),
    (rich("follow_up_suggestion", [{"content": "More"}, {"content": "Less"}]), Summary("next", "More | Less")),
    ({"type": "warning", "content": "careful"}, Summary("warning", "careful")),
    ({"type": "task_result", "content": "# Done"}, Summary("result", "# Done")),
    ({"type": "error", "error": "No credits", "code": 4600}, Summary("error", "No credits")),
    ({"type": "error", "code": 4600}, Summary("error", "4600")),
]


@pytest.mark.parametrize(("source", "line"), SHOWN, ids=[line.text for _, line in SHOWN])
def test_an_event_is_told_in_one_line(source: dict[str, Any], line: Summary) -> None:
    assert summary_of(event_from_dict(source)) == line


@pytest.mark.parametrize(
    "source",
    [
        {"type": "pong", "timestamp": 1},
        {"type": "text", "content": " "},
        {"type": "invented", "content": "who knows"},
        rich("writer_twitter", {"draft_id": "d", "content": "a piece"}),
        rich("browser", None),
        plan("update_task_status", None),
    ],
    ids=str,
)
def test_what_is_not_worth_a_line_has_none(source: dict[str, Any]) -> None:
    assert summary_of(event_from_dict(source)) is None


def test_a_kind_with_every_field_left_out_is_no_error() -> None:
    """The service leaves fields out; a view must not die of that."""
    bare: list[dict[str, Any]] = [{"type": kind} for kind in EVENTS]
    bare += [{"type": kind, "message": {"type": name}} for kind, names in NESTED_EVENTS.items() for name in names]
    assert [line for source in bare if (line := summary_of(event_from_dict(source))) and "\n" in line.text] == []


def test_the_services_text_cannot_move_the_cursor() -> None:
    assert summary_of(event_from_dict({"type": "text", "content": "a\x1b[2Jb"})) == Summary("text", "a\ufffd[2Jb")


def test_a_gap_and_a_finished_stream_are_told() -> None:
    drafts = MarketingData.from_dict({"tweet": [{"draft_id": "d"}], "reply": []})
    assert summary_of(Gap(reason="3 messages are lost")) == Summary(
        "gap", "messages are missing here: 3 messages are lost"
    )
    assert summary_of(StreamClosed("writer_twitter", drafts)) == Summary("marketing", "1 drafts")
    assert summary_of(StreamClosed("writer_twitter", None, "timeout")) == Summary(
        "marketing", "writer_twitter could not be fetched: timeout"
    )


def test_every_kind_of_event_has_a_row() -> None:
    ours = {*LOCAL_EVENTS}
    theirs = {getattr(models, name) for names in NESTED_EVENTS.values() for name in names.values()}
    theirs |= {getattr(models, name) for name in EVENTS.values()}
    assert ours | theirs - {models.UnknownEvent} <= set(SUMMARIES)
