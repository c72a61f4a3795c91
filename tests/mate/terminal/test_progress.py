"""How far something is, shown only where a terminal can draw it."""

from __future__ import annotations

import io
import threading

import pytest

from wyseos.mate.terminal.progress import items_bar, progress_bar, status_line


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


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_batchs_bar_counts_by_itself_and_shows_where_it_came_to(monkeypatch: pytest.MonkeyPatch) -> None:
    screen, looked = Screen(), threading.Event()
    counts = {"done": 1, "running": 3, "asking": 1, "failed": 1}

    def look() -> dict[str, int]:
        looked.set()
        return counts

    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    with items_bar("tasks.jsonl [red]", look):
        assert looked.wait(60)
        counts |= {"done": 4, "running": 0}
    drawn = screen.getvalue()
    assert "tasks.jsonl [red]" in drawn
    last = drawn[drawn.rindex("tasks.jsonl") :]
    assert ("5/6" in last, "4 done, 1 waiting for an answer, 1 failed" in last) == (True, True)


def test_without_a_terminal_a_batchs_bar_looks_at_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with items_bar("tasks.jsonl", lambda: pytest.fail("it looked")):
        pass
    assert capsys.readouterr() == ("", "")
