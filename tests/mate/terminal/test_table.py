"""A table on a terminal: ids whole, times short, and no line longer than the screen."""

from __future__ import annotations

import io
import time
from typing import Any

import pytest
from rich.console import Console

from wyseos.mate.terminal.table import fitted, table_of

ROWS: list[dict[str, Any]] = [
    {"session_id": "session_629fd82c07cd", "title": "Compare three solar lanterns " * 4, "status": "complete"},
    {"session_id": "session_7c6582e2e662", "title": "灯笼", "status": None, "started_at": "2026-01-02T03:04:05.678Z"},
]


def shown(width: int, *columns: str) -> list[str]:
    screen = io.StringIO()
    Console(file=screen, width=width, color_system=None).print(table_of(ROWS, columns, width))
    return [line.rstrip() for line in screen.getvalue().splitlines()]


def test_the_widest_column_gives_way_and_ids_stay_whole() -> None:
    assert shown(60, "session_id", "title", "status") == [
        "SESSION_ID            TITLE                         STATUS",
        "session_629fd82c07cd  Compare three solar lantern…  complete",
        "session_7c6582e2e662  灯笼",
    ]


def test_what_does_not_fit_at_all_is_left_out_from_the_end() -> None:
    assert shown(24, "session_id", "title", "status")[0] == "SESSION_ID"


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="a zone of one's own is POSIX's")
def test_times_are_those_of_this_machines_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC-2")
    time.tzset()
    try:
        assert "2026-01-02 05:04:05" in shown(60, "session_id", "started_at")[2]
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize("width", range(1, 120))
def test_no_table_is_wider_than_there_is_room_for_but_for_one_id(width: int) -> None:
    widths = fitted([20, 100, 9, 30], [True, False, False, False], width)
    assert sum(widths) + 2 * (len(widths) - 1) <= max(width, 20)
    assert widths[0] == 20
