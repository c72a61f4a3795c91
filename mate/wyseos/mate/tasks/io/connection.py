"""One WebSocket connection: the only module that imports websockets.

Frames are taken in bulk: what one read brings is handed over together, so that a task switch is paid once a read and
not once an event; of a read that brings hundreds, some at a time. Nothing is decoded here. The library's own keepalive
is off (`liveness.py` judges by any byte), so are compression (security row 8), redirects (row 2) and its logs, which
would show the key (row 1).
"""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, cast
from urllib.parse import urlencode

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import (
    ConnectionClosed,
    InvalidHandshake,
    InvalidMessage,
    InvalidProxy,
    InvalidProxyStatus,
    InvalidState,
    InvalidStatus,
    ProxyError,
)
from websockets.frames import Frame, Opcode
from websockets.protocol import State

from wyseos.mate.errors import WyseError
from wyseos.mate.extras import check_replaced
from wyseos.mate.rest.failures import reason_of
from wyseos.mate.rest.name_lookup import first_of, look_up_async
from wyseos.mate.rest.retry import read_retry_after
from wyseos.mate.rest.warmup import off_loop
from wyseos.mate.settings.proxies import place_of
from wyseos.mate.settings.secret import redact
from wyseos.mate.settings.urls import host_and_port
from wyseos.mate.tasks.io.framing import FrameSplitter, Raw
from wyseos.mate.tasks.protocol.frames import UnreadableFrame
from wyseos.mate.tasks.protocol.reconnect import Cause, Ending
from wyseos.runtime import records
from wyseos.runtime.threads import in_thread

# Hears nothing: the library logs URLs with their query, and every header, at DEBUG.
_SILENT = logging.Logger("wyseos.mate.websocket", level=logging.CRITICAL + 1)
_CLOSE_PATIENCE = 0.5
# Bytes that wait to be sent. To whom lets more pile up nobody listens, or the answers to its pings fill the memory.
_MOST_UNSENT = 2**20
_TOO_BIG = 1009
# Frames that are handed over at once. A read of a fast service brings hundreds: what is made of all of them would fall
# out of the processor's cache before it is looked at, and hold the loop for long.
_AT_ONCE = 64
# Bytes that are read at once. Of large messages several: each would else cost a turn of the loop. Of small ones not so
# many that they fall out of the processor's cache.
_READ, _READ_OF_LARGE = 2**17, 2**20
_LARGE = 2**14
# The rest of a message that lacks so many bytes is read to where it stays.
_APART = 2**16
_TEXT, _BINARY, _CONT = Opcode.TEXT, Opcode.BINARY, Opcode.CONT


class ConnectionEnded(Exception):
    """The connection ended, or could not be opened."""

    def __init__(self, ending: Ending) -> None:
        super().__init__(ending.reason)
        self.ending = ending


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


check_replaced(
    ClientConnection, "connection_made", "handshake", "data_received", "process_event", "connection_lost", "send_data"
)


class _ReadBuffer(threading.local):
    """What the connections of a thread are read into in turn: each takes all of it before the next one reads."""

    def __init__(self) -> None:
        self.view = memoryview(bytearray(_READ_OF_LARGE))


_BUFFER = _ReadBuffer()


