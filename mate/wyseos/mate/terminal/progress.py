"""Bars and lines that show how far something is, on standard error, and only where that is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from wyseos.mate.terminal.screen import can_move_cursor, console_for
from wyseos.mate.terminal.suspension import giving_way
from wyseos.mate.terminal.text import one_line


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[[int, int | None], None]]:
    """Show how many bytes are done.

    Args:
        label: what is being done.

    Returns:
        A function to be called with the bytes done and the bytes in all, None where that is not known.
    """
    if not can_move_cursor(sys.stderr):
        yield lambda done, total: None
        return
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, console=console_for(sys.stderr), transient=True) as bar, giving_way(lambda: _stopped(bar)):
        task = bar.add_task(one_line(label, 50).replace("[", "\\["), total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


@contextmanager
def status_line(label: str) -> Iterator[Callable[[str], None]]:
    """Show what is being waited for.

    Returns:
        A function to be called with the latest state, in words.
    """
    if not can_move_cursor(sys.stderr):
        yield lambda state: print(f"{label}: {one_line(state)}", file=sys.stderr)
        return
    from rich.text import Text

    with console_for(sys.stderr).status(Text(one_line(label))) as status, giving_way(lambda: _stopped(status)):
        yield lambda state: status.update(Text(f"{one_line(label)}: {one_line(state)}"))


@contextmanager
def _stopped(drawn: Any) -> Iterator[None]:
    drawn.stop()
    try:
        yield
    finally:
        drawn.start()
