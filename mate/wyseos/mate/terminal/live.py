"""The live view of a task in a terminal: a plan that ticks, the current step, the latest lines, a page at the end.

Only the live part is ever drawn over. What has scrolled above it, questions and answers among it, is left alone: each
time somebody is asked, the live part is taken away, and a new one begins below.
"""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, Self

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.padding import Padding
from rich.panel import Panel
from rich.progress_bar import ProgressBar
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text

from wyseos.generated.models import FollowUpSuggestionEvent
from wyseos.mate.terminal.end_page import end_page, plan_tree
from wyseos.mate.terminal.keyboard import keys_unheard
from wyseos.mate.terminal.screen import is_ascii_only
from wyseos.mate.terminal.summaries import Summary, summary_of
from wyseos.mate.terminal.suspension import drawn
from wyseos.mate.terminal.text import one_line, plain, without_marks
from wyseos.runtime.clock import monotonic

if TYPE_CHECKING:
    from wyseos.mate.plan import Plan
    from wyseos.mate.tasks.protocol.events import TaskEvent
    from wyseos.mate.tasks.protocol.questions import Question
    from wyseos.mate.tasks.result import TaskResult

_SHOWN_LINES = 6
_CLOSED = ("done", "skip", "error")
# Header and bar, and two lines that stay free: what fills a screen scrolls, and could not be taken away again.
_FRAME_LINES = 4


