"""How the missed events are read from the history: a flow that yields pages to fetch and is sent them.

The newest messages come first, page by page, until one is met that was passed on before. New messages may arrive
while pages are read: they push older ones onto later pages, so that some come twice and none is skipped.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

import attrs

from wyseos.generated.models import MessagePage

if TYPE_CHECKING:
    from wyseos.generated.events import Event
    from wyseos.mate.tasks.protocol.delivery import Line

PAGE_SIZE = 20
"""Messages asked for at a time: few, since each may hold a screenshot of several MB."""


@attrs.frozen
class PageRequest:
    """Fetch this page of the session's messages, the newest first."""

    page_num: int
    page_size: int = PAGE_SIZE


@attrs.frozen
class Missed:
    """What the history told: the missed events, oldest first; what stood before them; whether the two meet.

    `before` holds the already seen events that came along, oldest first. `complete` is False where the history does not
    reach back to what was seen last.
    """

    events: list[Event]
    before: list[Event]
    complete: bool


def missed_events(line: Line) -> Generator[PageRequest, MessagePage, Missed]:
    """Reads back from the newest message to the last one that the line passed on."""
    from wyseos.generated.events import event_from_dict

    newest_first: list[Event] = []
    number = 1
    while True:
        page = yield PageRequest(number)
        events = [event_from_dict(row.to_dict()) for row in page.data or ()]
        newest_first.extend(events)
        if len(events) < PAGE_SIZE or any(map(line.knows, events)):
            break
        number += 1
    newest_first.reverse()
    return _split(line, newest_first)


def _split(line: Line, history: list[Event]) -> Missed:
    known = [index for index, event in enumerate(history) if line.knows(event)]
    cut = known[-1] + 1 if known else 0
    return Missed(events=history[cut:], before=history[:cut], complete=bool(known) or line.cursor is None)
