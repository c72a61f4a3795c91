"""What a driver is plugged into: how it is set, what decides for it, and where it delivers to."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Protocol

import attrs

from wyseos.mate.tasks.protocol.reconnect import Patience

if TYPE_CHECKING:
    from wyseos.generated.events import Event
    from wyseos.mate.tasks.protocol.actions import Action
    from wyseos.mate.tasks.protocol.events import TaskEvent
    from wyseos.mate.tasks.protocol.machine import Command
    from wyseos.mate.tasks.protocol.questions import Question


@attrs.frozen
class LineSettings:
    """How a line is kept.

    Args:
        heartbeat_interval: seconds; the service is pinged at least this often.
        budget: bytes of events that may lie unconsumed before nothing more is read.
        patience: how long a line is mended.
        catch_up: seconds for which missed messages are asked for, where that fails in a way that may pass.
        draw: gives a number from 0 to 1, for the jitter of the waits.
    """

    heartbeat_interval: float = 30.0
    budget: int = 64 * 2**20
    patience: Patience = attrs.Factory(Patience)
    catch_up: float = 75.0
    draw: Callable[[], float] = random.random


class Sink(Protocol):
    """Where a driver delivers to. Called in the loop's thread; must not block."""

    @property
    def is_full(self) -> bool:
        """Whether reading must stop until something is consumed."""

    def put(self, items: Sequence[TaskEvent | Question], size: int) -> None:
        """Takes what came, in order; `size` bytes on the wire."""


class Machine(Protocol):
    """What decides: a `TaskMachine`, or something simpler for those who only listen."""

    @property
    def deadline(self) -> float | None:
        """When a `Tick` is due."""

    @property
    def is_ending(self) -> bool:
        """Whether the result is there, and only a follow-up to it may be missing."""

    def receive(self, event: Event | Command, now: float) -> Sequence[Action]:
        """Takes what happened, and returns what is to be done."""

    def replay(self, events: Iterable[Event], now: float) -> Sequence[Action]:
        """Takes what the history tells; `Resynced` follows."""
