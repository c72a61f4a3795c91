"""What each operation does, by its operationId: a handler takes the state and checked arguments, and returns `data`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wyseos.mate.emulator.server.endpoints import agents, browsers, products, sessions, users

HANDLERS: dict[str, Callable[..., Any]] = {
    **sessions.HANDLERS,
    **agents.HANDLERS,
    **users.HANDLERS,
    **browsers.HANDLERS,
    **products.HANDLERS,
}
