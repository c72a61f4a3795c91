"""The sessions that were started here."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.mate.cli.running import rows, wyse
from wyseos.mate.emulator import Emulator


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's state folder of this test's own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state"


def test_sessions_that_were_started_here_are_remembered_without_their_content(
    wyseos_emulator: Emulator, state: Path
) -> None:
    assert wyse("run", "Compare three lanterns\nand more", emulator=wyseos_emulator).returncode == 0
    session_id = next(iter(wyseos_emulator.sessions))
    [row] = rows(wyse("sessions", "--json", emulator=wyseos_emulator))
    assert (row["session_id"], row["title"]) == (session_id, "Compare three lanterns and more")
    file = state / "wyseos" / "sessions.jsonl"
    assert "What is known" not in file.read_text("utf-8")
    if os.name == "posix":
        assert file.stat().st_mode & 0o777 == 0o600
    assert rows(wyse("sessions", "--current", "--json", emulator=wyseos_emulator)) == []
    assert wyse("rename", session_id, "Other", emulator=wyseos_emulator).returncode == 0
    assert rows(wyse("sessions", "--json", emulator=wyseos_emulator))[0]["title"] == "Other"
