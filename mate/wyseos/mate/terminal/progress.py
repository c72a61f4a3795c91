"""Bars and lines that show how far something is, on standard error, and only where that is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from wyseos.mate.terminal.screen import can_move_cursor, console_for
from wyseos.mate.terminal.suspension import drawn
from wyseos.mate.terminal.text import one_line

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.progress import Progress, Task


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
    bar = Progress(*columns, console=console_for(sys.stderr), transient=True)
    with drawn(bar.start, bar.stop):
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

    status = console_for(sys.stderr).status(Text(one_line(label)))
    with drawn(status.start, status.stop):
        yield lambda state: status.update(Text(f"{one_line(label)}: {one_line(state)}"))


@contextmanager
def items_bar(label: str, counts: Callable[[], Mapping[str, int]]) -> Iterator[None]:
    """Show how many items of a batch are in which state, how fast they come and how long it takes yet.

    Args:
        label: what is being done.
        counts: returns the number of items in each state, `done` and `failed` among them; empty where that is not
            known yet. It is asked on another thread, several times a second, also while nothing ends.
    """
    if not can_move_cursor(sys.stderr):
        yield
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    class Bar(Progress):
        """It looks at the items whenever it is drawn."""

        def get_renderables(self) -> Iterable[RenderableType]:
            known = counts()
            for task in self.tasks:
                _take_in(self, task, known)
            yield from super().get_renderables()
            yield _states(known)

    rate = TextColumn("{task.fields[rate]}")
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), rate, TimeRemainingColumn())
    bar = Bar(*columns, console=console_for(sys.stderr), refresh_per_second=4)
    with drawn(bar.start, bar.stop):
        bar.add_task(one_line(label, 30).replace("[", "\\["), total=None, rate="")
        yield


def _take_in(bar: Progress, task: Task, counts: Mapping[str, int]) -> None:
    over = counts.get("done", 0) + counts.get("failed", 0)
    rate = f"{task.speed:.1f}/s" if task.speed else ""
    bar.update(task.id, completed=over, total=sum(counts.values()) or None, rate=rate)


def _states(counts: Mapping[str, int]) -> str:
    words = {"done": "done", "running": "running", "asking": "waiting for an answer", "failed": "failed"}
    return ", ".join(f"{counts[name]} {told}" for name, told in words.items() if counts.get(name))
