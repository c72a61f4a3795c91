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

import base64
import json
import os
import re
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from wyseos.runtime.validation import is_torn

Entry = dict[str, Any]

FORMAT = "wyseos cassette"
VERSION = 1
CUT = 1006
# A tape is read as a whole.
MOST_BYTES = 512 * 2**20
# Seconds. Nobody records for longer, and a clock that is told more would leave the calendar.
_LONGEST = 30 * 24 * 3600.0


class CassetteError(ValueError):
    """A file that is no cassette; the message names the file and the line."""


class _Field(NamedTuple):
    """What a field of an entry must be."""

    fits: Callable[[Any], bool]
    told: str


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and not is_torn(value)


def _is_seconds(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= _LONGEST


def _is_whole(low: int, high: int) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


def _is_answer(value: Any) -> bool:
    if not isinstance(value, dict) or value.keys() != {"base64"}:
        return _is_text(value)
    try:
        base64.b64decode(value["base64"], validate=True)
    except (ValueError, TypeError):
        return False
    return True


def _is_asked(value: Any) -> bool:
    return value is None or isinstance(value, dict) or _is_text(value)


def _are_headers(value: Any) -> bool:
    return isinstance(value, dict) and all(
        isinstance(text, str) and _HEADER.fullmatch(text) and _NAME.fullmatch(name) for name, text in value.items()
    )


def _is_close_code(value: Any) -> bool:
    return _is_whole(1000, 4999)(value) and value not in (1004, 1015) and not 1016 <= value < 3000


_HEADER = re.compile(r"[\t\x20-\x7e]*")
_NAME = re.compile(r"[\w-]+", re.ASCII)
_METHOD = re.compile(r"[A-Z]{1,20}")

_TEXT = _Field(_is_text, "must be text")
_SECONDS = _Field(_is_seconds, f"must be seconds from 0 to {_LONGEST:.0f}")
_LINE = _Field(_is_whole(1, 2**53), "must be a whole number from 1 on")
_FIELDS: dict[str, dict[str, _Field]] = {
    "rest": {
        "method": _Field(lambda value: isinstance(value, str) and bool(_METHOD.fullmatch(value)), "must be a method"),
        "path": _TEXT,
        "query": _TEXT,
        "status": _Field(_is_whole(200, 599), "must be a status from 200 to 599"),
        "headers": _Field(_are_headers, "must be names with texts that stand in a header"),
        "answer": _Field(_is_answer, 'must be text or {"base64": …}'),
    },
    "open": {"line": _LINE, "path": _TEXT},
    "sent": {"line": _LINE, "text": _TEXT},
    "got": {"line": _LINE, "text": _TEXT},
    "closed": {
        "line": _LINE,
        "code": _Field(_is_close_code, "must be a code that closes a WebSocket"),
        "reason": _Field(lambda value: _is_text(value) and len(value.encode()) <= 123, "must be text of 123 bytes"),
    },
}
_EVERYWHERE = {"t": _SECONDS}
_OPTIONAL = {"took": _SECONDS, "asked": _Field(_is_asked, "must be null, text, or size and hash")}


def load_cassette(path: str | Path) -> list[Entry]:
    """Read a cassette.

    Args:
        path: the file.

    Returns:
        Its entries, without the first line.

    Raises:
        CassetteError: it cannot be read, is no cassette, of a newer version, or damaged; names the line.
    """
    place, entries, opened = Path(path), list[Entry](), set[int]()
    for number, entry in _read(place):
        refuse = _refusal(place, number)
        if number == 1:
            _check_head(entry, refuse)
            continue
        _check(entry, opened, refuse)
        entries.append(entry)
    return entries


def _refusal(path: Path, number: int) -> Callable[[str], NoReturn]:
    def refuse(why: str) -> NoReturn:
        raise CassetteError(f"{path}: line {number}: {why}")

    return refuse


def _check_head(head: Entry, refuse: Callable[[str], NoReturn]) -> None:
    if head.get("format") != FORMAT or head.get("version") != VERSION:
        refuse(f"this is no {FORMAT} of version {VERSION}")


def _check(entry: Entry, opened: set[int], refuse: Callable[[str], NoReturn]) -> None:
    """Hold an entry against the table; `opened` are the lines that were opened before it."""
    kind = entry.get("kind")
    fields = _FIELDS.get(kind) if isinstance(kind, str) else None
    if fields is None:
        refuse("kind is missing or unknown")
    needed = fields | _EVERYWHERE
    if missing := needed.keys() - entry.keys():
        refuse(f"{', '.join(sorted(missing))} is missing or unknown")
    for name, field in (needed | _OPTIONAL).items():
        if name in entry and not field.fits(entry[name]):
            refuse(f"{name} {field.told}")
    if kind == "open" and entry["line"] in opened:
        refuse(f"connection {entry['line']} was opened before")
    if kind == "open":
        opened.add(entry["line"])
    elif kind != "rest" and entry["line"] not in opened:
        refuse(f"connection {entry['line']} was not opened before")


def _read(path: Path) -> Iterator[tuple[int, Entry]]:
    """Read the lines that are not empty. Only a line feed ends one: what else Unicode takes for an end is text."""
    lines = _bytes(path).removeprefix(b"\xef\xbb\xbf").split(b"\n")
    for number, line in enumerate(lines, 1):
        if line.strip() or number == 1:
            yield number, _decoded(line.strip() or b"{}", _refusal(path, number))


def _bytes(path: Path) -> bytes:
    try:
        with open(path, "rb", opener=_without_waiting) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise CassetteError(f"{path}: this is no file")
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise CassetteError(f"{path}: it cannot be read: {error.strerror}") from None
    except ValueError as error:  # a NUL in the name
        raise error if isinstance(error, CassetteError) else CassetteError(f"{str(path)!r}: {error}") from None
    if len(content) > MOST_BYTES:
        raise CassetteError(f"{path}: it is larger than {MOST_BYTES // 2**20} MiB")
    return content


def _without_waiting(path: str, flags: int) -> int:
    """Open a file; at a pipe that nobody writes into one would wait for ever."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _decoded(line: bytes, refuse: Callable[[str], NoReturn]) -> Entry:
    try:
        entry = json.loads(line.decode("utf-8"), parse_constant=_no_constant)
    except UnicodeDecodeError:
        refuse("this is not UTF-8")
    except ValueError:
        refuse("this is not JSON")
    except RecursionError:
        refuse("this nests too deep")
    if not isinstance(entry, dict):
        refuse("this is no object")
    return entry


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


class CassetteWriter:
    """Writes a cassette, entry by entry, so that what was recorded is there even after a crash. The owner's alone.

    Args:
        path: the file; it must not be there yet.

    Raises:
        FileExistsError: it is there.
    """

    def __init__(self, path: str | Path) -> None:
        self._path = Path(path)
        # Open as long as the writer is.
        self._file = open(path, "x", encoding="utf-8", opener=_for_the_owner)  # noqa: SIM115
        self.write({"format": FORMAT, "version": VERSION})

    def write(self, entry: Entry) -> None:
        """Add an entry."""
        self._file.write(json.dumps(entry) + "\n")
        self._file.flush()

    def rewrite(self, change: Callable[[Entry], Entry]) -> None:
        """Write all entries anew, changed; until that is done, the file is as it was."""
        new = self._path.with_name(f"{self._path.name}.new")
        with self._path.open(encoding="utf-8") as old, open(new, "w", encoding="utf-8", opener=_for_the_owner) as file:
            file.write(next(old))
            file.writelines(json.dumps(change(json.loads(line))) + "\n" for line in old)
        self._file.close()
        os.replace(new, self._path)

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def _for_the_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
