"""The frames of a session, read as events. Heartbeats are answered here, and what is no event is passed over. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from wyseos.generated.events import decode_event
from wyseos.generated.models import PingEvent, PongEvent, PongMessage
from wyseos.mate.errors import DecodeError
from wyseos.mate.tasks.protocol.actions import SendText, Warn

if TYPE_CHECKING:
    from wyseos.generated.events import Event

UNREADABLE_IN_A_ROW = 3
"""So many frames in a row that are no events end the task (fault row 26)."""

_HEARTBEATS = frozenset({PingEvent, PongEvent})

Read = tuple[list["Event"], Sequence[SendText | Warn], str | None]
"""The events, what else is to be done, and why the round should end, if it should."""


class UnreadableFrame(bytes):
    """A frame that can't be an event, such as a binary one; its content tells what it was."""


class DecodedFrame:
    """A frame that was decoded when it came.

    Args:
        event: what it is.
        size: bytes of its text.
    """

    __slots__ = ("_size", "event")

    def __init__(self, event: Event, size: int) -> None:
        self.event = event
        self._size = size

    def __len__(self) -> int:
        return self._size


Frame = bytes | bytearray | DecodedFrame


def decode_early(text: bytearray | memoryview) -> DecodedFrame | bytes:
    """Decode a large frame when it comes: its text needn't be copied, and is still in the processor's cache.

    Args:
        text: only lent.

    Returns:
        The frame, or its text where it can't be decoded: that is told in its turn, where it ends what it has to end.
    """
    try:
        return DecodedFrame(decode_event(text), len(text))
    except Exception:  # noqa: BLE001 - it comes up again in its turn
        return bytes(text)


class FrameReader:
    """Reads the frames of a session, and counts those in a row that are no events."""

    __slots__ = ("_unreadable",)

    def __init__(self) -> None:
        self._unreadable = 0

    def read(self, frames: Sequence[Frame]) -> Read:
        """Read frames; one that is no event, or a heartbeat, sends all of them the long way."""
        try:
            events = [frame.event if isinstance(frame, DecodedFrame) else decode_event(frame) for frame in frames]
        except DecodeError:
            events = []
        if not events or not _HEARTBEATS.isdisjoint(map(type, events)):
            return self._read_each(frames)
        self._unreadable = 0
        return events, (), None

    def _read_each(self, frames: Sequence[Frame]) -> Read:
        events: list[Event] = []
        actions: list[SendText | Warn] = []
        complaint: str | None = None
        for frame in frames:
            try:
                event = _decode(frame)
            except DecodeError as error:
                self._unreadable += 1
                actions.append(Warn(f"a frame that is no event was passed over: {error.message}"))
                if self._unreadable >= UNREADABLE_IN_A_ROW and complaint is None:
                    complaint = f"{self._unreadable} frames in a row were no events; the last: {error.message}"
                continue
            self._unreadable = 0
            if type(event) is PingEvent:
                actions.append(SendText(PongMessage(timestamp=event.timestamp or 0).to_dict()))
            elif type(event) is not PongEvent:
                events.append(event)
        return events, actions, complaint


def _decode(frame: Frame) -> Event:
    if isinstance(frame, DecodedFrame):
        return frame.event
    if type(frame) is UnreadableFrame:
        raise DecodeError(frame.decode())
    return decode_event(frame)
