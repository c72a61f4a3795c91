"""How a session is kept: numbers and chance, given from outside."""

from __future__ import annotations

from collections.abc import Callable

from wyseos.mate.tasks.protocol.reconnect import Patience
from wyseos.runtime import records


@records.frozen(kw_only=True)
class SessionSettings:
    """How the connection of a session is kept.

    Args:
        draw: gives a number from 0 to 1, for the jitter of the waits.
        heartbeat_interval: seconds; the service is pinged at least this often.
        budget: bytes of events that may lie unconsumed before nothing more is read.
        patience: how long a connection is tried for.
        can_renew: whether a rejected credential can be renewed.
        hold_time: seconds for which live events are held back while the missed ones can't be had.
        ask_again: seconds between the two answers of the service that tell that a message of ours was not taken.
    """

    draw: Callable[[], float]
    heartbeat_interval: float = 30.0
    budget: int = 64 * 2**20
    patience: Patience = records.field(factory=Patience)
    can_renew: bool = False
    hold_time: float = 75.0
    ask_again: float = 5.0
