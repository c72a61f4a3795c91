"""The states of a batch's item, as a table without I/O."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class ItemState(StrEnum):
    """Name how far an item of a batch has come."""

    WAITING = "waiting"
    CREATED = "created"
    RUNNING = "running"
    ASKING = "asking"
    DONE = "done"
    FAILED = "failed"


class ItemEvent(StrEnum):
    """Name what can happen to an item of a batch."""

    SESSION_CREATED = "session_created"
    STARTED = "started"
    ASKED = "asked"
    ANSWERED = "answered"
    FINISHED = "finished"
    FAILED = "failed"
    RETRIED = "retried"


# The session's id is journaled (CREATED) before anything is started, so that whoever takes up
# an item after a crash asks for that session instead of starting the task a second time.
# A task that was attached may have moved on unseen: it can ask or end from CREATED, too.
TRANSITIONS: Final[dict[tuple[ItemState, ItemEvent], ItemState]] = {
    (ItemState.WAITING, ItemEvent.SESSION_CREATED): ItemState.CREATED,
    (ItemState.WAITING, ItemEvent.FAILED): ItemState.FAILED,
    (ItemState.CREATED, ItemEvent.STARTED): ItemState.RUNNING,
    (ItemState.CREATED, ItemEvent.ASKED): ItemState.ASKING,
    (ItemState.CREATED, ItemEvent.FINISHED): ItemState.DONE,
    (ItemState.CREATED, ItemEvent.FAILED): ItemState.FAILED,
    (ItemState.RUNNING, ItemEvent.ASKED): ItemState.ASKING,
    (ItemState.RUNNING, ItemEvent.FINISHED): ItemState.DONE,
    (ItemState.RUNNING, ItemEvent.FAILED): ItemState.FAILED,
    (ItemState.ASKING, ItemEvent.ANSWERED): ItemState.RUNNING,
    (ItemState.ASKING, ItemEvent.FINISHED): ItemState.DONE,
    (ItemState.ASKING, ItemEvent.FAILED): ItemState.FAILED,
    (ItemState.FAILED, ItemEvent.RETRIED): ItemState.WAITING,
}


def next_state(state: ItemState, event: ItemEvent) -> ItemState:
    """Return the state that follows, or raise `ValueError` for a step the table does not know."""
    following = TRANSITIONS.get((state, event))
    if following is None:
        raise ValueError(f"an item that is {state.value!r} cannot take {event.value!r}")
    return following
