"""Below HTTP: uvicorn's protocols on a transport that can be cut at a byte, or fall silent."""

from __future__ import annotations

import asyncio
import logging
import socket
import struct
from collections.abc import Iterable
from typing import Any

from starlette.requests import HTTPConnection
from starlette.websockets import WebSocket
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from wyseos.mate.extras import check_replaced


def _is_news(record: logging.LogRecord) -> bool:
    """Tell apart what went wrong from what uvicorn takes for it: a task cancelled at the end, a handshake refused."""
    cancelled = record.exc_info is not None and record.exc_info[0] is asyncio.CancelledError
    return not cancelled and not record.getMessage().startswith("ASGI callable returned without completing handshake")


# Not a logger of the program's tree: uvicorn and websockets tell paths with their query, and so with keys, to theirs.
_quiet = logging.Logger("wyseos.mate.emulator", level=logging.ERROR)
_quiet.parent = logging.getLogger("wyseos.mate.emulator")
_quiet.addFilter(_is_news)

Peer = tuple[str, int]
# What stands for the code where a connection was cut, and where it was closed without one (RFC 6455, 7.4.1).
CUT = 1006
_NO_CODE = 1005


class CuttableTransport(asyncio.Transport):
    """A transport whose writing can be stopped: after so many bytes, or at once and for ever.

    Args:
        inner: asyncio's own transport.
    """

    def __init__(self, inner: asyncio.Transport) -> None:
        super().__init__()
        self._inner = inner
        self._left: int | None = None
        self._silent = False
        # What is written within one turn of the loop goes out together: a call to the system costs more than a frame.
        self._pending = bytearray()

    def cut_after(self, count: int) -> None:
        """Let `count` more bytes through, then close the connection; with 0 it is closed at once."""
        self._left = count
        if count == 0:
            self._flush()
            self._inner.close()

    def fall_silent(self) -> None:
        """Keep the connection, but neither read nor write a byte any more: a half-open connection."""
        self._flush()
        self._silent = True
        self._inner.pause_reading()

    def reset(self) -> None:
        """End the connection with a reset; what was written just before may be lost with it."""
        self._flush()
        end: socket.socket = self._inner.get_extra_info("socket")
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._inner.abort()

    # ---- what uvicorn uses of a transport

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Write, as far as it is let through."""
        if self._silent or self._left == 0:
            return
        if self._left is not None:
            data = bytes(data)[: self._left]
            self._left -= len(data)
        if not self._pending:
            asyncio.get_running_loop().call_soon(self._flush)
        self._pending += data
        if self._left == 0:
            self.close()

    def _flush(self) -> None:
        if self._pending and not self._inner.is_closing():
            self._inner.write(bytes(self._pending))
        self._pending.clear()

    def writelines(self, list_of_data: Iterable[bytes | bytearray | memoryview]) -> None:
        """Write several pieces."""
        self.write(b"".join(list_of_data))

    def close(self) -> None:
        """Close, unless the connection has fallen silent: then the other side must not notice."""
        if not self._silent:
            self._flush()
            self._inner.close()

    def abort(self) -> None:
        """Close at once, also a silent connection."""
        self._inner.abort()

    def is_closing(self) -> bool:
        """Tell whether it is closed or about to be."""
        return self._inner.is_closing()

    def pause_reading(self) -> None:
        """Stop reading."""
        self._inner.pause_reading()

    def resume_reading(self) -> None:
        """Read on, unless the connection has fallen silent."""
        if not self._silent:
            self._inner.resume_reading()

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        """Hand the connection to another protocol."""
        self._inner.set_protocol(protocol)

    def get_protocol(self) -> asyncio.BaseProtocol:
        """Tell who reads."""
        return self._inner.get_protocol()

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        """Tell of the socket."""
        return self._inner.get_extra_info(name, default)

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        """Set when writing is to be paused."""
        self._inner.set_write_buffer_limits(high, low)

    def get_write_buffer_size(self) -> int:
        """Tell how much waits to be written."""
        return self._inner.get_write_buffer_size() + len(self._pending)


check_replaced(H11Protocol, "connection_made", "connection_lost")
check_replaced(WebSocketsSansIOProtocol, "connection_lost", "shutdown")


class HttpProtocol(H11Protocol):
    """uvicorn's HTTP, on a transport that the app finds by the peer's address."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.logger = _quiet

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn itself has it
        """Put a transport that can be cut between uvicorn and the socket."""
        cuttable = CuttableTransport(transport)
        super().connection_made(cuttable)
        if self.client:
            self.app_state["transports"][self.client] = cuttable

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the transport."""
        self.app_state["transports"].pop(self.client, None)
        super().connection_lost(exc)


class WebSocketProtocol(WebSocketsSansIOProtocol):
    """uvicorn's WebSocket, which tells its paths to no one."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.logger = self.conn.logger = _quiet
        self.conn.debug = False

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the transport."""
        self.app_state["transports"].pop(self.client, None)
        super().connection_lost(exc)

    def shutdown(self) -> None:
        """Close with 1012; where the client is just saying goodbye itself, there is nothing more to say."""
        if self.conn.close_expected():
            self.transport.close()
        else:
            super().shutdown()


def transport_of(connection: HTTPConnection) -> CuttableTransport:
    """Find the transport that a request came over."""
    transport: CuttableTransport = connection.scope["state"]["transports"][tuple(connection.scope["client"])]
    return transport


async def hang_up(websocket: WebSocket, code: int, reason: str = "") -> None:
    """Close a connection of a `LocalServer`.

    Args:
        websocket: the connection.
        code: the code to close it with; `CUT`, which no frame may carry: without a word.
        reason: the reason that goes with the code.
    """
    if code == CUT:
        transport_of(websocket).cut_after(0)
    else:
        await websocket.close(1000 if code == _NO_CODE else code, reason)
