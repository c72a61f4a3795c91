"""One WebSocket connection: how it is opened, sent over and closed.

This, `receiving` and `unopened` are all that know websockets. The library's own keepalive is off (`liveness.py` judges
by any byte), so are compression (security row 8), redirects (row 2) and its logs, which would show the key (row 1).
"""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
from collections.abc import Callable
from typing import Any, cast
from urllib.parse import urlencode

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import (
    ConnectionClosed,
    InvalidHandshake,
    InvalidProxy,
    InvalidState,
    ProxyError,
)

from wyseos.mate.errors import WyseError
from wyseos.mate.rest.name_lookup import first_of, look_up_async
from wyseos.mate.rest.warmup import off_loop
from wyseos.mate.settings.secret import redact
from wyseos.mate.settings.urls import host_and_port
from wyseos.mate.tasks.io.framing import Raw
from wyseos.mate.tasks.io.receiving import ReceivingConnection
from wyseos.mate.tasks.io.unopened import ConnectionEnded, unopened
from wyseos.mate.tasks.protocol.reconnect import Cause, Ending
from wyseos.runtime import records
from wyseos.runtime.threads import in_thread

# Hears nothing: the library logs URLs with their query, and every header, at DEBUG.
_SILENT = logging.Logger("wyseos.mate.websocket", level=logging.CRITICAL + 1)
_CLOSE_PATIENCE = 0.5
# Bytes that wait to be sent. To whom lets more pile up nobody listens, or the answers to its pings fill the memory.
_MOST_UNSENT = 2**20
_TOO_BIG = 1009


@records.frozen
class Address:
    """Where a session's connection is, and how it is reached.

    Args:
        url: without the credential.
        auth: gives the query that authenticates; asked for each connection anew, and with True for a new credential.
        asks: whether that may take its time: it is then asked off the loop.
        tls: the TLS settings for a `wss` URL.
        proxy: the proxy's URL.
        max_size: bytes of the largest message.
        timeout: seconds for the handshake.
        quoted: makes words of the service safe to show: they may hold the credential.
    """

    url: str
    auth: Callable[[bool], dict[str, str]] = records.field(repr=False)
    tls: Callable[[], ssl.SSLContext] = records.field(repr=False)
    proxy: str | None = records.field(default=None, repr=False)
    max_size: int = 64 * 2**20
    timeout: float = 10.0
    asks: bool = False
    quoted: Callable[[str], str] = records.field(default=redact, repr=False)


class Socket:
    """An open connection. Made by `open_socket`."""

    def __init__(self, connection: ReceivingConnection, max_size: int, quoted: Callable[[str], str] = redact) -> None:
        self._connection = connection
        self._quoted = quoted
        self._max_size = max_size
        self._cut_because: str | None = None

    def on_bytes(self, noted: Callable[[], None]) -> None:
        """Set what is called whenever bytes come."""
        self._connection.on_bytes = noted

    async def receive(self) -> list[Raw]:
        """Return frames that came since the last time, at least one and not too many.

        Raises:
            ConnectionEnded: the connection is over; all frames before that were returned.
        """
        connection = self._connection
        if connection.frames:
            await asyncio.sleep(0)  # a turn for those who take the events of the last ones
        while not connection.frames:
            if connection.connection_lost_waiter.done():
                raise ConnectionEnded(self._ending())
            connection.waiter = connection.loop.create_future()
            try:
                await connection.waiter
            finally:
                connection.waiter = None
        return connection.take_frames()

    def send(self, text: str) -> bool:
        """Send a text frame without waiting, and return False where the connection is over."""
        try:
            self._connection.protocol.send_text(text.encode())
        except (InvalidState, ConnectionClosed):
            return False
        self._connection.send_data()
        return True

    def pause_reading(self) -> None:
        """Read nothing more, so that the service must wait (fault row 40)."""
        self._set_wanted(wanted=False)

    def resume_reading(self) -> None:
        """Read on."""
        self._set_wanted(wanted=True)

    def _set_wanted(self, *, wanted: bool) -> None:
        self._connection.is_wanted = wanted
        self._connection.set_reading()

    def cut(self, reason: str) -> None:
        """End the connection at once, without waiting for the other side, which may not be there."""
        self._cut_because = reason
        self._connection.transport.abort()

    def say_goodbye(self) -> None:
        """Begin to end the connection."""
        connection = self._connection
        try:
            connection.protocol.send_close(1000)
            connection.send_data()
        except (InvalidState, ConnectionClosed):
            pass
        connection.transport.close()

    def close_soon(self) -> asyncio.Task[None]:
        """Say goodbye now, and return the task that ends the connection; cancelling it ends the connection too."""
        self.say_goodbye()
        closing = self._connection.loop.create_task(self.close())
        closing.add_done_callback(lambda task: self._connection.transport.abort())
        return closing

    async def close(self) -> None:
        """Say goodbye and end the connection; takes at most half a second."""
        connection = self._connection
        self.say_goodbye()
        try:
            async with asyncio.timeout(_CLOSE_PATIENCE):
                await connection.wait_closed()
        except TimeoutError:
            connection.transport.abort()
            await asyncio.sleep(0)  # only the next turn of the loop closes it
        finally:
            # Also where this is cancelled: TLS takes several turns of the loop to close, and there may be no more.
            connection.transport.abort()

    def _ending(self) -> Ending:
        if self._cut_because is not None:
            return Ending(Cause.SILENT, self._cut_because)
        closed = self._connection.protocol.close_exc
        if closed.rcvd is not None:
            said = f": {self._quoted(closed.rcvd.reason)}" if closed.rcvd.reason else ""
            reason = f"the service closed the connection with code {closed.rcvd.code}{said}"
            return Ending(Cause.CLOSED, reason, close_code=closed.rcvd.code)
        if closed.sent is not None and closed.sent.code == _TOO_BIG:
            reason = f"a message was larger than max_message_size ({self._max_size} bytes)"
            return Ending(Cause.TOO_BIG, reason, close_code=_TOO_BIG)
        if closed.sent is not None:
            reason = f"what came broke the WebSocket protocol: {self._quoted(closed.sent.reason)}"
            return Ending(Cause.CLOSED, reason, close_code=closed.sent.code)
        return Ending(Cause.CUT, "the connection was cut", close_code=1006)


