"""Reports: what a page holds, that nothing of the service runs or loads in it, and how a real browser shows it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from wyseos.generated.events import event_from_dict
from wyseos.generated.models import ProductReport
from wyseos.mate import Client, TaskExecutionOptions, TaskResult, ValidationError
from wyseos.mate.emulator import Emulator
from wyseos.mate.reports import SessionReport, pages, product_report, result_report, session_report
from wyseos.mate.reports.pages import is_link, markdown
from wyseos.mate.reports.session import clock
from wyseos.mate.tasks.result import ResultFile

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
HOSTILE = "\"><script>document.title='taken'</script><img src=x onerror=alert(1)>\x1b[2J\u202e"


@pytest.fixture
def client(wyseos_emulator: Emulator) -> Iterator[Client]:
    with Client(base_url=wyseos_emulator.base_url, api_key=wyseos_emulator.api_key) as client:
        yield client


def of_session(client: Client, task: str = "Compare lanterns", **more: Any) -> SessionReport:
    return session_report(client, client.run(task, confirm="approve", **more).session_id)


def hostile() -> SessionReport:
    """A report whose every text comes from somebody who means harm."""
    told: list[dict[str, Any]] = [
        {
            "type": "plan",
            "message": {"type": "create_plan", "data": [{"id": "1", "title": HOSTILE, "status": HOSTILE}]},
        },
        {"type": "text", "content": HOSTILE, "source": HOSTILE, "created_at": "2026-01-01T00:00:00Z"},
        {"type": "input", "content": HOSTILE},
        {"type": "text", "content": HOSTILE, "source_component": "user"},
        {"type": "rich", "message": {"type": "search", "data": [{"title": HOSTILE, "link": "javascript:alert(1)"}]}},
        {"type": "rich", "message": {"type": "browser", "data": {"text": HOSTILE, "screenshot": PNG}}},
        {"type": "rich", "message": {"type": "browser", "data": {"screenshot": '"onerror="alert(1)'}}},
    ]
    result = TaskResult(
        success=True,
        final_answer=f"{HOSTILE}\n\n[here](javascript:alert(1)) [there](data:text/html,x) <b>bold</b> ![p](https://x/p.png)",
        files=[ResultFile(HOSTILE, "javascript:alert(1)"), ResultFile("a", "https://f.example/a")],
        drafts=[{"draft_id": "d", "content": HOSTILE}],
        replies=[{"tweet": HOSTILE, "reply": HOSTILE, "username": HOSTILE}],
        session_id="s1",
    )
    return result_report(result, title=HOSTILE, events=map(event_from_dict, told))


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


def test_a_page_is_written_by_the_kind_of_its_name(client: Client, tmp_path: Path) -> None:
    report = of_session(client)
    for name, start in (("r.html", "<!doctype html>"), ("r.md", "# Compare lanterns\n"), ("a/r.json", "{")):
        place = report.save(tmp_path / name)
        assert place.read_text("utf-8").startswith(start)
    assert json.loads((tmp_path / "a/r.json").read_text("utf-8"))["session_id"] == report.session_id
    with pytest.raises(ValidationError, match=r"give one of \.html"):
        report.save(tmp_path / "r.pdf")


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


def test_a_product_report_is_a_page(tmp_path: Path) -> None:
    source = {
        "report_id": "r1",
        "product_name": "Lantern <1>",
        "target_description": "For campers",
        "keywords": ["light", HOSTILE],
        "recommended_campaigns": [{"name": "Show it", "description": "At night"}],
        "related_links": ["https://example.com/x", "javascript:alert(1)"],
        "taxonomy": [{"level_1": {"id": 1, "name": {"en": "Retail"}}, "level_2": {"id": 2, "name": {"zh": "灯"}}}],
    }
    page = product_report(ProductReport.from_dict(source))
    html = page.to_html()
    for words in ("Lantern &lt;1&gt;", "For campers", "Show it", "Retail › 灯", 'href="https://example.com/x"'):
        assert words in html
    assert "<script" not in html
    assert 'href="javascript' not in html
    assert "## Industries\n\n- Retail › 灯" in page.to_markdown()
    assert json.loads(page.to_json()) == source
    assert "Lantern &lt;1&gt;" in page.to_fragment()
    assert "<h1>" in product_report(ProductReport.from_dict({"report_id": "r2"})).to_html()


def test_times_are_written_for_people() -> None:
    assert [clock(seconds) for seconds in (0.04, 59.94, 60, 185, 7_800)] == [
        "0.0 s", "59.9 s", "1 min 00 s", "3 min 05 s", "2 h 10 min",
    ]  # fmt: skip


# ---- that it is safe


def test_nothing_of_the_service_runs_or_loads() -> None:
    page = hostile().to_html()
    assert "<script" not in page
    assert re.findall(r"<img src=(?!\"data:image/png;base64,)", page.replace("&lt;img", "")) == [
        "<img src="
    ]  # one remote picture of the answer, which the policy does not load
    assert 'href="javascript' not in page
    assert 'href="data' not in page
    assert "<b>bold</b>" not in page
    assert "\x1b" not in page
    [policy] = re.findall(r'content="(default[^"]*)"', page)
    assert unescape(policy).startswith("default-src 'none'; img-src data:; style-src 'sha256-")
    assert "unsafe" not in policy


@pytest.mark.parametrize("url", ["javascript:x", "JAVASCRIPT:x", " javascript:x", "data:x", "vbscript:x", "/x"])
def test_a_page_links_to_the_web_alone(url: str) -> None:
    assert not is_link(url)
    assert not is_link(None)
    assert "<a " not in markdown(f"[x]({url})")


@pytest.mark.skipif(BROWSER is None, reason="no chromium is installed")
def test_a_browser_shows_it_and_nothing_of_the_service_ran(tmp_path: Path) -> None:
    place = hostile().save(tmp_path / "r.html")
    command = [str(BROWSER), "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
    options = [f"--user-data-dir={tmp_path}/b", "--virtual-time-budget=2000", "--dump-dom", place.as_uri()]
    shown = subprocess.run([*command, *options], capture_output=True, text=True, timeout=250, check=True).stdout
    assert "<title>taken" not in shown
    assert "&lt;script&gt;" in shown
    assert shown.count("<figure ") == 1


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


def test_without_its_libraries_it_says_what_to_install(tmp_path: Path) -> None:
    for name in ("jinja2", "markdown_it"):
        (tmp_path / f"{name}.py").write_text(f"raise ModuleNotFoundError('no {name}', name='{name}')", "utf-8")
    program = (
        "from wyseos.mate import TaskResult, ConfigError\n"
        "result = TaskResult(success=True, final_answer='42')\n"
        "assert '42' in result.to_markdown() and result._repr_html_() is None\n"
        "try: result.to_html()\n"
        "except ConfigError as error: print(error.message)\n"
    )
    command = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n{program}"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=250, check=False)
    assert (done.stdout, done.stderr) == (
        "A report cannot be written: jinja2 is not installed; it comes with: pip install 'wyseos-sdk[reports]'\n",
        "",
    )


def test_a_notebook_without_its_libraries_shows_the_plain_form(monkeypatch: pytest.MonkeyPatch) -> None:
    pages._markdown.cache_clear()
    monkeypatch.setitem(sys.modules, "markdown_it", None)
    assert TaskResult(success=True, final_answer="42")._repr_html_() is None
