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


class FrameReader:
    """Reads the frames of a session, and counts those in a row that are no events."""

    __slots__ = ("_unreadable",)

    def __init__(self) -> None:
        self._unreadable = 0

    def read(self, frames: Sequence[bytes | bytearray]) -> Read:
        """Read frames; one that is no event, or a heartbeat, sends all of them the long way."""
        try:
            events = [decode_event(frame) for frame in frames]
        except DecodeError:
            events = []
        if not events or not _HEARTBEATS.isdisjoint(map(type, events)):
            return self._read_each(frames)
        self._unreadable = 0
        return events, (), None

    def _read_each(self, frames: Sequence[bytes | bytearray]) -> Read:
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


def _decode(frame: bytes | bytearray) -> Event:
    if type(frame) is UnreadableFrame:
        raise DecodeError(frame.decode())
    return decode_event(frame)
