"""What a person wants to see of an event, for `verbose` and the terminal. Nothing of the service's is printed raw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wyseos.generated.models import (
    BrowserEvent,
    ErrorEvent,
    FileEvent,
    FollowUpSuggestionEvent,
    InputEvent,
    PlanEvent,
    PlanStatusEvent,
    ProgressEvent,
    SearchEvent,
    TaskResultEvent,
    TextEvent,
    WarningEvent,
)
from wyseos.mate._text import one_line, plain
from wyseos.mate.plan import Plan
from wyseos.mate.tasks.local_events import Gap, StreamClosed

if TYPE_CHECKING:
    from wyseos.mate.tasks.events import TaskEvent

_WIDTH = 200


def describe(item: TaskEvent) -> str | None:
    """Returns what a person wants to see of an event, None where that is nothing."""
    text = _words(item)
    return None if text is None else plain(text)


def _words(item: TaskEvent) -> str | None:
    match item:
        case InputEvent():
            return f"? {one_line(item.content or 'an answer, please')}"
        case PlanEvent():
            return Plan(item.message.data or ()).render()
        case PlanStatusEvent(message=message) if message.data is not None:
            return f"· {message.data.title or message.data.id}: {(message.data.status or '').replace('_', ' ')}"
        case TextEvent() | TaskResultEvent():
            return item.content or None
        case ProgressEvent():
            return f"… {one_line(item.content or '', _WIDTH)}"
        case WarningEvent() | ErrorEvent():
            return f"! {one_line(item.error or item.content or '', _WIDTH)}"
        case Gap():
            return f"! messages are missing here: {one_line(item.reason, _WIDTH)}"
        case StreamClosed():
            return f"· {item.stream} is complete"
        case _:
            return _rich_words(item)


def _rich_words(event: TaskEvent) -> str | None:
    match event:
        case BrowserEvent(message=message) if message.data is not None:
            return "· browser: " + one_line(f"{message.data.action or ''} {message.data.url or ''}", _WIDTH)
        case SearchEvent(message=message):
            return f"· search: {len(message.data or ())} hits"
        case FileEvent(message=message):
            return "· files: " + ", ".join(one_line(file.file_name or "") for file in message.data or ())
        case FollowUpSuggestionEvent(message=message):
            return "→ " + "; ".join(one_line(suggestion.content or "") for suggestion in message.data or ())
        case _:
            return None
