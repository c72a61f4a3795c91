"""Cassettes: sessions recorded as JSON Lines, one entry a line, and read back.

The first line tells the format. Each other line is one of

    {"kind": "rest", "t": 0.1, "method", "path", "query", "asked", "status", "headers", "answer", "took"}
    {"kind": "open", "t": 0.2, "line": 1, "path"}               a connection was opened; `line` is its number
    {"kind": "sent", "t": 0.3, "line": 1, "text"}               the client sent a frame
    {"kind": "got", "t": 0.4, "line": 1, "text"}                the service sent a frame, byte for byte
    {"kind": "closed", "t": 0.5, "line": 1, "code", "reason"}   the service closed the connection

with `t` in seconds since the recording began. Pings and pongs are not recorded.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Entry = dict[str, Any]

FORMAT = "wyseos cassette"
VERSION = 1
_KINDS = {
    "rest": {"method", "path", "query", "status", "headers", "answer"},
    "open": {"line", "path"},
    "sent": {"line", "text"},
    "got": {"line", "text"},
    "closed": {"line", "code", "reason"},
}


class CassetteError(ValueError):
    """A file that is no cassette; the message names the file and the line."""


def load_cassette(path: str | Path) -> list[Entry]:
    """Read a cassette.

    Args:
        path: the file.

    Returns:
        Its entries, without the first line.

    Raises:
        CassetteError: it is no cassette, or of a newer version.
    """
    entries = list(_read(Path(path)))
    head = entries[0] if entries else {}
    if head.get("format") != FORMAT or head.get("version") != VERSION:
        raise CassetteError(f"{path}: line 1: this is no {FORMAT} of version {VERSION}")
    for number, entry in enumerate(entries[1:], 2):
        missing = {"t", *_KINDS.get(entry.get("kind", ""), {"kind"})} - entry.keys()
        if missing or entry["kind"] not in _KINDS:
            raise CassetteError(f"{path}: line {number}: {', '.join(sorted(missing)) or 'kind'} is missing or unknown")
    return entries[1:]


def _read(path: Path) -> Iterator[Entry]:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        try:
            entry = json.loads(line)
        except ValueError:
            raise CassetteError(f"{path}: line {number}: this is not JSON") from None
        if not isinstance(entry, dict):
            raise CassetteError(f"{path}: line {number}: this is no object")
        yield entry


class CassetteWriter:
    """Writes a cassette, entry by entry, so that what was recorded is there even after a crash.

    Args:
        path: the file; it must not be there yet.

    Raises:
        FileExistsError: it is there.
    """

    def __init__(self, path: str | Path) -> None:
        self._file = Path(path).open("x", encoding="utf-8")  # noqa: SIM115  # open as long as the writer is
        self.write({"format": FORMAT, "version": VERSION})

    def write(self, entry: Entry) -> None:
        """Add an entry."""
        self._file.write(json.dumps(entry) + "\n")
        self._file.flush()

    def close(self) -> None:
        """Close the file."""
        self._file.close()
