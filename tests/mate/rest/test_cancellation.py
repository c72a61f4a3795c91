"""What is cancelled in the middle of a handshake leaves no connection open, and needs no garbage collection for it."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from wyseos.mate import AsyncClient


class SilentServer:
    """Takes connections, hears what comes, and never answers."""

    def __init__(self) -> None:
        self.heard = asyncio.Event()
        self.ended = asyncio.Event()
        self.port = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        self.heard.set()
        await reader.read()
        self.ended.set()
        writer.close()


@asynccontextmanager
async def silent_server() -> AsyncIterator[SilentServer]:
    silent = SilentServer()
    async with await asyncio.start_server(silent.serve, "127.0.0.1", 0) as server:
        silent.port = server.sockets[0].getsockname()[1]
        yield silent


@pytest.mark.parametrize(
    "settings",
    [
        {"base_url": "https://127.0.0.1:{port}"},
        {"base_url": "http://127.0.0.1:{port}"},
        {"base_url": "https://127.0.0.1:9", "proxy": "socks5://127.0.0.1:{port}"},
        {"base_url": "https://127.0.0.1:9", "proxy": "http://127.0.0.1:{port}"},
        {"base_url": "https://127.0.0.1:9", "proxy": "https://127.0.0.1:{port}"},
    ],
    ids=["tls", "answer", "socks", "tunnel", "tls of a proxy"],
)
async def test_a_call_that_is_cancelled_ends_its_connection_at_once(settings: dict[str, Any]) -> None:
    gc.disable()
    try:
        async with silent_server() as server:
            filled = {name: value.format(port=server.port) for name, value in settings.items()}
            async with AsyncClient(api_key="k", **filled) as client:
                call = asyncio.create_task(client.team.get_list())
                await server.heard.wait()
                call.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await call
                del call
                await asyncio.wait_for(server.ended.wait(), 10)
    finally:
        gc.enable()
