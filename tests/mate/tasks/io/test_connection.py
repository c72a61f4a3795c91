"""Tasks on an encrypted connection and through a proxy: `wss` and `ws`, both clients and the WebSocket client."""

from __future__ import annotations

import asyncio
import gc
import ssl
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Self, cast

import pytest
import trustme

from tests.support.raw_websocket import RawWebSocket
from wyseos.mate import AsyncClient, Client
from wyseos.mate.config import ClientOptions
from wyseos.mate.emulator import Emulator
from wyseos.mate.errors import NetworkError, WebSocketError
from wyseos.mate.tasks.io.connection import Address, open_socket
from wyseos.mate.tasks.io.engine import address_of
from wyseos.mate.tasks.io.receiving import ReceivingConnection
from wyseos.mate.websocket import WebSocketClient


class Relay:
    """Passes bytes on to a server: as its TLS front, or as a proxy that is asked to CONNECT."""

    def __init__(self, port: int | None = None, tls: ssl.SSLContext | None = None) -> None:
        self.asked: list[str] = []
        self._target, self._tls = port, tls
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._server = self._run(asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=self._tls))
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._run(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _run(self, work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _end(self) -> None:
        self._server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        await asyncio.wait_for(asyncio.gather(*others, return_exceptions=True), 10)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        port = self._target or await self._tunnel(reader, writer)
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.gather(self._pass_on(reader, far_writer), self._pass_on(far_reader, writer))

    async def _tunnel(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> int:
        head = await reader.readuntil(b"\r\n\r\n")
        method, target, *_ = head.decode().split()
        self.asked.append(f"{method} {target}")
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        return int(target.rpartition(":")[2])

    @staticmethod
    async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()


@contextmanager
def tls_in_front_of(base_url: str, key: str, folder: Path) -> Iterator[ClientOptions]:
    """Settings that reach a server over TLS, with a certificate of an authority of our own."""
    authority, bundle = trustme.CA(), folder / "ca.pem"
    authority.cert_pem.write_to_path(str(bundle))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    with Relay(int(base_url.rpartition(":")[2]), context) as front:
        yield ClientOptions(api_key=key, base_url=f"https://127.0.0.1:{front.port}", ca_bundle=bundle)


@pytest.fixture
def encrypted(wyseos_emulator: Emulator, tmp_path: Path) -> Iterator[ClientOptions]:
    """Settings that reach the emulator over TLS."""
    with tls_in_front_of(wyseos_emulator.base_url, wyseos_emulator.api_key, tmp_path) as options:
        yield options


def test_a_task_runs_over_wss(encrypted: ClientOptions) -> None:
    with Client(encrypted) as client:
        assert client.run("Find trends").success


async def test_a_task_runs_over_wss_on_the_async_client(encrypted: ClientOptions) -> None:
    async with AsyncClient(encrypted) as client:
        assert (await client.run("Find trends")).success


def test_a_websocket_client_by_itself_runs_over_wss(encrypted: ClientOptions) -> None:
    with Client(encrypted) as client:
        session_id = client.run("Find trends").session_id
    line = WebSocketClient(options=encrypted, session_id=session_id)
    line.connect()
    assert line.connected
    line.disconnect()
    assert not line.connected


def test_a_task_runs_through_a_proxy(encrypted: ClientOptions) -> None:
    with Relay() as proxy, Client(encrypted, proxy=f"http://127.0.0.1:{proxy.port}") as client:
        assert client.run("Find trends").success
    # One connection for REST, one for the WebSocket: neither went past the proxy.
    assert proxy.asked == [f"CONNECT {encrypted.base_url.removeprefix('https://')}"] * 2


class SocksRelay(Relay):
    """A SOCKS5 proxy without a password (RFC 1928)."""

    async def _tunnel(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> int:
        _, count = await reader.readexactly(2)
        await reader.readexactly(count)
        writer.write(b"\x05\x00")
        _, _, _, kind = await reader.readexactly(4)
        size = 4 if kind == 1 else (await reader.readexactly(1))[0]
        host = await reader.readexactly(size)
        port = int.from_bytes(await reader.readexactly(2))
        self.asked.append(f"{'.'.join(map(str, host)) if kind == 1 else host.decode()}:{port}")
        writer.write(b"\x05\x00\x00\x01" + bytes(6))
        return port


@pytest.mark.parametrize("scheme", ["socks5", "socks5h"])
def test_a_task_runs_through_a_socks_proxy(encrypted: ClientOptions, scheme: str) -> None:
    with SocksRelay() as proxy, Client(encrypted, proxy=f"{scheme}://127.0.0.1:{proxy.port}") as client:
        assert client.run("Find trends").success
    assert proxy.asked == [encrypted.base_url.removeprefix("https://")] * 2


def test_a_proxy_that_can_not_be_reached_is_named_by_both(encrypted: ClientOptions) -> None:
    with Client(encrypted) as client:
        session_id = client.run("Find trends").session_id
    away = encrypted.evolve(proxy="socks5://user:word@127.0.0.1:9", max_retries=0)
    with (
        Client(away) as client,
        pytest.raises(NetworkError, match=r"No connection to the proxy 127.0.0.1:9 ") as caught,
    ):
        client.session.get_info(session_id)
    line = WebSocketClient(options=away, session_id=session_id)
    with pytest.raises(WebSocketError, match=r"no connection to the proxy 127.0.0.1:9:") as closed:
        line.connect()
    assert "word" not in f"{caught.value}{closed.value}"


@pytest.mark.wyseos(scenario="patient", speed=1)
def test_a_client_that_is_closed_in_the_middle_of_a_task_leaves_no_connection_open(encrypted: ClientOptions) -> None:
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        for _ in range(10):
            with Client(encrypted) as client:
                task = client.start("Find trends")
                next(iter(task))
        gc.collect()
    assert [str(warning.message) for warning in told] == []


async def test_an_attempt_that_is_cancelled_as_its_handshake_ends_leaves_no_connection_open(
    encrypted: ClientOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In this very turn asyncio knows the connection and has not yet handed it to whoever opens it."""
    made: list[Any] = []
    connected = ReceivingConnection.connection_made

    def cancel_now(connection: ReceivingConnection, transport: asyncio.BaseTransport) -> None:
        connected(connection, transport)
        made.append(transport.get_extra_info("socket"))
        attempt.cancel()

    monkeypatch.setattr(ReceivingConnection, "connection_made", cancel_now)
    attempt = asyncio.create_task(open_socket(address_of(encrypted, "any", 1024)))
    with pytest.raises(asyncio.CancelledError):
        await attempt
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert [sock.fileno() for sock in made] == [-1]


async def test_a_connection_is_closed_also_where_its_closing_is_cancelled_before_it_begins(
    encrypted: ClientOptions,
) -> None:
    async with AsyncClient(encrypted) as client:
        session_id = (await client.session.create({"task": "Find trends"})).session_id
    socket = await open_socket(address_of(encrypted, session_id, 2**20))
    connected = socket._connection.transport.get_extra_info("socket")
    closing = socket.close_soon()
    closing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await closing
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert connected.fileno() == -1


async def test_a_read_of_many_frames_is_handed_over_some_at_a_time_and_nothing_more_is_read_meanwhile() -> None:
    frame = b"\x81\x0d" + b'{"type": "x"}'
    handed, is_reading = 0, set()
    with RawWebSocket(frame * 1000, pushes=3, receive_buffer=2**16) as server:
        address = Address(server.base_url.replace("http", "ws"), auth=lambda _: {}, tls=ssl.create_default_context)
        socket = await open_socket(address)
        while handed < 3000:
            frames = await socket.receive()
            assert 0 < len(frames) <= 64
            handed += len(frames)
            is_reading.add((len(socket._connection.frames) <= 64, socket._connection.transport.is_reading()))
        await socket.close()
    assert handed == 3000
    assert is_reading == {(False, False), (True, True)}


SIZES = (5, 70_000, 200_000, 3, 2_000_000, 300, 65_536, 20_000)
MESSAGES = [bytes([97 + number]) * size for number, size in enumerate(SIZES)]


def text_frame(content: bytes) -> bytes:
    size = len(content)
    length = bytes([size]) if size < 126 else b"\x7e%b" % size.to_bytes(2) if size < 65_536 else None
    return b"\x81" + (length or b"\x7f" + size.to_bytes(8)) + content


async def received(options: ClientOptions, *, is_handed_over: bool = False) -> list[bytes]:
    """Receive the messages over a connection; `is_handed_over`: by a loop that reads into no buffers of others."""
    socket = await open_socket(address_of(options, "session-1", 2**22))
    if is_handed_over:
        transport: Any = socket._connection.transport
        transport._read_ready_cb = transport._read_ready__data_received
    frames: list[bytes] = []
    while len(frames) < 3 * len(SIZES):
        frames += map(bytes, cast("list[bytes]", await socket.receive()))
    await socket.close()
    return frames


@pytest.mark.parametrize("way", ["read into buffers", "handed over", "over TLS"])
async def test_messages_of_all_sizes_come_whole_over_connections_that_share_a_loop(way: str, tmp_path: Path) -> None:
    with (
        RawWebSocket(b"".join(map(text_frame, MESSAGES)), pushes=3, receive_buffer=2**16) as server,
        tls_in_front_of(server.base_url, "k", tmp_path) as encrypted,
    ):
        options = encrypted if way == "over TLS" else ClientOptions(api_key="k", base_url=server.base_url)
        reads = (received(options, is_handed_over=way == "handed over") for _ in range(3))
        assert await asyncio.gather(*reads) == [MESSAGES * 3] * 3