class LiveView:
    """Shows a task as it goes.

    Args:
        console: the terminal.
        task: what was asked for.
        session_id: the session.
    """

    def __init__(self, console: Console, task: str, session_id: str) -> None:
        self._console = console
        self._task = one_line(task)
        self._session_id = session_id
        self._plan: Plan | None = None
        self._lines: deque[Summary] = deque(maxlen=_SHOWN_LINES)
        self._said = ""
        self._asked = ""  # what is answered without anybody being asked here
        self._next: list[str] = []
        self._ascii = is_ascii_only(console.file)  # type: ignore[arg-type]  # rich types it IO[str]; ours is sys.stdout
        self.tokens = 0
        """What the session used so far, as far as that is told."""
        self._spinner = Spinner("line" if self._ascii else "dots", style="cyan")
        self._began = monotonic()
        self._live: Live | None = None
        # How many have the screen now: who comes before and after us, a person who is asked, a shell at Ctrl-Z.
        self._others = 1
        self._changes = Lock()
        self._keys = keys_unheard(sys.stdin)

    def __enter__(self) -> Self:
        self._drawn = drawn(self._take_screen, self._give_screen)
        self._drawn.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._drawn.__exit__(None, None, None)

    # ---- what is told

    def show(self, event: TaskEvent, plan: Plan | None) -> None:
        """Take the event and the plan as it stands into what is shown; the screen follows by itself."""
        self._plan = plan
        if isinstance(event, FollowUpSuggestionEvent):
            self._next = [said.content for said in event.message.data or () if said.content] if event.message else []
            return
        summary = summary_of(event)
        if summary is not None and summary.label == "question":
            self._asked = summary.text
        if summary is None or summary.label in ("result", "step", "plan", "question"):
            return
        if summary.label == "text":
            self._said = without_marks(summary.text)
        else:
            self._lines.append(summary)

    def note(self, summary: Summary) -> None:
        """Print a line of our own, which stays."""
        asked, self._asked = self._asked, ""
        line = Text.assemble((f"{summary.label}: ", "dim"), summary.text)
        if summary.label == "answer" and asked:
            line = Text.assemble((f"{asked} ", "dim"), summary.text)
        with self.standing_aside():
            self._console.print(line)

    @contextmanager
    def asking(self, question: Question, subject: str) -> Iterator[None]:
        """Print what is asked about and the question; they stay."""
        self._asked = ""
        with self.standing_aside():
            if subject:
                self._console.print(Panel(Text(subject), title="this is about", title_align="left", border_style="dim"))
            self._console.print(Text.assemble(("? ", "bold yellow"), (plain(question.text), "bold")))
            yield

    @contextmanager
    def standing_aside(self) -> Iterator[None]:
        """Take the live part away, and begin a new one below what was printed meanwhile."""
        self._give_screen()
        try:
            yield
        except KeyboardInterrupt:
            self._console.print()  # below the ^C
            raise
        finally:
            self._take_screen()

    def say(self, text: str) -> None:
        """Print a line; it stays."""
        with self.standing_aside():
            self._console.print(Text(plain(text)))

    def finish(self, result: TaskResult, saved: dict[str, str]) -> None:
        """Print how it ended as a page that stays."""
        self.leave_page(result, saved)

    def leave_page(self, result: TaskResult, saved: dict[str, str], *, is_over: bool = True) -> None:
        """Print what came of it as a page that stays; also of a session that goes on, with `is_over=False`."""
        self._give_screen()  # for good: the page stays
        page = end_page(
            self._task, result, self._plan, saved, self._next, ascii_only=self._ascii, is_over=is_over
        )  # fmt: skip
        self._console.print(page)

    # ---- the live part

    def _take_screen(self) -> None:
        with self._changes:
            self._others -= 1
            if self._others == 0:
                self._draw()

    def _give_screen(self) -> None:
        with self._changes:
            self._others += 1
            live, self._live = self._live, None
            if live is not None:
                live.stop()
                self._keys.stop()

    def _draw(self) -> None:
        # A new one each time: an old one remembers its height, and would clear as many lines above it.
        self._keys.start()
        self._live = Live(
            get_renderable=self._render,
            console=self._console,
            refresh_per_second=10,
            transient=True,
            redirect_stderr=sys.stderr.isatty(),
        )
        self._live.start()

    def _render(self) -> RenderableType:
        left = max(self._console.height - _FRAME_LINES, 2)
        # Air between the blocks, where there is room for them and for it.
        air: list[RenderableType] = [""] if left > _SHOWN_LINES + self._plan_lines() + 5 else []
        parts: list[RenderableType] = [*air, self._header()]
        if self._plan is not None:
            parts += [self._bar(self._plan), *air]
            most = max(left - min(len(self._lines) + 1, left // 2), 2)
            tree, height = plan_tree(self._plan, ascii_only=self._ascii, most=most, spinner=self._spinner)
            parts += [tree, *air]
            left -= height
        if self._said and left > 0:
            said = Text(self._said, no_wrap=True, overflow="ellipsis", style="italic")
            parts += [Padding(said, (0, 0, 0, 2)), *air]
            left -= 1
        if left > 0:
            parts.append(self._activity(left))
        return Group(*parts)

    def _plan_lines(self) -> int:
        return 0 if self._plan is None else len(list(self._plan.walk()))

    def _header(self) -> RenderableType:
        grid = Table.grid(expand=True, padding=(0, 1))
        grid.add_column(width=1)
        grid.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
        grid.add_column(justify="right", no_wrap=True)
        told = [f"{self.tokens:,} tokens"] if self.tokens else []
        told.append(_clock(monotonic() - self._began))
        grid.add_row(self._spinner, Text(self._task, style="bold"), Text("  ".join(told), style="dim"))
        return grid

    def _bar(self, plan: Plan) -> RenderableType:
        leaves = [step for _, step in plan.walk() if not step.steps]
        done = sum(step.status in _CLOSED for step in leaves)
        grid = Table.grid(padding=(0, 1))
        width = max(10, min(40, self._console.width - 20))
        bar = ProgressBar(
            total=max(len(leaves), 1), completed=done, width=width, complete_style="cyan", finished_style="green"
        )
        grid.add_row(bar, Text(f"{done} of {len(leaves)} steps", style="dim"))
        return Padding(grid, (0, 0, 0, 2))

    def _activity(self, most: int) -> RenderableType:
        grid = Table.grid(padding=(0, 1), expand=True)
        grid.add_column(width=9, style="cyan", no_wrap=True)
        grid.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
        for summary in list(self._lines)[-most:]:
            grid.add_row(summary.label, Text(summary.text))
        return Padding(grid, (0, 0, 0, 2))


def _clock(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 60 else f"{seconds // 60:.0f} min {seconds % 60:02.0f} s"