async def open_socket(address: Address, *, renew: bool = False) -> Socket:
    """Open a connection; `renew` asks for a new credential first.

    Raises:
        ConnectionEnded: it could not be opened; its `ending` tells why and what follows.
    """
    auth = await _authenticate(address, renew=renew)
    made: list[ReceivingConnection] = []
    connection: ClientConnection | None = None

    def make(*args: Any, **kwargs: Any) -> ReceivingConnection:
        made.append(ReceivingConnection(*args, most=address.max_size, **kwargs))
        return made[-1]

    way: dict[str, Any] = {}
    try:
        # Certificates that were replaced are read anew.
        tls = await off_loop(address.tls) if address.url.startswith("wss:") else None
        way = {"proxy": address.proxy} if address.proxy else {"sock": await _connected_socket(address)}
        connection = await connect(
            f"{address.url}?{urlencode(auth)}" if auth else address.url,
            **way,
            ssl=tls,
            compression=None,
            ping_interval=None,
            max_size=address.max_size,
            write_limit=_MOST_UNSENT,
            open_timeout=address.timeout,
            close_timeout=_CLOSE_PATIENCE,
            logger=_SILENT,
            create_connection=cast("type[ReceivingConnection]", make),
        )
    except (OSError, InvalidHandshake, InvalidProxy, ProxyError, ValueError) as error:
        raise ConnectionEnded(unopened(error, address.url, address.proxy)) from None
    finally:
        if connection is None:
            for abandoned in made:
                abandoned.abandon()
            if not made and "sock" in way:
                way["sock"].close()
    if not isinstance(connection, ReceivingConnection):
        raise TypeError("websockets made a connection of another class")
    return Socket(connection, address.max_size, address.quoted)


async def _connected_socket(address: Address) -> socket.socket:
    """Connect to the service; the library would look its name up on an executor, and wait for one address too long."""
    name, port = host_and_port(address.url)
    loop = asyncio.get_running_loop()

    async def connected(host: str) -> socket.socket:
        made = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
        try:
            made.setblocking(False)
            made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            await loop.sock_connect(made, (host, port))
        except BaseException:
            made.close()
            raise
        return made

    async def close(late: socket.socket) -> None:
        late.close()

    async with asyncio.timeout(address.timeout):
        return await first_of(await look_up_async(name, port, None), connected, close)


async def _authenticate(address: Address, *, renew: bool) -> dict[str, str]:
    try:
        if address.asks:
            return await asyncio.wrap_future(in_thread(address.auth, renew))
        return address.auth(renew)
    except WyseError as error:
        raise ConnectionEnded(Ending(Cause.UNUSABLE, error.message)) from None
