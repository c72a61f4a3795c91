"""Commands about sessions."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mate.cli.running import rows, wyse
from wyseos.mate import Client
from wyseos.mate.emulator import Emulator


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's state folder of this test's own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state"


# ---- sessions


def test_a_session_is_looked_at_renamed_and_stopped(wyseos_emulator: Emulator, client: Client) -> None:
    task = client.start("Compare", options=None, confirm="ask")
    with task:
        next(event for event in task if event.type == "plan")
        session_id = task.session_id
        assert wyse("rename", session_id, "Lanterns", emulator=wyseos_emulator).returncode == 0
        assert client.session.get_info(session_id).name == "Lanterns"
        stopped = wyse("stop", session_id, emulator=wyseos_emulator)
        assert (stopped.returncode, stopped.stdout) == (0, "")
    assert client.session.get_info(session_id).status in ("stopped", "complete")


def test_what_a_session_said_and_made_is_listed(wyseos_emulator: Emulator, client: Client, tmp_path: Path) -> None:
    session_id = client.run("Compare", confirm="approve").session_id

    shown = wyse("show", session_id, "--fields", "session_id,status", emulator=wyseos_emulator)
    assert shown.stdout == f"session_id\t{session_id}\nstatus\tcomplete\n"
    assert len(rows(wyse("messages", session_id, "--json", "--limit", "3", emulator=wyseos_emulator))) == 3
    [file] = rows(wyse("files", session_id, "--json", emulator=wyseos_emulator))
    assert file["name"] == "answer.md"
    saved = wyse("files", session_id, "--save", str(tmp_path), emulator=wyseos_emulator)
    assert saved.stdout == f"answer.md\t{tmp_path / 'answer.md'}\n"
    report = wyse("show", session_id, "--report", str(tmp_path / "r.md"), emulator=wyseos_emulator)
    assert report.returncode == 0
    assert (tmp_path / "r.md").read_text("utf-8").startswith("# Compare\n")


def test_marketing_data_has_a_row_a_tweet(wyseos_emulator: Emulator, client: Client) -> None:
    session_id = client.run("Promote", task_mode="marketing", confirm="approve").session_id
    found = rows(wyse("marketing", session_id, "--json", "--fields", "kind", emulator=wyseos_emulator))
    assert {row["kind"] for row in found} == {"reply", "like", "retweet", "tweet"}
    found = rows(wyse("marketing", session_id, "--type", "tweet", "--json", emulator=wyseos_emulator))
    assert {row["kind"] for row in found} == {"tweet"}
