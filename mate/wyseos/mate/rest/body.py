"""The body of an answer, unpacked as it comes and never beyond a limit (security row 8). Pure: bytes in, bytes out."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Protocol

from wyseos.mate.errors import DecodeError

__all__ = ["Body", "CutShort"]


class CutShort(Exception):
    """A packed body ended before its end: the connection broke, whatever it said itself."""


class _Unpacker(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unconsumed_tail(self) -> bytes: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


def _zlib() -> _Unpacker:
    return zlib.decompressobj(wbits=32 + zlib.MAX_WBITS)  # 32: gzip or zlib, by its header


_PLAIN = ("", "identity")
_PACKED = ("gzip", "x-gzip", "deflate")
_FEWER = "Ask for fewer rows at a time, or raise max_response_size."


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
        known = encoding.strip().lower()
        if keep is not None and known not in (*_PLAIN, *_PACKED):
            raise DecodeError(f"The answer is packed in a way that was not asked for ({known!r:.40}).")
        # What cannot be unpacked is taken as it is: an error page of whoever packed it so still has its status.
        self._unpacker = _zlib() if known in _PACKED else None
        self._may_lack_its_head = known == "deflate"
        self._limit = limit
        self._size = 0
        self._begun = False
        self._parts: list[bytes] = []
        self._keep = keep or self._parts.append
        self._remedy = remedy

    def add(self, chunk: bytes) -> None:
        """Take the next chunk.

        Raises:
            DecodeError: the body is over the limit, or cannot be unpacked.
        """
        if self._unpacker is not None and chunk:
            chunk = self._unpack(self._unpacker, chunk)
        self._size += len(chunk)
        if self._size > self._limit:
            raise DecodeError(
                f"The answer is larger than {self._limit} bytes.",
                hint=self._remedy,
            )
        self._keep(chunk)

    def _unpack(self, unpacker: _Unpacker, chunk: bytes) -> bytes:
        """Unpack a chunk: of as many members as a gzip body has, of deflate also without the head it should have."""
        made = bytearray()
        while chunk and len(made) + self._size <= self._limit:
            if unpacker.eof:
                unpacker = _zlib()
            try:
                made += unpacker.decompress(chunk, self._limit - self._size - len(made) + 1)
            except zlib.error:
                if self._begun or not self._may_lack_its_head:
                    raise DecodeError("The answer's body cannot be unpacked: it is damaged.") from None
                unpacker, self._begun = zlib.decompressobj(wbits=-zlib.MAX_WBITS), True
                continue
            self._begun = True
            chunk = unpacker.unused_data if unpacker.eof else b""
        self._unpacker = unpacker
        return bytes(made)

    def finish(self) -> bytes:
        """Return the whole body.

        Raises:
            CutShort: it was packed, and its end is missing.
        """
        if self._unpacker is not None and self._begun and not self._unpacker.eof:
            raise CutShort
        return b"".join(self._parts)