class _Connection(ClientConnection, asyncio.BufferedProtocol):
    """Gathers the frames of a read, joins fragments, and notes that bytes came.

    asyncio's own loops read into buffers that are given to them; others (uvloop) hand over what they have read.
    """

    # More attributes in the instance's dict would double it.
    __slots__ = (
        "_is_text", "_parts", "_reads_apart", "_reads_large", "_splitter", "frames", "is_wanted", "on_bytes", "waiter",
    )  # fmt: skip

    def __init__(self, *args: Any, most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.frames: list[Raw] = []
        self._splitter = FrameSplitter(self.frames, self._hand_on, most)
        self._reads_apart = False  # whether what is read next belongs to one large message
        self._reads_large = False  # whether more than one of those may come
        self.on_bytes: Callable[[], None] | None = None
        self.waiter: asyncio.Future[None] | None = None
        self.is_wanted = True
        """Whether the user has room for what is read."""
        self._parts = bytearray()
        self._is_text = True

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        if transport.get_extra_info("ssl_object") is not None:
            _close_once(transport)

    async def handshake(self, *args: Any, **kwargs: Any) -> None:
        """Do the handshake; a redirect is an answer like any other, and is not followed."""
        try:
            await super().handshake(*args, **kwargs)
        except InvalidStatus as error:
            raise ConnectionEnded(_refused(error)) from None
        if self.response is not None:
            self.response.headers.clear()  # the library keeps them as long as the connection, and nobody looks at them
        self.request = self.response = None

    def get_buffer(self, sizehint: int) -> memoryview:
        """Return where the next bytes are read to."""
        room = self._splitter.room(_APART)
        self._reads_apart = room is not None
        if room is None:
            room = _BUFFER.view[: _READ_OF_LARGE if self._reads_large else _READ]
        return room

    def buffer_updated(self, nbytes: int) -> None:
        """Take what was read."""
        if self._reads_apart:
            self._splitter.fill(nbytes)
        else:
            data = _BUFFER.view[:nbytes]
            self._splitter.split(data if self._reads_large else bytes(data))  # one copy, or one of each message
        if self.frames:
            self._reads_large = len(self.frames[-1]) > _LARGE
        self._note_bytes()

    def data_received(self, data: bytes) -> None:
        self._splitter.split(data)
        self._note_bytes()

    def _note_bytes(self) -> None:
        if self.on_bytes is not None:
            self.on_bytes()
        if self.frames:  # a large message comes in many reads, and only the last of them brings it
            self._wake()
            if len(self.frames) > _AT_ONCE:
                self.set_reading()

    def _hand_on(self, data: bytes) -> bool:
        super().data_received(data)
        return self.protocol.state is State.OPEN

    def process_event(self, event: Any) -> None:
        opcode = event.opcode if type(event) is Frame else None
        if opcode is _TEXT and event.fin:
            self.frames.append(event.data)  # ours alone: the library keeps nothing of it, so it is not copied
        elif opcode is _TEXT or opcode is _BINARY or opcode is _CONT:
            self._take(event)
        else:
            super().process_event(event)

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._wake()

    def pause_writing(self) -> None:
        super().pause_writing()
        self.set_reading()

    def resume_writing(self) -> None:
        super().resume_writing()
        self.set_reading()

    def take_frames(self) -> list[Raw]:
        """Return the oldest frames, and read on where not many are left."""
        taken = self.frames[:_AT_ONCE]
        was_behind = len(self.frames) > _AT_ONCE
        del self.frames[:_AT_ONCE]
        if was_behind and len(self.frames) <= _AT_ONCE:
            self.set_reading()
        return taken

    def set_reading(self) -> None:
        """Read where there is room for what comes, and for the answers to it."""
        if self.transport.is_closing():
            return
        if self.is_wanted and not self.paused and len(self.frames) <= _AT_ONCE:
            self.transport.resume_reading()
        else:
            self.transport.pause_reading()

    def abandon(self) -> None:
        """End the connection where it was made before the attempt to open it was broken off."""
        transport: asyncio.Transport | None = getattr(self, "transport", None)
        if transport is not None:
            transport.abort()

    def _take(self, frame: Frame) -> None:
        if frame.opcode is not _CONT:
            self._is_text = frame.opcode is _TEXT
            self._parts.clear()
        self._parts += frame.data
        if frame.fin:
            self.frames.append(bytes(self._parts) if self._is_text else UnreadableFrame(b"a binary frame"))
            self._parts.clear()

    def _wake(self) -> None:
        if self.waiter is not None and not self.waiter.done():
            self.waiter.set_result(None)


def _close_once(transport: asyncio.BaseTransport) -> None:
    """Have a TLS transport be closed once: at the second time asyncio's forgets its connection, and can't abort it."""
    close = transport.close

    def closed() -> None:
        if not transport.is_closing():
            close()

    transport.close = closed  # type: ignore[method-assign]  # ours and the library's calls alike


class Socket:
    """An open connection. Made by `open_socket`."""

    def __init__(self, connection: _Connection, max_size: int, quoted: Callable[[str], str] = redact) -> None:
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
    made: list[_Connection] = []
    connection: ClientConnection | None = None

    def make(*args: Any, **kwargs: Any) -> _Connection:
        made.append(_Connection(*args, most=address.max_size, **kwargs))
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
            create_connection=cast("type[_Connection]", make),
        )
    except (OSError, InvalidHandshake, InvalidProxy, ProxyError, ValueError) as error:
        raise ConnectionEnded(_unopened(error, address)) from None
    finally:
        if connection is None:
            for abandoned in made:
                abandoned.abandon()
            if not made and "sock" in way:
                way["sock"].close()
    if not isinstance(connection, _Connection):
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


