"""Where the items of a batch come from: JSONL, CSV or plain lines, and iterables of a program."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from itertools import islice, zip_longest
from os import PathLike
from pathlib import Path
from typing import TypeAlias

from wyseos.mate.batch.items import Raw
from wyseos.mate.errors import ConfigError, ValidationError
from wyseos.runtime.codec import loads
from wyseos.runtime.errors import DecodeError

Source: TypeAlias = Iterable[object] | PathLike[str]
"""Texts and dicts, or the path of a file that holds them."""

_DELIMITERS = ",;\t"
"""What spreadsheets write between cells: it depends on the country."""
_JSON_COLUMNS = ("attachments", "extra", "options")


def rows_of(source: Source) -> Iterator[Raw]:
    """Yield the rows of a source.

    Raises:
        ValidationError: it is no source.
        ConfigError: the file can't be read, or has no task in it anywhere.
    """
    if isinstance(source, PathLike):
        path = Path(source)
        readers = {".jsonl": _jsonl, ".ndjson": _jsonl, ".csv": _csv}
        return readers.get(path.suffix.lower(), _lines)(_text(path))
    if isinstance(source, str | bytes) or not isinstance(source, Iterable):
        raise ValidationError(
            f'items is of type {type(source).__name__}; give a list of tasks, or Path("tasks.jsonl")', field="items"
        )
    return (Raw(f"item {number}", value) for number, value in enumerate(source, 1))


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except FileNotFoundError:
        raise ConfigError(f"{path} does not exist: write it, or name another one.") from None
    except OSError as error:
        raise ConfigError(f"{path} cannot be read ({error.strerror}): name a readable file.") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{path} is not UTF-8 text: save it as UTF-8.") from None


def _numbered(text: str) -> Iterator[tuple[int, str]]:
    # Not splitlines: a task may hold a form feed or a line separator.
    return ((number, line.rstrip("\r")) for number, line in enumerate(text.split("\n"), 1) if line.strip())


def _lines(text: str) -> Iterator[Raw]:
    return (Raw(f"line {number}", line.strip()) for number, line in _numbered(text))


def _jsonl(text: str) -> Iterator[Raw]:
    for number, line in _numbered(text):
        try:
            yield Raw(f"line {number}", loads(line))
        except DecodeError:
            yield Raw(f"line {number}", fault="it is not JSON; give an object or a text a line")


def _csv(text: str) -> Iterator[Raw]:
    lines = list(StringIO(text, newline=""))
    delimiter, columns = _header(lines)
    rows = _table(lines, delimiter)
    next(rows)
    for line, cells in rows:
        place = f"line {line}"
        if isinstance(cells, str):
            yield Raw(place, fault=f"it is not CSV ({cells})")
        elif any(cells[len(columns) :]):
            yield Raw(
                place, fault=f"it has {len(cells)} cells, the table {len(columns)} columns; quote what holds a comma"
            )
        else:
            yield _csv_row(place, dict(zip_longest(columns, cells[: len(columns)])))


def _header(lines: list[str]) -> tuple[str, list[str]]:
    """Return what stands between the cells, and the names of the columns."""
    found = {delimiter: next(_table(lines, delimiter), (1, []))[1] for delimiter in _DELIMITERS}
    for delimiter, names in found.items():
        columns = [name.strip().lower() for name in names]
        if "task" in columns:
            return delimiter, columns
    raise ConfigError(f"The table has no column `task`; it has {', '.join(found[',']) or 'none'}.")


def _table(lines: list[str], delimiter: str) -> Iterator[tuple[int, list[str] | str]]:
    """Yield each row, by the line that it begins in: its cells, or why it can't be read.

    One that can't be read ends with that line: a quote that is never closed takes no other rows with it.
    """
    begin = 0
    while begin < len(lines):
        reader = csv.reader(islice(lines, begin, None), delimiter=delimiter, strict=True)
        row = begin
        try:
            for cells in reader:
                if cells:
                    yield row + 1, cells
                row = begin + reader.line_num
            return
        except csv.Error as error:
            yield row + 1, str(error)
            begin = row + 1


def _csv_row(place: str, row: dict[str, str | None]) -> Raw:
    """A sheet has columns of its own, too; those that an item does not know are left out."""
    known: dict[str, object] = {name: row.get(name) for name in ("task", "key", "mode")}
    for name in _JSON_COLUMNS:
        if written := row.get(name):
            try:
                known[name] = loads(written)
            except DecodeError:
                return Raw(place, fault=f"{name} is not JSON")
    return Raw(place, known)
