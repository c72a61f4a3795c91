"""Tapes of a session."""

from __future__ import annotations

import json
from typing import Any


def answer(body: bytes, content_type: str = "application/json", status: str = "200 OK", more: str = "") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n{more}Content-Length: {len(body)}\r\n"
    return f"{head}Connection: close\r\n\r\n".encode() + body


# ---- hostile tapes

HEAD = '{"format": "wyseos cassette", "version": 1}\n'


OPEN = {"kind": "open", "t": 0, "line": 1, "path": "/x"}


def line(**changed: Any) -> bytes:
    return (HEAD + json.dumps(OPEN) + "\n" + json.dumps({"t": 0, "line": 1} | changed)).encode()
