"""A session as a page: all that happened, for people and for machines."""

from __future__ import annotations

import json
import re
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.mate.reports.sessions import of_session
from wyseos.generated.events import event_from_dict
from wyseos.mate import Client, TaskExecutionOptions, TaskResult
from wyseos.mate.reports import pages, result_report
from wyseos.mate.reports.session import clock

# ---- what it holds


def test_a_page_holds_the_whole_session(client: Client) -> None:
    report = of_session(client)
    page = report.to_html()

    assert [step.status for step in report.steps] == ["done"] * 5
    assert all(step.seconds is not None and step.begun is not None for step in report.steps)
    assert len(report.shots) == 2
    assert [source.link for source in report.sources][:1] == ["https://example.com/overview"]
    for words in ("<h1>Compare lanterns</h1>", "What is known", "answer.md", "Search the web", "Timeline", "tokens"):
        assert words in page
    assert re.findall(r'(?:src|href)="(?!#|data:image/png|https?://)[^"]*', page) == []


def test_a_marketing_session_shows_drafts_and_replies(client: Client) -> None:
    page = of_session(client, task_mode="marketing").to_html()
    assert page.count('<p class="soft">draft</p>') == 2
    assert page.count("<blockquote>") == 3


def test_markdown_has_the_same_parts(client: Client) -> None:
    text = of_session(client).to_markdown()
    for words in (
        "## Plan\n\n- [x] Understand",
        "## Files\n\n- answer.md",
        "## Sources",
        "## Questions",
        "## Timeline",
    ):
        assert words in text
    assert "## Drafts\n\n> " in of_session(client, task_mode="marketing").to_markdown()


def test_a_failure_says_why() -> None:
    report = result_report(TaskResult(error="no credits", session_id="s1"), title="Compare")
    assert "no credits" in report.to_html()
    assert "**Failed:** no credits" in report.to_markdown()
    assert report.to_fragment() == "<p><strong>Failed:</strong> no credits</p>"


def test_a_result_shows_itself_without_its_events(client: Client, tmp_path: Path) -> None:
    result = client.run("Compare lanterns", options=TaskExecutionOptions(capture_screenshots=True))
    assert "<h2>Compare lanterns</h2>" in (result._repr_html_() or "")
    assert result.to_html().count("<figure ") == 2
    assert "- [x] Search the web" in result.to_markdown()
    assert json.loads(result.to_json())["success"]
    places = result.save_screenshots(tmp_path / "shots")
    assert [place.name for place in places] == ["screenshot-1.png", "screenshot-2.png"]
    assert [place.name for place in result.save_screenshots(tmp_path / "shots")] == [
        "screenshot-1 (2).png",
        "screenshot-2 (2).png",
    ]
    assert all(place.read_bytes().startswith(b"\x89PNG") for place in places)
    assert TaskResult(screenshots=[{"screenshot": "no picture"}]).save_screenshots(tmp_path) == []


def test_times_are_written_for_people() -> None:
    assert [clock(seconds) for seconds in (0.04, 59.94, 60, 185, 7_800)] == [
        "0.0 s", "59.9 s", "1 min 00 s", "3 min 05 s", "2 h 10 min",
    ]  # fmt: skip


def test_a_long_session_is_written_quickly_enough_to_be_used() -> None:
    begun = datetime(2026, 1, 1, tzinfo=UTC)
    events = [
        event_from_dict(
            {"type": "progress", "content": f"Reading {n}", "created_at": (begun + timedelta(seconds=n)).isoformat()}
        )
        for n in range(10_000)
    ]
    page = result_report(TaskResult(success=True, final_answer="42", session_id="s"), events=events).to_html()
    assert page.count('<div class="row k0">') == 10_000
    assert page.count('<div class="rows">') == 50  # drawn as they are scrolled to


def test_a_notebook_without_its_libraries_shows_the_plain_form(monkeypatch: pytest.MonkeyPatch) -> None:
    pages._markdown.cache_clear()
    monkeypatch.setitem(sys.modules, "markdown_it", None)
    assert TaskResult(success=True, final_answer="42")._repr_html_() is None
