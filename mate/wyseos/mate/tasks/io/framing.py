"""Takes text frames straight out of what comes over a connection; all else is the library's, in its order. No I/O.

Nearly all that a service sends are messages of text in one frame. The library reads each by several generators and
copies it twice, which costs more than all that follows. What is anything else (a fragment, a heartbeat, a goodbye, too
large, a breach of the protocol) is handed to the library as it came, so that its rules hold. It sees the stream without
the frames that were taken, on which nothing that it does depends.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from wyseos.mate.tasks.protocol.frames import Frame

Raw = Frame
"""A text frame: its content, or what was made of that when it came."""
Read = bytes | memoryview
"""What a read brought; where it is a view, it is only lent."""

_WHOLE_TEXT = 0x81  # the only frame of a message, of text, without reserved bits
_FIN = _MASKED = 0x80
_CONTROL = 0x08  # in the opcodes of heartbeats and goodbyes, which may come within a message
_LONGEST_HEADER = 14
_HEAD_END = b"\r\n\r\n"
_WORTH_ROOM = 2**16
LARGE = 2**14
"""To copy a smaller message costs next to nothing."""
# What a header claims is put aside so far at once, and beyond that only as it comes.
_AHEAD = 4 * 2**20
_ROOM = 3 * 2**20


class FrameSplitter:
    """Divides what comes over one connection between text frames and the library.

    Args:
        frames: where the text frames are put.
        hand_on: gives bytes to the library, and tells whether the connection is open. Where it is not, it was refused
            or is closing, and all that follows is the library's.
        most: bytes of the largest message; a larger one is the library's to refuse.
        take_large: makes a frame of the content of a large one, which is only lent to it.
    """

    __slots__ = (
        "_filled",
        "_frames",
        "_hand_on",
        "_head",
        "_header",
        "_is_fragmented",
        "_is_open",
        "_left",
        "_missing",
        "_most",
        "_part",
        "_take_large",
    )

    def __init__(
        self,
        frames: list[Raw],
        hand_on: Callable[[bytes], bool],
        most: int,
        take_large: Callable[[bytearray | memoryview], Raw] = bytes,
    ) -> None:
        self._frames = frames
        self._hand_on = hand_on
        self._most = most
        self._take_large = take_large
        self._is_open = True
        self._head: bytes | None = b""  # the last bytes of the handshake's answer, until its end was found
        self._part = bytearray()  # a text frame that is not whole
        self._filled = 0  # bytes of it that have come
        self._missing = 0  # bytes of it that are still to come
        self._header = b""  # of the library's frame, until it is whole
        self._left = 0  # bytes of the library's frame that are still to come
        self._is_fragmented = False

    def split(self, data: Read) -> None:
        """Take what a read brought, and keep none of it."""
        place, end = 0, len(data)
        while place < end:
            if (room := self.room()) is not None:
                place = self._go_on(data, place, room)
            elif self._is_between_messages and (after := self._take(data, place)) > place:
                place = after
            else:
                stop = self._end_of_frame(data, place) if self._is_open else end
                is_open = self._hand_on(bytes(data[place:stop]))
                self._is_open = is_open or self._head is not None
                place = stop

    def room(self, least: int = 0) -> memoryview | None:
        """Return where the bytes belong that a text frame is missing: what is read there needn't be copied.

        Args:
            least: bytes; None where no frame is missing more than so many.
        """
        if self._missing <= least:
            return None
        if self._filled == len(self._part):
            # A longer one anew: who has read into this one may still hold a view of it.
            longer = bytearray(self._filled + min(self._missing, self._filled))
            longer[: self._filled] = self._part
            self._part = longer
        return memoryview(self._part)[self._filled :]

    def fill(self, size: int) -> None:
        """Take that many bytes that were read into the room."""
        self._filled += size
        self._missing -= size
        if not self._missing:
            self._frames.append(self._take_large(self._part) if self._filled > LARGE else self._part)
            self._part, self._filled = bytearray(), 0

    @property
    def _is_between_messages(self) -> bool:
        is_in_frame = self._left or self._header
        return self._is_open and self._head is None and not is_in_frame and not self._is_fragmented

    def _take(self, data: Read, place: int) -> int:
        """Take the text frames from there on, and return where another one begins."""
        put, end, most = self._frames.append, len(data), self._most
        while end - place > 3 and data[place] == _WHOLE_TEXT:
            size, start = data[place + 1], place + 2
            if size == 126:
                start += 2
                size = data[start - 2] << 8 | data[start - 1]
            elif size == 127 and end - place >= 10:
                start += 8
                size = int.from_bytes(data[place + 2 : start])
            elif size > 125:
                break
            if size > most:
                break
            place = start + size
            if place > end:
                self._begin(memoryview(data)[start:], size)
                return end
            put(bytes(data[start:place]) if size <= LARGE else self._take_large(memoryview(data)[start:place]))
        return place

    def _begin(self, data: memoryview, size: int) -> None:
        """Take the first bytes of a text frame of that size."""
        if size > _WORTH_ROOM:
            _keep_room()
        came = len(data)
        self._part = bytearray(min(size, max(came, _AHEAD)))
        self._part[:came] = data
        self._filled, self._missing = came, size - came

    def _go_on(self, data: Read, place: int, room: memoryview) -> int:
        """Take what a read brought of a text frame that came in part, and return how far that was."""
        size = min(len(data) - place, len(room))
        room[:size] = memoryview(data)[place : place + size]
        self.fill(size)
        return place + size

    def _end_of_frame(self, data: Read, place: int) -> int:
        """Return how far the bytes go of what the library is reading, or begins to read, there."""
        if self._head is not None:
            return self._end_of_head(data, self._head)
        if not self._left:
            known = len(self._header)
            header = self._header + data[place : place + _LONGEST_HEADER - known]
            size = _size_of(header)
            if size is None:
                self._header = header
                return len(data)
            self._note(header[0])
            self._header, self._left = b"", size - known
        stop = min(len(data), place + self._left)
        self._left -= stop - place
        return stop

    def _end_of_head(self, data: Read, head: bytes) -> int:
        found = (head + data).find(_HEAD_END)
        if found < 0:
            self._head = (head + data)[1 - len(_HEAD_END) :]
            return len(data)
        self._head = None
        return found + len(_HEAD_END) - len(head)

    def _note(self, first: int) -> None:
        """Note whether a message is open: a whole one in it is a breach of the protocol."""
        if not first & _CONTROL:
            self._is_fragmented = not first & _FIN


@cache
def _keep_room() -> None:
    """Have the C library keep some memory that is freed, once the first large message comes.

    glibc gives back what exceeds twice the largest block that was ever freed. A screenshot is several such blocks at
    once: each time their pages would be given back and fetched anew, which costs as much as all the work on it.
    """
    bytes(_ROOM)


def _size_of(header: bytes) -> int | None:
    """Return how many bytes a frame has, None where its header is not whole."""
    if len(header) < 2:
        return None
    size, follow = header[1] & ~_MASKED, 2
    if size > 125:
        follow += 2 if size == 126 else 8
        size = int.from_bytes(header[2:follow])
    follow += 4 if header[1] & _MASKED else 0
    return size + follow if len(header) >= follow else None
