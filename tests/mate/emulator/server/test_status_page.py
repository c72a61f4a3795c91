"""The status page, as a real browser shows it."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import httpx
import pytest

from tests.mate.emulator import outsiders
from wyseos.mate.emulator import Emulator

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
HOSTILE = "<img src=x onerror=alert(1)></script><script>document.title='taken'</script>"


def test_the_page_is_self_contained_under_a_strict_policy(emulator: Emulator) -> None:
    page = httpx.get(emulator.base_url)
    policy = page.headers["content-security-policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert re.findall(r"(?:src|href)=[\"'][^#]", page.text) == []
    assert ".innerHTML" not in page.text
    assert len(page.content) < 12_000


@pytest.fixture
def shown(emulator: Emulator, tmp_path: Path) -> str:
    """The page as it stands after the browser ran it."""
    if BROWSER is None:
        pytest.skip("no chromium is installed: the status page was not shown in a real browser")
    with outsiders.rest(emulator.base_url, emulator.api_key) as client:
        session_id = outsiders.create(client, task=HOSTILE)
        with outsiders.line(emulator.base_url, session_id, emulator.api_key) as socket:
            outsiders.start(socket, HOSTILE, scenario="rich_browser")
            list(outsiders.events(socket))
        client.get("/team/lists?size=1")
    emulator.fault("cut", frame=17)
    command = [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
    options = [f"--user-data-dir={tmp_path}", "--virtual-time-budget=2000", "--dump-dom", emulator.base_url]
    return subprocess.run([*command, *options], capture_output=True, text=True, timeout=250, check=True).stdout


def test_a_browser_shows_sessions_messages_faults_and_violations(emulator: Emulator, shown: str) -> None:
    assert 'data-ready="true"' in shown
    assert emulator.base_url in shown
    assert 'src="data:image/png;base64,iVBORw0KGgo' in shown
    assert "cut at event 17 · struck 0 of 1 times" in shown
    assert "list_teams: size: this operation has no such parameter" in shown
    assert '<span class="complete">complete</span>' in shown
    # What a session says is shown as text: nothing of it runs.
    assert "&lt;img src=x onerror=alert(1)&gt;" in shown
    assert "<title>WyseOS emulator</title>" in shown
    assert emulator.api_key not in shown
