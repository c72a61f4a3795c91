"""A batch as one page: how each task ended, what it took, and where its own report lies."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from wyseos.mate import Client, NetworkError, TaskResult, ValidationError
from wyseos.mate.emulator import Emulator
from wyseos.mate.reports import BatchReport, batch_report
from wyseos.mate.tasks.result import ResultFile, Usage

HOSTILE = '"><script>document.title="taken"</script>\x1b[2J'


def ended(success: bool, **more: Any) -> TaskResult:
    return TaskResult(success=success, session_duration=2.0, **more)


@pytest.fixture
def report() -> BatchReport:
    outcomes = [
        ("lantern", ended(True, final_answer="Buy the **second**.", session_id="s1", files=[file()])),
        ("stove", ended(False, error="no credits", session_id="s2")),
        ("tent", ended(False, error="the task asks", question={"text": "Which size?"}, session_id="s3")),
        ("jacket | rain", NetworkError("The service was not reached.")),
        ("boots", ValueError()),
    ]
    return batch_report(outcomes, title="Outdoor products", reports={"lantern": Path("reports/lantern.html")})


def file() -> ResultFile:
    return ResultFile("a.md", "https://f.example/a")


def test_each_task_is_a_row_with_its_outcome(report: BatchReport) -> None:
    assert [(row.name, row.outcome, row.error) for row in report.rows] == [
        ("lantern", "done", ""),
        ("stove", "failed", "no credits"),
        ("tent", "waits for an answer", "the task asks"),
        ("jacket | rain", "failed", "The service was not reached."),
        ("boots", "failed", "ValueError"),
    ]
    assert report.outcomes == {"done": 1, "waits for an answer": 1, "failed": 3}
    assert dict(report.facts)["took on average"] == "2.0 s"


def test_a_page_leads_to_what_came_of_each_and_to_its_own_report(report: BatchReport) -> None:
    page = report.to_html()
    assert '<a href="#r1">lantern</a>' in page
    assert 'id="r1"' in page
    assert page.count('<a href="reports/lantern.html"') == 2
    assert "<strong>second</strong>" in page
    assert '<a href="https://f.example/a" rel="noopener noreferrer">a.md</a>' in page


def test_it_is_written_as_markdown_and_json_too(report: BatchReport, tmp_path: Path) -> None:
    text = report.save(tmp_path / "b.md").read_text("utf-8")
    assert "| jacket \\| rain | failed |  |  |  |  |" in text
    assert "## stove\n\n**failed:** no credits" in text
    rows = json.loads(report.save(tmp_path / "b.json").read_text("utf-8"))["rows"]
    assert (rows[0]["outcome"], rows[0]["report"]) == ("done", "reports/lantern.html")
    assert report._repr_html_() == (
        "<p><strong>Outdoor products</strong>: 1 done, 1 waits for an answer, 3 failed</p>"
    )  # fmt: skip
    assert "no tasks" in batch_report([]).to_fragment()
    assert "<h1>Batch</h1>" in batch_report([]).to_html()


@pytest.fixture
def client(wyseos_emulator: Emulator) -> Iterator[Client]:
    with Client(base_url=wyseos_emulator.base_url, api_key=wyseos_emulator.api_key) as client:
        yield client


def test_what_each_used_is_told_where_it_was_asked_for_and_nobody_else_is_asked(client: Client) -> None:
    asked, other = client.run("Compare lanterns"), client.run("Compare stoves")
    usage = asked.usage
    client.close()
    report = batch_report([("lantern", asked), ("stove", other)])
    assert isinstance(usage, Usage)
    assert [row.usage for row in report.rows] == [usage.to_dict(), None]
    assert dict(report.facts)["tokens"] == f"{usage.total_tokens:,}"
    assert other.known_usage is None


def test_the_outcomes_of_a_batch_are_its_rows(client: Client, tmp_path: Path) -> None:
    outcomes = client.batch(
        ["Compare lanterns", {"key": "stove", "task": "Compare stoves"}], tmp_path / "b.journal"
    ).results()
    report = batch_report((each.key, each.result or each.error or "never begun") for each in outcomes)
    assert [(row.name, row.outcome) for row in report.rows] == [("1", "done"), ("stove", "done")]
    [failed] = batch_report([("tent", "no  credits")]).rows
    assert (failed.outcome, failed.error) == ("failed", "no credits")


def test_nothing_of_the_service_runs_and_no_link_leads_to_a_script() -> None:
    page = batch_report([(HOSTILE, ended(True, final_answer=HOSTILE)), ("x", ended(False, error=HOSTILE))]).to_html()
    assert "<script" not in page
    assert "\x1b" not in page
    with pytest.raises(ValidationError, match="reports has 'javascript:x'"):
        batch_report([], reports={"x": "javascript:x"})


def test_what_a_policy_has_decided_stands_with_each_task() -> None:
    told = {"say": "", "why": "no undo"}
    decided = {"decision": "ask", "rule": "rule 1", "kind": "confirmation", "question": "Post <it>?", **told}
    page = batch_report([("a", ended(True, decisions=[decided])), ("b", ended(True))])
    assert page.to_html().count("<td>Post &lt;it&gt;?</td><td>ask</td><td>rule 1</td><td>no undo</td>") == 1
    assert "- ask (rule 1): Post <it>?: no undo" in page.to_markdown()
    assert [row["decisions"] for row in page.to_dict()["rows"]] == [[decided], []]
