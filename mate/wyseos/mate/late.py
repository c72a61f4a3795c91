"""A service of an `AsyncClient` before it is loaded: naming it costs nothing, its first call loads it off the loop.

Importing it where `client.team` is written would hold a running event loop, and with it all else that a server does.
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import suppress
from typing import Any

from wyseos.mate.service_names import ASKING

__all__ = ["LateService", "loop_runs"]


def loop_runs() -> bool:
    """Whether an event loop runs here, which must not be held up."""
    if "asyncio" not in sys.modules:
        return False
    from asyncio import get_running_loop

    with suppress(RuntimeError):
        return get_running_loop() is not None
    return False


class LateService:
    """Stands for a service that is not loaded; its methods load it when they are awaited.

    Args:
        home: the service's name.
        load: gives the service itself, loaded here and now if it must be.
    """

    def __init__(self, home: str, load: Callable[[], Any]) -> None:
        self._home = home
        self._load = load

    def __getattr__(self, name: str) -> Any:
        if name not in ASKING[self._home]:
            return getattr(self._load(), name)
        function = self._iterated(name) if name.startswith("iter_") else self._awaited(name)
        function.__name__ = function.__qualname__ = name
        return function

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *ASKING[self._home]]

    def __repr__(self) -> str:
        return f"<client.{self._home}, which its first call loads>"

    async def _method(self, name: str) -> Any:
        from wyseos.mate.loading import services

        await services[self._home].done()
        return getattr(self._load(), name)

    def _awaited(self, name: str) -> Callable[..., Coroutine[Any, Any, Any]]:
        async def call(*args: Any, **kwargs: Any) -> Any:
            return await (await self._method(name))(*args, **kwargs)

        return call

    def _iterated(self, name: str) -> Callable[..., AsyncIterator[Any]]:
        async def items(*args: Any, **kwargs: Any) -> AsyncIterator[Any]:
            async for item in (await self._method(name))(*args, **kwargs):
                yield item

        return items
