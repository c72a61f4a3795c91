"""The page that stays in the terminal after a task: title, plan, outcome, files and next steps, also for a failure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.constrain import Constrain
from rich.markdown import Markdown
from rich.padding import Padding
from rich.panel import Panel
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from wyseos.mate.terminal.marks import step_mark
from wyseos.mate.terminal.text import one_line, plain

if TYPE_CHECKING:
    from wyseos.generated.models import PlanStep
    from wyseos.mate.plan import Plan
    from wyseos.mate.tasks.result import TaskResult

_WIDEST = 100
"""Columns of the answer on a wide screen: longer lines are hard to read."""


def end_page(
    title: str,
    result: TaskResult,
    plan: Plan | None,
    saved: dict[str, str],
    next_steps: Sequence[str],
    *,
    ascii_only: bool,
    is_over: bool = True,
) -> RenderableType:
    """Make the page.

    Args:
        title: what was asked for.
        result: how it ended.
        plan: the plan as it was at the end.
        saved: the path of each file that was saved, by its URL.
        next_steps: what could follow; empty where nothing was suggested.
        ascii_only: whether signs beyond ASCII would be lost.
        is_over: whether the session has ended; else this is what came of it so far.
    """
    parts: list[RenderableType] = ["", Text(title, style="bold")]
    if plan is not None:
        parts += ["", plan_tree(plan, ascii_only=ascii_only)[0]]
    parts += ["", _outcome(result) if is_over else Text("  at work", style="cyan")]
    if result.files:
        parts += ["", Text("Files", style="bold"), _files(result, saved)]
    if next_steps:
        parts += ["", Text("What could follow", style="bold"), _list(next_steps, ascii_only)]
    parts += ["", Text(_counts(result), style="dim")]
    return Group(*parts)


def plan_tree(
    plan: Plan, *, ascii_only: bool, most: int | None = None, spinner: Spinner | None = None
) -> tuple[RenderableType, int]:
    """Draw a plan.

    Args:
        plan: the plan.
        ascii_only: whether signs beyond ASCII would be lost.
        most: the most lines; the rest is told as a number. Steps near the one at work are kept.
        spinner: turns beside the step at work.

    Returns:
        The drawing, and how many lines it takes.
    """
    steps = list(plan.walk())
    shown = len(steps) if most is None or len(steps) <= most else most - 1  # one line tells how many are left out
    first, last = _window([step for _, step in steps], shown)
    root = Tree("", guide_style="dim", hide_root=True)
    parents = [root]
    for depth, step in steps[first:last]:
        place = min(depth, len(parents) - 1)
        del parents[place + 1 :]
        parents.append(parents[place].add(_step(step, ascii_only, spinner)))
    rows: list[RenderableType] = [root]
    if first or last < len(steps):
        rows.append(Text(_left_out(first, len(steps) - last, ascii_only), style="dim"))
    return Padding(Group(*rows), (0, 0, 0, 2)), last - first + len(rows) - 1


def _left_out(before: int, after: int, ascii_only: bool) -> str:
    told = [f"{count} {where}" for count, where in ((before, "before"), (after, "after")) if count]
    return f"{'...' if ascii_only else '…'} {', '.join(told)}"


def _window(steps: list[PlanStep], most: int) -> tuple[int, int]:
    """Return which steps are shown where not all can be: those around the first that is not closed."""
    if len(steps) <= most:
        return 0, len(steps)
    at = next(
        (place for place, step in enumerate(steps) if step.status in (None, "", "not_started", "in_progress")),
        len(steps),
    )
    first = max(0, min(at - 1, len(steps) - most))
    return first, first + most


def _step(step: PlanStep, ascii_only: bool, spinner: Spinner | None) -> RenderableType:
    label = Text(one_line(step.title or step.id or ""), no_wrap=True, overflow="ellipsis")
    if step.status == "in_progress" and spinner is not None:
        grid = Table.grid(padding=(0, 1))
        grid.add_row(spinner, label)
        return grid
    mark = step_mark(step.status)
    return Text.assemble(
        (f"{mark.shown(ascii_only=ascii_only)} ", mark.style), label, no_wrap=True, overflow="ellipsis"
    )


def _outcome(result: TaskResult) -> RenderableType:
    if not result.success:
        return Panel(
            Text(plain(result.error or "unknown error")), title="failed", title_align="left", border_style="red"
        )
    # No hyperlinks: an escape sequence of ours around the service's address would still be the service's link.
    body = Markdown(plain(result.final_answer), hyperlinks=False)
    panel = Panel(body, title="result", title_align="left", border_style="green", padding=(1, 2))
    return Constrain(panel, _WIDEST)


def _files(result: TaskResult, saved: dict[str, str]) -> RenderableType:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for file in result.files:
        grid.add_row(Text(f"  {one_line(file.name)}"), Text(one_line(saved.get(file.url) or file.url)))
    return grid


def _list(lines: Sequence[str], ascii_only: bool) -> RenderableType:
    grid = Table.grid(padding=(0, 1))
    for line in lines:
        grid.add_row(Text("  -" if ascii_only else "  →", style="dim"), Text(one_line(line)))
    return grid


def _counts(result: TaskResult) -> str:
    messages = f"{result.message_count} message{'' if result.message_count == 1 else 's'}"
    told = [f"{messages} in {result.session_duration:.1f} s"]
    if usage := result.known_usage:
        told.append(f"{usage.total_tokens:,} tokens")
        told += [] if usage.credits is None else [f"{usage.credits:g} credits"]
    return ", ".join([*told, f"session {result.session_id}"])
