"""Which of the received events go on to the task, and in which order. Pure: no socket, no clock.

A message is known by its id; a chunk of a stream by its id, chunk id and index, as chunks may share a message's id.
After a reconnect live events are held back until the history of the missed time is in; then come the missed events in
the order of the history, then what is only live, in the order in which it came (fault rows 18, 19, 22 and 23).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wyseos.generated.events import Event

# Ids older than so many messages are forgotten: a double that late has never been seen, and memory has an end.
REMEMBERED = 10_000


class Line:
    """The memory of one task's line, kept over all its connections.

    Args:
        after: the id of a message that was already seen, in this process or another; the line goes on after it.
    """

    __slots__ = ("_held", "_holding", "_order", "_seen", "cursor", "doubles")

    def __init__(self, after: str | None = None) -> None:
        self.cursor = after
        """The id of the last message passed on."""
        self.doubles = 0
        self._seen: set[Any] = set() if after is None else {after}
        self._order: deque[Any] = deque(self._seen)
        self._held: list[Event] = []
        self._holding = False

    def hold(self) -> None:
        """Begins to hold live events back; those already held stay so (fault row 19)."""
        self._holding = True

    @property
    def is_holding(self) -> bool:
        """Whether live events are held back."""
        return self._holding

    def live(self, events: Iterable[Event]) -> list[Event]:
        """Takes events as they come from the socket, and returns those to be passed on now."""
        if self._holding:
            self._held.extend(events)
            return []
        return self._fresh(events)

    def release(self, history: Iterable[Event]) -> list[Event]:
        """Ends the holding back, and returns the missed events and then the held ones, each once."""
        self._holding = False
        held, self._held = self._held, []
        return self._fresh([*history, *held])

    def knows(self, event: Event) -> bool:
        """Tells whether the event was passed on before."""
        return key_of(event) in self._seen

    def _fresh(self, events: Iterable[Event]) -> list[Event]:
        seen = self._seen
        fresh = []
        for event in events:
            key = key_of(event)
            if key is not None:
                if key in seen:
                    self.doubles += 1
                    continue
                seen.add(key)
                self._order.append(key)
                self.cursor = event.message_id or self.cursor
            fresh.append(event)
        self._forget()
        return fresh

    def _forget(self) -> None:
        while len(self._order) > REMEMBERED:
            self._seen.discard(self._order.popleft())


def key_of(event: Event) -> Any:
    """Returns what an event is known by, None for one without an id: it can't be told from a double."""
    return event.message_id if event.chunk_id is None else (event.message_id, event.chunk_id, event.chunk_index)


def is_own(event: Event) -> bool:
    """Tells a message of the user: the history has them, the live line does not, so that they are not delivered."""
    return event.source_component == "user"
