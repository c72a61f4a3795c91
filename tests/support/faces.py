"""Both clients behind one face, so that a test is written once and run for each."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable
from typing import Any

import pytest

from wyseos.mate import AsyncClient, Client
from wyseos.runtime import records

Do = Callable[[Any], Any]


def _at_once(client: Client | AsyncClient) -> None:
    """Take the chance out of the waits between tries: with a draw of 0 there are none."""
    client.exchange = records.evolve(client.exchange, draw=lambda: 0.0)


def call_sync(do: Do, **settings: Any) -> Any:
    """Run `do` with a Client."""
    with Client(**{"api_key": "key-of-the-tests", **settings}) as client:
        _at_once(client)
        result = do(client)
        return list(result) if inspect.isgenerator(result) else result


def call_async(do: Do, **settings: Any) -> Any:
    """Run `do` with an AsyncClient on an event loop of its own."""

    async def main() -> Any:
        async with AsyncClient(**{"api_key": "key-of-the-tests", **settings}) as client:
            _at_once(client)
            result = do(client)
            return [item async for item in result] if inspect.isasyncgen(result) else await result

    return asyncio.run(main())


Ask = Callable[..., Any]

both_faces = pytest.mark.parametrize("ask", [pytest.param(call_sync, id="sync"), pytest.param(call_async, id="async")])
