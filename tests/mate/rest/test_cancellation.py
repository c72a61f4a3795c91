"""What is cancelled in the middle of a handshake leaves no connection open, and needs no garbage collection for it."""

from __future__ import annotations

import asyncio
import gc
import select
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from wyseos.mate import AsyncClient
from wyseos.mate.rest.cancellation import is_readable


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


@pytest.mark.parametrize("has_poll", [True, False])
def test_a_connection_is_readable_where_something_came_or_it_is_gone(
    has_poll: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not has_poll:
        monkeypatch.delattr(select, "poll", raising=False)
    ours, theirs = socket.socketpair()
    with ours:
        assert not is_readable(ours)
        theirs.close()
        assert is_readable(ours)
    assert is_readable(ours)
    assert is_readable(None)


async def test_a_connection_that_the_service_ended_while_it_was_idle_is_not_used_again() -> None:
    connections: list[asyncio.StreamWriter] = []
    body = b'{"code": 0, "msg": "success", "data": {"page_num": 1, "page_size": 20, "total": 0, "data": []}}'

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connections.append(writer)
        await reader.readuntil(b"\r\n\r\n")
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        writer.write(head.encode() + body)
        await reader.read()
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        async with AsyncClient(api_key="k", base_url=url, max_retries=0) as client:
            await client.team.get_list()
            connections[0].close()
            await connections[0].wait_closed()
            await client.team.get_list()
        await asyncio.gather(*(connection.wait_closed() for connection in connections))
    assert len(connections) == 2
