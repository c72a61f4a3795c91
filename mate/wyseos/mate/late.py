"""A service of an `AsyncClient` before it is loaded: naming it costs nothing, its first call loads it off the loop.

Importing it where `client.team` is written would hold a running event loop, and with it all else that a server does.
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Callable, Coroutine

from wyseos.mate.service_names import ASKING
from wyseos.runtime import hints as t

__all__ = ["LateService", "loop_runs"]


def loop_runs() -> bool:
    """Whether an event loop runs here, which must not be held up."""
    if "asyncio" not in sys.modules:
        return False
    from asyncio import get_running_loop

    try:
        return get_running_loop() is not None
    except RuntimeError:
        return False


class LateService:
    """Stands for a service that is not loaded; its methods load it when they are awaited.

    Args:
        home: the service's name.
        load: gives the service itself, loaded here and now if it must be.
    """

    def __init__(self, home: str, load: Callable[[], t.Any]) -> None:
        self._home = home
        self._load = load

    def __getattr__(self, name: str) -> t.Any:
        if name not in ASKING[self._home]:
            return getattr(self._load(), name)
        function = self._iterated(name) if name.startswith("iter_") else self._awaited(name)
        function.__name__ = function.__qualname__ = name
        return function

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *ASKING[self._home]]

    def __repr__(self) -> str:
        return f"<client.{self._home}, which its first call loads>"

    async def _method(self, name: str) -> t.Any:
        from wyseos.mate.loading import services

        await services[self._home].done()
        return getattr(self._load(), name)

    def _awaited(self, name: str) -> Callable[..., Coroutine[t.Any, t.Any, t.Any]]:
        async def call(*args: t.Any, **kwargs: t.Any) -> t.Any:
            return await (await self._method(name))(*args, **kwargs)

        return call

    def _iterated(self, name: str) -> Callable[..., AsyncIterator[t.Any]]:
        async def items(*args: t.Any, **kwargs: t.Any) -> AsyncIterator[t.Any]:
            async for item in (await self._method(name))(*args, **kwargs):
                yield item

        return items
