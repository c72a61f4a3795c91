"""Words for people about an event, for `verbose` and the terminal. Nothing of the service's is printed raw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wyseos.generated.models import PlanEvent, TaskResultEvent, TextEvent
from wyseos.mate.plan import Plan
from wyseos.mate.terminal.summaries import line_of
from wyseos.mate.terminal.text import plain

if TYPE_CHECKING:
    from wyseos.mate.tasks.protocol.events import TaskEvent

# What stands before a line instead of its label.
_MARKS = {"question": "?", "progress": "…", "warning": "!", "error": "!", "gap": "!", "next": "→", "step": "·"}


def describe(item: TaskEvent) -> str | None:
    """Returns what a person wants to see of an event, None where that is nothing.

    A plan is a tree, and what the agents say keeps its lines; all else is one line.
    """
    if isinstance(item, PlanEvent):
        return Plan(item.message.data or ()).render()
    if isinstance(item, TextEvent | TaskResultEvent):
        return plain(item.content) if item.content else None
    line = line_of(item)
    if line is None:
        return None
    mark = _MARKS.get(line.label, f"· {line.label}:")
    return f"{mark} {line.text}"
