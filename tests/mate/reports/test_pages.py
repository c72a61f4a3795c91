"""Pages as files: nothing of the service runs or loads in them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from tests.mate.reports.sessions import HOSTILE, of_session
from wyseos.generated.events import event_from_dict
from wyseos.mate import Client, TaskResult, ValidationError
from wyseos.mate.reports import SessionReport, result_report
from wyseos.mate.reports.pages import is_link, markdown
from wyseos.mate.tasks.result import ResultFile

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


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


def test_a_page_is_written_by_the_kind_of_its_name(client: Client, tmp_path: Path) -> None:
    report = of_session(client)
    for name, start in (("r.html", "<!doctype html>"), ("r.md", "# Compare lanterns\n"), ("a/r.json", "{")):
        place = report.save(tmp_path / name)
        assert place.read_text("utf-8").startswith(start)
    assert json.loads((tmp_path / "a/r.json").read_text("utf-8"))["session_id"] == report.session_id
    with pytest.raises(ValidationError, match=r"give one of \.html"):
        report.save(tmp_path / "r.pdf")


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
