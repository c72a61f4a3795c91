"""Words for people about an event, for `verbose` and the terminal. Nothing of the service's is printed raw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wyseos.generated.models import PlanEvent, TaskResultEvent, TextEvent
from wyseos.mate.plan import Plan
from wyseos.mate.terminal.summaries import mark_of, summary_of
from wyseos.mate.terminal.text import plain

if TYPE_CHECKING:
    from wyseos.mate.tasks.protocol.events import TaskEvent


def describe(item: TaskEvent) -> str | None:
    """Return what a person wants to see of an event, None where that is nothing.

    A plan is a tree, and what the agents say keeps its lines; all else is one line.
    """
    if isinstance(item, PlanEvent):
        return Plan(item.message.data or ()).render()
    if isinstance(item, TextEvent | TaskResultEvent):
        return plain(item.content) if item.content else None
    summary = summary_of(item)
    return None if summary is None else f"{mark_of(summary.label)} {summary.text}"
