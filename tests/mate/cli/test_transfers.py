"""Files on their way."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mate.cli.running import rows, wyse
from wyseos.mate.emulator import Emulator


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's state folder of this test's own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state"


def test_files_are_uploaded(wyseos_emulator: Emulator, tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text("x", "utf-8")
    found = rows(wyse("upload", str(tmp_path / "a.md"), str(tmp_path / "b.md"), "--json", emulator=wyseos_emulator))
    assert [row["file_name"] for row in found] == ["a.md", "b.md"]
