"""What a shell completes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mate.cli.running import wyse
from wyseos.mate.emulator import Emulator


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's state folder of this test's own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state"


def test_ids_are_completed_from_the_last_sessions(wyseos_emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
    assert wyse("run", "Compare", emulator=wyseos_emulator).returncode == 0
    monkeypatch.setenv("_WYSE_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "wyse attach ")
    monkeypatch.setenv("COMP_CWORD", "2")
    assert wyse().stdout == f"plain,{next(iter(wyseos_emulator.sessions))}\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_its_completion(shell: str) -> None:
    done = wyse("completion", shell)
    assert (done.returncode, "_WYSE_COMPLETE" in done.stdout) == (0, True)


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("wyse se", ["sessions"]),
        ("wyse run --mo", ["--mode"]),
        ("wyse run x --scenario fai", ["failure"]),
        ("wyse api GET /team", ["/team/lists", "/team/info/{team_id}"]),
        ("wyse product a", ["analyze"]),
    ],
)
def test_a_word_is_completed(typed: str, completed: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_WYSE_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", typed)
    monkeypatch.setenv("COMP_CWORD", str(len(typed.split()) - 1))
    assert [line.partition(",")[2] for line in wyse().stdout.splitlines()] == completed
