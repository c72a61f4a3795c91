"""Records on standard output: a table for people, tab-separated in a pipe, JSON for programs."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

import click

from wyseos.mate.terminal.table import cell, table_of
from wyseos.runtime.codec import dumps

Row = dict[str, Any]


def write_records(
    rows: Iterable[Any], columns: Sequence[str], *, as_json: bool = False, fields: str | None = None
) -> None:
    """Write a list.

    Args:
        rows: dicts, or models, which have `to_dict`.
        columns: the fields of the table, in order; with `as_json` each row is written whole.
        as_json: write one JSON array, a row a line, each as soon as it is there.
        fields: the user's choice of fields, with commas between.

    Raises:
        click.UsageError: a field is unknown; the known ones are named.
    """
    chosen = _chosen(fields)
    plain_rows = map(_as_dict, _checked(iter(rows), columns, chosen))
    if as_json:
        _write_json(_only(row, chosen) for row in plain_rows)
    elif sys.stdout.isatty():
        _write_table(_counted(plain_rows), chosen or list(columns))
    else:
        for row in plain_rows:
            print("\t".join(cell(row.get(name)) for name in chosen or columns))


def write_record(row: Any, *, as_json: bool = False, fields: str | None = None) -> None:
    """Write one object: a field a line, or as JSON; arguments as of `write_records`."""
    chosen = _chosen(fields)
    [checked] = _checked(iter([row]), (), chosen)
    shown = _only(_as_dict(checked), chosen)
    if as_json:
        print(dumps(shown))
        return
    width = max(map(len, shown), default=0)
    for name, value in shown.items():
        print(f"{name:{width}}  {cell(value)}" if sys.stdout.isatty() else f"{name}\t{cell(value)}")


def _chosen(fields: str | None) -> list[str]:
    return [name.strip() for name in (fields or "").split(",") if name.strip()]


def _as_dict(row: Any) -> Row:
    return row if isinstance(row, dict) else dict(row.to_dict())


def _checked(rows: Iterator[Any], columns: Sequence[str], chosen: list[str]) -> Iterator[Any]:
    """Refuse a field that no row can have, before anything is written."""
    first = next(rows, None)
    if first is None:
        return
    known = list(dict.fromkeys((*_as_dict(first), *(field.wire for field in getattr(first, "FIELDS", ())), *columns)))
    for name in chosen:
        if name not in known:
            raise click.UsageError(f"There is no field {name!r}; there are {', '.join(known)}")
    yield from chain([first], rows)


def _only(row: Row, chosen: list[str]) -> Row:
    return {name: row.get(name) for name in chosen} if chosen else row


def _write_json(rows: Iterator[Row]) -> None:
    sys.stdout.write("[")
    for number, row in enumerate(rows):
        sys.stdout.write(("," if number else "") + "\n" + dumps(row))
        sys.stdout.flush()
    sys.stdout.write("\n]\n")


def _counted(rows: Iterator[Row]) -> list[Row]:
    """Read all rows, a page at a time, and show how many there are by now."""
    from wyseos.mate.terminal.progress import status_line

    read: list[Row] = []
    with status_line("Reading") as told:
        for row in rows:
            read.append(row)
            told(f"{len(read)} so far")
    return read


def _write_table(rows: list[Row], columns: Sequence[str]) -> None:
    from wyseos.mate.terminal.screen import console_for

    if not rows:
        print("There are none.", file=sys.stderr)
        return
    console = console_for(sys.stdout)
    console.print(table_of(rows, columns, console.width), markup=False)