def _refused(error: InvalidStatus) -> Ending:
    status = error.response.status_code
    reason = f"the service refused the WebSocket with HTTP {status}{_STATUS_HINTS.get(status, '')}"
    retry_after = read_retry_after(error.response.headers.get("Retry-After"), datetime.now(UTC))
    return Ending(Cause.REFUSED, reason, status_code=status, retry_after=retry_after)


_STATUS_HINTS = {
    401: ": the API key or token is not accepted",
    403: ": not allowed",
    404: ": there is no such session",
    429: ": too many connections",
}


def _unopened(error: Exception, address: Address) -> Ending:
    """Tell from the error why there is no connection; never quotes the URL, which carries the key."""
    host = address.url.split("/")[2]
    if isinstance(error, ProxyError) and isinstance(error.__cause__, OSError):
        error = error.__cause__  # older versions of the library say so of a proxy that was not even reached
    for kind, cause, reason in _REASONS:
        if isinstance(error, kind):
            if address.proxy is not None and cause in _ON_THE_WAY:
                host = f"the proxy {place_of(address.proxy)}"
            return Ending(_narrowed(cause, error), reason.format(host=host, error=_words(error)))
    return Ending(Cause.UNUSABLE, f"no WebSocket to {host}: {type(error).__name__}")


def _narrowed(cause: Cause, error: Exception) -> Cause:
    """Tell a resolver that is away from a host that does not exist, and a proxy that is busy from one that refuses."""
    if isinstance(error, socket.gaierror) and error.errno in (socket.EAI_AGAIN, socket.EAI_FAIL):
        return Cause.RESOLVER_AWAY
    if isinstance(error, InvalidProxyStatus) and error.response.status_code in _BUSY:
        return Cause.PROXY_BUSY
    return cause


# What goes wrong before a proxy is reached has nothing to do with the service behind it.
_ON_THE_WAY = (Cause.UNKNOWN_HOST, Cause.UNREACHABLE)
_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})


def _words(error: Exception) -> str:
    return reason_of(error) or type(error).__name__


# In order: a class before the class it belongs to.
_REASONS: tuple[tuple[type[Exception], Cause, str], ...] = (
    (ssl.SSLCertVerificationError, Cause.BAD_CERTIFICATE, "the certificate of {host} is not trusted: {error}"),
    (socket.gaierror, Cause.UNKNOWN_HOST, "the host {host} is not known: {error}"),
    (TimeoutError, Cause.TIMED_OUT, "{host} did not answer the WebSocket handshake in time"),
    (OSError, Cause.UNREACHABLE, "no connection to {host}: {error}"),
    (InvalidMessage, Cause.BROKEN_HANDSHAKE, "{host} broke off the WebSocket handshake"),
    (InvalidProxyStatus, Cause.PROXY_REFUSED, "the proxy did not let the WebSocket to {host} through"),
    (ProxyError, Cause.PROXY_BUSY, "the proxy broke off the WebSocket to {host}"),
)
