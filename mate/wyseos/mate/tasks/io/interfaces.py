"""What a driver is plugged into: where it delivers to, and the settings that chance comes with."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from wyseos.mate.tasks.protocol.reconnect import Patience
from wyseos.mate.tasks.protocol.settings import SessionSettings

if TYPE_CHECKING:
    from wyseos.mate.tasks.protocol.events import TaskEvent
    from wyseos.mate.tasks.protocol.questions import Question


def session_settings(
    heartbeat_interval: float = 30.0,
    budget: int = 64 * 2**20,
    patience: Patience | None = None,
    draw: Callable[[], float] = random.random,
    *,
    can_renew: bool = False,
    hold_time: float = 75.0,
    ask_again: float = 5.0,
) -> SessionSettings:
    """Return how the connection of a session is kept; arguments as of `SessionSettings`."""
    return SessionSettings(
        draw=draw,
        heartbeat_interval=heartbeat_interval,
        budget=budget,
        patience=patience or Patience(),
        can_renew=can_renew,
        hold_time=hold_time,
        ask_again=ask_again,
    )


class EventSink(Protocol):
    """Where a driver delivers to. Called in the loop's thread; must not block."""

    @property
    def is_full(self) -> bool:
        """Whether reading must stop until something is consumed."""

    def put(self, items: Sequence[TaskEvent | Question], size: int) -> None:
        """Take what came, in order; `size` bytes that it takes."""
