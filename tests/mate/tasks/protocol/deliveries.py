"""What several tests of the delivery say and see."""

from __future__ import annotations

from typing import Any

from tests.support import messages as said
from wyseos.mate.tasks.protocol.delivery import Delivery


def ids(events: Any) -> list[Any]:
    return [event.message_id for event in events]


def contents(events: Any) -> list[Any]:
    return [event.content for event in events]


def texts(*message_ids: str | None) -> list[Any]:
    return [said.event(said.text(message_id)) for message_id in message_ids]


def text(message_id: str | None, content: str) -> Any:
    return said.event(said.text(message_id, content))


def chunk(index: int | None, content: str, chunk_id: str = "c", message_id: str = "m") -> Any:
    place = {} if index is None else {"chunk_index": index}
    return said.event({**said.text(message_id, content), "chunk_id": chunk_id, "delta": True, **place})


def live(delivery: Delivery, events: list[Any]) -> list[Any]:
    return list(delivery.live(events, 1))


def caught_up(delivery: Delivery, history: list[Any]) -> list[Any]:
    """What is passed on where the history tells this, and all that was held back."""
    return [*delivery.pass_on(delivery.split(history)), *delivery.release()]


def again(delivery: Delivery, history: list[Any]) -> list[str | None]:
    """What comes where another connection brings nothing new by itself."""
    delivery.hold()
    return contents(caught_up(delivery, history))


A, B, C, D = (text(name, name) for name in "abcd")
TICK, TOCK = text(None, "tick"), text(None, "tock")
