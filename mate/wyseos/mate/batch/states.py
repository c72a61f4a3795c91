"""The states of a batch's item, as a table without I/O."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class ItemState(StrEnum):
    """Name how far an item of a batch has come.

    `waiting` for its turn; `created`: it has a session; `running`; `asking`: it waits for an answer; `done`; `failed`.
    """

    WAITING = "waiting"
    CREATED = "created"
    RUNNING = "running"
    ASKING = "asking"
    DONE = "done"
    FAILED = "failed"


class ItemEvent(StrEnum):
    """Name what can happen to an item of a batch."""

    SESSION_CREATED = "session created"
    TAKEN_UP = "taken up"
    ASKED = "asked"
    FINISHED = "finished"
    FAILED = "failed"
    REFUSED = "refused for capacity"
    RETRIED = "retried"


# The session's id is journaled (CREATED) before anything is started, so that whoever takes up an item after a crash
# looks at that session instead of starting the task a second time. A session that was looked at may have moved on
# unseen: it can ask or end from CREATED, too.
TRANSITIONS: Final[dict[tuple[ItemState, ItemEvent], ItemState]] = {
    (ItemState.WAITING, ItemEvent.SESSION_CREATED): ItemState.CREATED,
    (ItemState.WAITING, ItemEvent.TAKEN_UP): ItemState.RUNNING,
    (ItemState.WAITING, ItemEvent.FAILED): ItemState.FAILED,
    (ItemState.CREATED, ItemEvent.TAKEN_UP): ItemState.RUNNING,
    (ItemState.CREATED, ItemEvent.ASKED): ItemState.ASKING,
    (ItemState.CREATED, ItemEvent.FINISHED): ItemState.DONE,
    (ItemState.CREATED, ItemEvent.FAILED): ItemState.FAILED,
    (ItemState.CREATED, ItemEvent.REFUSED): ItemState.WAITING,
    (ItemState.RUNNING, ItemEvent.ASKED): ItemState.ASKING,
    (ItemState.RUNNING, ItemEvent.FINISHED): ItemState.DONE,
    (ItemState.RUNNING, ItemEvent.FAILED): ItemState.FAILED,
    (ItemState.RUNNING, ItemEvent.REFUSED): ItemState.WAITING,
    (ItemState.ASKING, ItemEvent.TAKEN_UP): ItemState.RUNNING,
    (ItemState.FAILED, ItemEvent.RETRIED): ItemState.WAITING,
}


def diagram() -> str:
    """Return the table as a Mermaid diagram, as docs/batches.md shows it."""
    steps: dict[tuple[ItemState, ItemState], list[str]] = {}
    for (state, event), following in TRANSITIONS.items():
        steps.setdefault((state, following), []).append(event.value)
    lines = [f"    {origin} --> {to}: {', '.join(events)}" for (origin, to), events in steps.items()]
    return "\n".join(["stateDiagram-v2", "    [*] --> waiting", *lines, "    done --> [*]"])
