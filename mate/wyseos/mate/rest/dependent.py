"""What ends with the client that it uses."""

from __future__ import annotations

from asyncio import AbstractEventLoop
from typing import Protocol

__all__ = ["Dependent"]


class Dependent(Protocol):
    """What ends with the caller that it uses, such as a task."""

    def runs_in(self, loop: AbstractEventLoop) -> bool:
        """Tell whether it runs in that loop."""

    async def aclose(self) -> None:
        """End it."""
