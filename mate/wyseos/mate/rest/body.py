"""The body of an answer, unpacked as it comes and never beyond a limit (security row 8). Pure: bytes in, bytes out."""

from __future__ import annotations

import zlib
from collections.abc import Callable

from wyseos.mate.errors import DecodeError

__all__ = ["Body", "CutShort"]


class CutShort(Exception):
    """A packed body ended before its end: the connection broke, whatever it said itself."""


_PLAIN = frozenset({"", "identity"})
_PACKED = frozenset({"gzip", "x-gzip", "deflate"})
# Nobody packs more often, and each layer costs memory before its first byte.
_MOST_LAYERS = 4
_OVERHEAD = 64
_FEWER = "Ask for fewer rows at a time, or raise max_response_size."


_GZIP = b"\x1f\x8b"


class _Layer:
    """One packing undone: gzip of as many members as there are, or deflate, also without the head it should have.

    Args:
        encoding: its name.
    """

    def __init__(self, encoding: str) -> None:
        self._may_lack_its_head = encoding == "deflate"
        self._unpacker = _by_header()
        self._head = b""
        self._is_over = False

    @property
    def is_cut(self) -> bool:
        """Whether it began, and its end is missing."""
        return bool(self._head) and not (self._is_over or self._unpacker.eof)

    def unpack(self, chunk: bytes, room: int) -> bytes:
        """Unpack a chunk; not much more than `room` bytes are made of it.

        Raises:
            DecodeError: it is damaged.
        """
        made = bytearray()
        chunk = self._begun(chunk)
        while chunk and len(made) <= room and self._goes_on(chunk):
            try:
                made += self._unpacker.decompress(chunk, room + 1 - len(made))
            except zlib.error:
                raise DecodeError("The answer's body cannot be unpacked: it is damaged.") from None
            chunk = self._unpacker.unused_data if self._unpacker.eof else b""
        return bytes(made)

    def _begun(self, chunk: bytes) -> bytes:
        """Hold the first bytes back until they tell what it is; return what can be unpacked."""
        if len(self._head) >= len(_GZIP):
            return chunk
        self._head += chunk
        if len(self._head) < len(_GZIP):
            return b""
        if self._may_lack_its_head and not _has_head(self._head):
            self._unpacker = zlib.decompressobj(wbits=-zlib.MAX_WBITS)
        chunk, self._head = self._head, self._head[: len(_GZIP)]
        return chunk

    def _goes_on(self, chunk: bytes) -> bool:
        """Begin another member where one follows; all else after the end, such as padding, is none of it."""
        if self._unpacker.eof and self._head == _GZIP and chunk[:1] == _GZIP[:1]:
            self._unpacker = _by_header()
        self._is_over = self._is_over or self._unpacker.eof
        return not self._is_over


def _by_header() -> zlib._Decompress:
    return zlib.decompressobj(wbits=32 + zlib.MAX_WBITS)


def _has_head(start: bytes) -> bool:
    """Whether it begins as zlib's format does (RFC 1950), or as gzip's, which some send under the other name."""
    return start[:2] == _GZIP or (start[0] & 0x0F == 8 and int.from_bytes(start[:2]) % 31 == 0)


class Body:
    """Collects the chunks of one body.

    Args:
        encoding: the answer's `Content-Encoding`.
        limit: the most bytes that it may have, unpacked.
        keep: takes each piece, unpacked, where the body is not to be kept here.
        remedy: what to do about a body that is too large.

    Raises:
        DecodeError: the encoding is none that was asked for, where the body is kept elsewhere.
    """

    def __init__(
        self, encoding: str, limit: int, keep: Callable[[bytes], object] | None = None, remedy: str = _FEWER
    ) -> None:
        names = [name for each in encoding.lower().split(",") if (name := each.strip()) not in _PLAIN]
        is_known = len(names) <= _MOST_LAYERS and _PACKED.issuperset(names)
        if keep is not None and not is_known:
            raise DecodeError(
                f"The answer is packed in a way that was not asked for ({encoding.strip().lower()!r:.40})."
            )
        # What cannot be unpacked is taken as it is: an error page of whoever packed it so still has its status.
        self._layers = [_Layer(name) for name in reversed(names)] if is_known else []
        self._limit = limit
        self._size = 0
        self._parts: list[bytes] = []
        self._keep = keep or self._parts.append
        self._remedy = remedy

    def add(self, chunk: bytes) -> None:
        """Take the next chunk.

        Raises:
            DecodeError: the body is over the limit, or cannot be unpacked.
        """
        room = self._limit - self._size
        for layer in self._layers[:-1]:
            chunk = layer.unpack(chunk, 2 * room + _OVERHEAD)  # what does not shrink grows a little by being packed
        for layer in self._layers[-1:]:
            chunk = layer.unpack(chunk, room)
        self._size += len(chunk)
        if self._size > self._limit:
            raise DecodeError(f"The answer is larger than {self._limit} bytes.", hint=self._remedy)
        self._keep(chunk)

    @property
    def so_far(self) -> bytes:
        """What was kept until now."""
        return b"".join(self._parts)

    def finish(self) -> bytes:
        """Return the whole body.

        Raises:
            CutShort: it was packed, and its end is missing.
        """
        if any(layer.is_cut for layer in self._layers):
            raise CutShort
        return self.so_far
