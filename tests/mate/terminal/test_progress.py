"""How far something is, shown only where a terminal can draw it."""

from __future__ import annotations

import pytest

from wyseos.mate.terminal.progress import progress_bar, status_line


def test_without_a_terminal_no_bar_is_drawn(capsys: pytest.CaptureFixture[str]) -> None:
    with progress_bar("a.pdf") as advance:
        advance(10, 20)
    assert capsys.readouterr() == ("", "")


def test_without_a_terminal_a_state_is_a_line_that_cannot_move_the_cursor(capsys: pytest.CaptureFixture[str]) -> None:
    with status_line("Analysing") as show:
        show("half\x1b[2J\nway")
    out, err = capsys.readouterr()
    assert (out, err.count("\n"), "\x1b" in err) == ("", 1, False)
    assert err.startswith("Analysing: half")
