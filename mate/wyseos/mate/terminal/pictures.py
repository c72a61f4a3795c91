"""Screenshots: base64 of the service, taken for a picture only where its first bytes say so."""

from __future__ import annotations

import base64
from typing import NamedTuple

_MAGIC = ((b"\x89PNG", "png"), (b"\xff\xd8\xff", "jpeg"), (b"GIF8", "gif"), (b"RIFF", "webp"))


class Picture(NamedTuple):
    """A picture: its kind as browsers name it, its bytes, and the base64 that it came as."""

    kind: str
    content: bytes
    encoded: str

    @property
    def url(self) -> str:
        """The picture as a `data:` URL."""
        return f"data:image/{self.kind};base64,{self.encoded}"


def decoded(encoded: str | None) -> Picture | None:
    """Return a picture, with or without the head of a `data:` URL before it; None where it is none."""
    text = encoded or ""
    if text.startswith("data:"):
        text = text.partition("base64,")[2]
    try:
        content = base64.b64decode(text, validate=True)
    except ValueError:
        return None
    kind = next((kind for magic, kind in _MAGIC if content.startswith(magic)), None)
    return None if kind is None else Picture(kind, content, text)
