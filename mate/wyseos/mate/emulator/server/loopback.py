"""A server on a loopback port, in a thread of its own: uvicorn on our transports, started and stopped at once."""

from __future__ import annotations

import asyncio
import errno
import os
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from uvicorn.config import Config
from uvicorn.server import ServerState

from wyseos.mate.emulator.server.transport import CuttableTransport, HttpProtocol, Peer, WebSocketProtocol
from wyseos.runtime.clock import new_event_loop

_HOST, _HOST_6 = "127.0.0.1", "::1"
_MOST_TRIES = 20
_LONGEST_START = 10.0
# Of the loop, from a connection that the system has taken to a protocol that knows of it.
_TURNS_TO_ACCEPT = 3
_SETTINGS: dict[str, Any] = {
    "http": HttpProtocol,
    "ws": WebSocketProtocol,
    # Nothing is logged: paths with their query hold keys.
    "log_config": None,
    "access_log": False,
    "server_header": False,
    "date_header": False,
    "proxy_headers": False,
    "lifespan": "off",
    "ws_max_size": 64 * 1024 * 1024,
    "ws_ping_interval": None,
    "ws_per_message_deflate": False,
    "timeout_keep_alive": 60,
}


def _listen(port: int, tries: int = _MOST_TRIES) -> list[socket.socket]:
    """Listen on the same port of 127.0.0.1 and, where there is IPv6, of ::1: `localhost` may mean either."""
    first = _listening(socket.AF_INET, _HOST, port)
    try:
        return [first, _listening(socket.AF_INET6, _HOST_6, first.getsockname()[1])]
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            return [first]  # no IPv6 here
        first.close()
        if port or not tries:
            raise
    return _listen(port, tries - 1)


def _listening(family: socket.AddressFamily, host: str, port: int) -> socket.socket:
    # asyncio turns Nagle's algorithm off only where the protocol is named; else each answer would come 40 ms late.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":  # elsewhere it would let a second program take the same port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            listening.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        listening.bind((host, port))
        listening.listen(1024)
    except OSError:
        listening.close()
        raise
    return listening


class LocalServer:
    """Serves an ASGI app on 127.0.0.1 and ::1 until it is closed.

    Args:
        app: the app.
        port: where it listens; 0: on a free port.
        stopping: called in the server's loop as it stops; returns tasks that are to be cancelled.

    Raises:
        OSError: the port is taken.
    """

    def __init__(self, app: Any, port: int = 0, stopping: Callable[[], list[asyncio.Task[None]]] = list) -> None:
        self._app = app
        self._stopping = stopping
        self._sockets = _listen(port)
        self.base_url = f"http://{_HOST}:{self._sockets[0].getsockname()[1]}"
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="wyseos emulator", daemon=True)

    def start(self) -> None:
        """Serve from now on."""
        self._thread.start()
        if not self._ready.wait(_LONGEST_START):
            raise RuntimeError(f"the server did not start within {_LONGEST_START:.0f} s")

    def close(self) -> None:
        """Stop: connections are closed with 1012, and nothing is left behind. A second time does nothing."""
        if self._loop is not None and self._stop is not None and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=new_event_loop) as runner:
            runner.run(self._serve())

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        config = Config(self._app, **_SETTINGS)
        config.load()
        state, transports = ServerState(), dict[Peer, CuttableTransport]()

        def protocol() -> HttpProtocol:
            return HttpProtocol(config=config, server_state=state, app_state={"transports": transports})

        servers = [await self._loop.create_server(protocol, sock=listening) for listening in self._sockets]
        self._ready.set()
        await self._stop.wait()
        await self._accept_no_more()
        for server in servers:
            server.close()
        await self._hang_up(state, transports)

    async def _accept_no_more(self) -> None:
        """Let what was accepted a moment ago get to its protocol: a closed server would drop it, its socket open."""
        with suppress(NotImplementedError):  # Windows has other loops
            for listening in self._sockets:
                asyncio.get_running_loop().remove_reader(listening)
        for _ in range(_TURNS_TO_ACCEPT):
            await asyncio.sleep(0)

    async def _hang_up(self, state: ServerState, transports: dict[Peer, CuttableTransport]) -> None:
        for connection in list(state.connections):
            connection.shutdown()
        tasks = [task for task in (*self._stopping(), *state.tasks) if not task.done()]
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)
        for transport in list(transports.values()):
            transport.abort()
        await asyncio.sleep(0)  # aborted transports let go of their sockets in the loop's next turn
