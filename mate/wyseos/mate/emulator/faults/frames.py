"""The frames of one connection on their way out, and how faults strike them or the connection."""

from __future__ import annotations

import asyncio
import json
import struct
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.websockets import WebSocket, WebSocketDisconnect

from wyseos.mate.emulator.faults.rules import Fault, Faults
from wyseos.mate.emulator.server.transport import CuttableTransport

_TO_FRAMES = ("lose", "duplicate", "reorder", "oversize", "text_body")
_LONGEST_HOLD = 0.2
_TO_LINE = ("cut", "half_open", "close", "stray", "unknown_type")


@dataclass(frozen=True, slots=True)
class _Frame:
    """Something to be written; what stands apart, such as a pong, is no event: it is not counted and not struck."""

    text: str
    apart: bool = False
    close: tuple[int, str] | None = None


class Frames:
    """What one connection is sent, in order.

    Args:
        faults: what may go wrong.
        session_id: whose connection it is.
        websocket: where the frames go.
        transport: what lies below it.
    """

    def __init__(self, faults: Faults, session_id: str, websocket: WebSocket, transport: CuttableTransport) -> None:
        self._faults = faults
        self._session_id = session_id
        self._websocket = websocket
        self._transport = transport
        self._queue: asyncio.Queue[_Frame] = asyncio.Queue()
        self._held: str | None = None
        self._count = 0

    def put(self, text: str) -> None:
        """Send an event."""
        self._queue.put_nowait(_Frame(text))

    def put_apart(self, text: str) -> None:
        """Send something that is no event, such as a pong."""
        self._queue.put_nowait(_Frame(text, apart=True))

    def put_close(self, code: int, reason: str) -> None:
        """Close the connection after what is under way."""
        self._queue.put_nowait(_Frame("", close=(code, reason)))

    async def write(self) -> None:
        """Write until the connection ends."""
        try:
            await self._after()
            while True:
                await self._write(await self._next())
        except (WebSocketDisconnect, RuntimeError):
            # The connection ended while something was under way: there is no one left to tell.
            return

    async def _next(self) -> _Frame:
        if self._held is not None:
            try:
                return await asyncio.wait_for(self._queue.get(), _LONGEST_HOLD)
            except TimeoutError:
                # Nothing came that it could change places with.
                text, self._held = self._held, None
                await self._websocket.send_text(text)
        return await self._queue.get()

    async def _write(self, frame: _Frame) -> None:
        if frame.close is not None:
            await self._websocket.close(*frame.close)
        elif frame.apart:
            await self._websocket.send_text(frame.text)
        else:
            self._count += 1
            await self._write_event(frame.text)
            await self._after()

    async def _write_event(self, text: str) -> None:
        struck = {fault.kind: fault for fault in self._struck(*_TO_FRAMES)}
        if "text_body" in struck:
            event = json.loads(text)
            text = json.dumps({**event, "message": json.dumps(event.get("message"))})
        if "oversize" in struck:
            text = json.dumps({**json.loads(text), "padding": "x" * struck["oversize"]["bytes"]})
        held, self._held = self._held, None
        if "reorder" in struck:
            self._held = text
        elif "lose" not in struck:
            for _ in range(2 if "duplicate" in struck else 1):
                await self._websocket.send_text(text)
        if held is not None:
            await self._websocket.send_text(held)

    async def _after(self) -> None:
        for fault in self._struck(*_TO_LINE):
            await self.apply(fault)

    def _struck(self, *kinds: str) -> list[Fault]:
        return self._faults.strike(*kinds, session_id=self._session_id, frame=self._count)

    def at_message(self, kind: str) -> Fault | None:
        """Tell the fault that strikes as the client sends a message of this type."""
        struck = self._faults.strike(*_TO_LINE, session_id=self._session_id, message=kind)
        return struck[0] if struck else None

    async def apply(self, fault: Fault) -> None:
        """Do to the connection what the fault says."""
        await _DEEDS[fault.kind](self, fault)

    async def _cut(self, fault: Fault) -> None:
        if fault["reset"]:
            self._transport.reset()
        else:
            self._transport.cut_after(fault["byte"] or 0)

    async def _half_open(self, fault: Fault) -> None:
        self._transport.fall_silent()

    async def _close(self, fault: Fault) -> None:
        await self._websocket.close(fault["code"], fault["reason"])

    async def _stray(self, fault: Fault) -> None:
        if fault["bad_utf8"]:
            self._transport.write(_raw_text_frame(b"\xff\xfe{}"))
        elif fault["binary"] is not None:
            await self._websocket.send_bytes(fault["binary"].encode())
        else:
            await self._websocket.send_text("stray" if fault["text"] is None else fault["text"])

    async def _unknown_type(self, fault: Fault) -> None:
        kind = "rich" if fault["rich"] else fault["type"]
        body = {"type": fault["rich"], "data": {"surprise": True}} if fault["rich"] else None
        event = {"type": kind, "message_id": f"msg_unknown_{self._count}", "content": "Something new.", "message": body}
        await self._websocket.send_text(json.dumps(event))


def _raw_text_frame(payload: bytes) -> bytes:
    """Make a text frame by hand, for what no WebSocket library would send."""
    return struct.pack("BB", 0x81, len(payload)) + payload


_DEEDS: dict[str, Callable[[Frames, Fault], Awaitable[None]]] = {
    "cut": Frames._cut,
    "half_open": Frames._half_open,
    "close": Frames._close,
    "stray": Frames._stray,
    "unknown_type": Frames._unknown_type,
}
