"""What comes over a WebSocket: frames are taken in bulk, fragments joined, and reading rests where nobody takes them.

What one read brings is handed over together, so that a task switch is paid once a read and not once an event; of a read
that brings hundreds, some at a time. Nothing is decoded here.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import Any

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import InvalidStatus
from websockets.frames import Frame, Opcode
from websockets.protocol import State

from wyseos.mate.extras import check_replaced
from wyseos.mate.tasks.io.framing import LARGE, FrameSplitter, Raw
from wyseos.mate.tasks.io.unopened import ConnectionEnded, refused
from wyseos.mate.tasks.protocol.frames import UnreadableFrame, decode_early

__all__ = ["ReceivingConnection"]

# Frames that are handed over at once. A read of a fast service brings hundreds: what is made of all of them would fall
# out of the processor's cache before it is looked at, and hold the loop for long.
_AT_ONCE = 64
# Bytes that are read at once. Of large messages several: each would else cost a turn of the loop. Of small ones not so
# many that they fall out of the processor's cache.
_READ, _READ_OF_LARGE = 2**17, 2**20
# The rest of a message that lacks so many bytes is read to where it stays.
_APART = 2**16
_TEXT, _BINARY, _CONT = Opcode.TEXT, Opcode.BINARY, Opcode.CONT

check_replaced(
    ClientConnection, "connection_made", "handshake", "data_received", "process_event", "connection_lost", "send_data"
)


class _ReadBuffer(threading.local):
    """What the connections of a thread are read into in turn: each takes all of it before the next one reads."""

    def __init__(self) -> None:
        self.view = memoryview(bytearray(_READ_OF_LARGE))


_BUFFER = _ReadBuffer()


class ReceivingConnection(ClientConnection, asyncio.BufferedProtocol):
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
        self._splitter = FrameSplitter(self.frames, self._hand_on, most, decode_early)
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
            raise ConnectionEnded(refused(error)) from None
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
            self._reads_large = len(self.frames[-1]) > LARGE
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
