"""Files: reading a multipart body, and naming the place where a file can be downloaded."""

from __future__ import annotations

import mimetypes
import re
from dataclasses import dataclass
from urllib.parse import quote

from wyseos.mate.emulator.server.refusal import INVALID, Refusal

_BOUNDARY = re.compile(r'boundary="?([^";]+)"?', re.IGNORECASE)
_DISPOSITION = re.compile(rb'(?<![\w*])(name|filename)="((?:[^"\\]|\\.)*)"')
# What a browser may show from the emulator's own address; anything else is only to be saved.
_SHOWN = ("image/png", "image/jpeg", "image/gif", "application/pdf")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a multipart body; a part without a file name is a plain field."""

    name: str
    file_name: str | None
    content: bytes


def parse_multipart(content_type: str, body: bytes) -> list[Part]:
    """Take a `multipart/form-data` body apart.

    Args:
        content_type: the header, which names the boundary.
        body: the whole body.

    Raises:
        Refusal: it is no multipart body, or it is cut short.
    """
    found = _BOUNDARY.search(content_type)
    if found is None:
        raise Refusal(INVALID, "the content type names no boundary")
    delimiter = b"\r\n--" + found[1].encode("latin-1")
    pieces = (b"\r\n" + body).split(delimiter)
    if len(pieces) < 2 or not pieces[-1].startswith(b"--"):
        raise Refusal(INVALID, "the multipart body is cut short")
    return [_part(piece) for piece in pieces[1:-1]]


def _part(piece: bytes) -> Part:
    head, found, content = piece.partition(b"\r\n\r\n")
    told = {name.decode(): _text(value) for name, value in _DISPOSITION.findall(head)}
    if not found or "name" not in told:
        raise Refusal(INVALID, "a part of the multipart body has no name")
    return Part(told["name"], told.get("filename"), content)


def _text(value: bytes) -> str:
    """Read a quoted value as browsers write it: `%22` is a quote, `%0D` and `%0A` the ends of lines."""
    text = value.decode("utf-8", "replace").replace('\\"', '"')
    return text.replace("%22", '"').replace("%0D", "\r").replace("%0A", "\n")


def file_url(base_url: str, file_id: str, file_name: str) -> str:
    """Tell where a file can be downloaded."""
    return f"{base_url}/files/{file_id}/{quote(file_name, safe='', errors='replace')}"


def media_type(file_name: str) -> str:
    """Tell how a file is served: pictures as what they are, all else as bytes, so that no page of a user runs here."""
    guessed = mimetypes.guess_type(file_name)[0]
    return guessed if guessed in _SHOWN else "application/octet-stream"
