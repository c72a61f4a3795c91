"""How a running task is shown: live in a terminal, plainly in a pipe."""

from __future__ import annotations

import sys
import time
from collections import deque
from collections.abc import Callable
from typing import Any, Protocol, Self

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.markdown import Markdown
from rich.panel import Panel
from rich.progress_bar import ProgressBar
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from wyseos.mate.plan import Plan, PlanStatus
from wyseos.mate.terminal.summaries import Line, line_of
from wyseos.mate.terminal.text import one_line, plain

_SHOWN_LINES = 6
_CLOSED = (PlanStatus.DONE, PlanStatus.SKIP, PlanStatus.ERROR)
_MARKS: dict[str, tuple[str, str]] = {
    PlanStatus.NOT_STARTED: ("○", "dim"),
    PlanStatus.DONE: ("✓", "green"),
    PlanStatus.SKIP: ("–", "dim"),
    PlanStatus.ERROR: ("✗", "red"),
}


class View(Protocol):
    """Something that shows a task."""

    def __enter__(self) -> Self: ...
    def __exit__(self, *_: object) -> None: ...
    def show(self, event: Any, plan: Plan | None) -> None: ...
    def note(self, line: Line) -> None: ...
    def ask(self, question: str) -> str: ...
    def finish(self, result: Any) -> None: ...


def view_for(task: str, session_id: str) -> View:
    """Choose the live view where standard output is a terminal, else the plain one."""
    console = Console()
    return LiveView(console, task, session_id) if console.is_terminal else PlainView(task, session_id)


class PlainView:
    """One line an event, `label<TAB>text`, for pipes and files; the answer comes last, as it is."""

    def __init__(self, task: str, session_id: str, write: Callable[[str], Any] = sys.stdout.write) -> None:
        self._write = write
        self.note(Line("session", session_id))
        self.note(Line("task", one_line(task)))

    def note(self, line: Line) -> None:
        """Write a line."""
        self._write(f"{line.label}\t{line.text}\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def show(self, event: Any, plan: Plan | None) -> None:
        """Write the event's line."""
        line = line_of(event)
        # The result is written once, whole, by `finish`.
        if line is not None and line.label != "result":
            self.note(line)

    def ask(self, question: str) -> str:
        """Ask on standard error, so that the output stays parseable, and read one line of standard input."""
        print(one_line(question), file=sys.stderr)
        return sys.stdin.readline().strip()

    def finish(self, result: Any) -> None:
        """Write how it ended."""
        self.note(Line("seconds", f"{result.session_duration:.1f}"))
        self.note(Line("messages", str(result.message_count)))
        if result.success:
            self.note(Line("result", one_line(result.final_answer)))
        else:
            self.note(Line("failed", one_line(result.error or "")))


class LiveView:
    """The plan as a tree that ticks off, a progress bar, the latest lines; the answer as a page at the end."""

    def __init__(self, console: Console, task: str, session_id: str) -> None:
        self._console = console
        self._task = one_line(task)
        self._session_id = session_id
        self._plan: Plan | None = None
        self._lines: deque[Line] = deque(maxlen=_SHOWN_LINES)
        self._next: Line | None = None
        self._spinner = Spinner("dots", style="cyan")
        self._begun = time.monotonic()
        self._live = Live(get_renderable=self._render, console=console, refresh_per_second=12, transient=True)

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._live.stop()

    def show(self, event: Any, plan: Plan | None) -> None:
        """Take the event and the plan as it stands into what is shown; the screen follows by itself."""
        self._plan = plan
        line = line_of(event)
        if line is None or line.label in ("result", "step", "plan"):
            return
        if line.label == "next":
            self._next = line
        else:
            self._lines.append(line)

    def note(self, line: Line) -> None:
        """Take a line of our own into what is shown."""
        self._lines.append(line)

    def ask(self, question: str) -> str:
        """Stop the live part, ask below it, and go on."""
        self._live.stop()
        try:
            self._console.print(Panel(Text(plain(question)), title="question", border_style="yellow"))
            return self._console.input("> ").strip()
        finally:
            self._live.start()

    def finish(self, result: Any) -> None:
        """Print how it ended as a page that stays."""
        self._live.stop()
        if self._plan is not None:
            self._console.print(self._tree(self._plan))
        self._console.print(self._page(result))
        if self._next is not None:
            self._console.print(Text.assemble(("You could go on with: ", "dim"), self._next.text))
        count = f"{result.message_count} messages in {result.session_duration:.1f} s"
        self._console.print(Text(f"{count}, session {self._session_id}", style="dim"))

    def _page(self, result: Any) -> Panel:
        if not result.success:
            return Panel(Text(plain(result.error or "unknown error")), title="failed", border_style="red")
        # No hyperlinks: an escape sequence of ours around the service's address would still be the service's link.
        body = Markdown(plain(result.final_answer), hyperlinks=False)
        return Panel(body, title="result", border_style="green")

    def _render(self) -> RenderableType:
        parts: list[RenderableType] = [self._header()]
        if self._plan is not None:
            parts += [self._bar(self._plan), self._tree(self._plan)]
        parts.append(self._activity())
        return Group(*parts)

    def _header(self) -> RenderableType:
        seconds = f"{time.monotonic() - self._begun:5.1f} s"
        grid = Table.grid(expand=True, padding=(0, 1))
        grid.add_column(width=1)
        grid.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
        grid.add_column(justify="right", no_wrap=True)
        grid.add_row(self._spinner, Text(self._task, style="bold"), Text(seconds, style="dim"))
        return grid

    def _bar(self, plan: Plan) -> RenderableType:
        leaves = [step for _, step in plan.walk() if not step.steps]
        done = sum(step.status in _CLOSED for step in leaves)
        grid = Table.grid(padding=(0, 1))
        grid.add_row(ProgressBar(total=max(len(leaves), 1), completed=done, width=40), f"{done} of {len(leaves)} steps")
        return grid

    def _tree(self, plan: Plan) -> Tree:
        root = Tree(Text("Plan", style="bold"), guide_style="dim")
        parents = [root]
        for depth, step in plan.walk():
            del parents[depth + 1 :]
            parents.append(parents[depth].add(self._step(step.title or step.id or "", step.status or "")))
        return root

    def _step(self, title: str, status: str) -> RenderableType:
        label = Text(one_line(title))
        if status == PlanStatus.IN_PROGRESS:
            grid = Table.grid(padding=(0, 1))
            grid.add_row(self._spinner, label)
            return grid
        mark, style = _MARKS.get(status, ("○", "dim"))
        return Text.assemble((f"{mark} ", style), label)

    def _activity(self) -> RenderableType:
        grid = Table.grid(padding=(0, 1), expand=True)
        grid.add_column(width=9, style="cyan", no_wrap=True)
        grid.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
        for line in self._lines:
            grid.add_row(line.label, Text(line.text))
        return grid
