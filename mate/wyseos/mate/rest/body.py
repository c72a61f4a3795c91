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
    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


def _zlib() -> _Unpacker:
    return zlib.decompressobj(wbits=32 + zlib.MAX_WBITS)  # 32: gzip or zlib, by its header


_UNPACKERS: dict[str, Callable[[], _Unpacker] | None] = {
    "": None,
    "identity": None,
    "gzip": _zlib,
    "x-gzip": _zlib,
    "deflate": _zlib,
}


class Body:
    """Collects the chunks of one body.

    Args:
        encoding: the answer's `Content-Encoding`.
        limit: the most bytes that it may have, unpacked.

    Raises:
        DecodeError: the encoding is none that was asked for.
    """

    def __init__(self, encoding: str, limit: int) -> None:
        known = encoding.strip().lower()
        if known not in _UNPACKERS:
            raise DecodeError(f"The answer is packed in a way that was not asked for ({known!r:.40}).")
        make = _UNPACKERS[known]
        self._unpacker = make() if make else None
        self._limit = limit
        self._size = 0
        self._begun = False
        self._parts: list[bytes] = []

    def add(self, chunk: bytes) -> None:
        """Take the next chunk.

        Raises:
            DecodeError: the body is over the limit, or cannot be unpacked.
        """
        if self._unpacker is not None and chunk:
            self._begun = True
            try:
                chunk = self._unpacker.decompress(chunk, self._limit - self._size + 1)
            except zlib.error:
                raise DecodeError("The answer's body cannot be unpacked: it is damaged.") from None
        self._size += len(chunk)
        if self._size > self._limit:
            raise DecodeError(
                f"The answer is larger than {self._limit} bytes.",
                hint="Ask for fewer rows at a time, or raise max_response_size.",
            )
        self._parts.append(chunk)

    def finish(self) -> bytes:
        """Return the whole body.

        Raises:
            CutShort: it was packed, and its end is missing.
        """
        if self._unpacker is not None and self._begun and not self._unpacker.eof:
            raise CutShort
        return b"".join(self._parts)
