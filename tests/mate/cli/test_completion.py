"""What a shell completes: commands, options, scenarios, paths of endpoints, sessions."""

from __future__ import annotations

import pytest

from tests.mate.cli.test_app import wyse


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
