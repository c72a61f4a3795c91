"""Records on standard output: a table for people, tab-separated in a pipe, JSON for programs."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

import click

from wyseos.mate.terminal.text import one_line
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
    plain_rows = _checked((_as_dict(row) for row in rows), columns, chosen)
    if as_json:
        _write_json(_only(row, chosen) for row in plain_rows)
    elif sys.stdout.isatty():
        _write_table(list(plain_rows), chosen or list(columns))
    else:
        for row in plain_rows:
            print("\t".join(_cell(row.get(name)) for name in chosen or columns))


def write_record(row: Any, *, as_json: bool = False, fields: str | None = None) -> None:
    """Write one object: a field a line, or as JSON; arguments as of `write_records`."""
    chosen = _chosen(fields)
    [record] = _checked(iter([_as_dict(row)]), (), chosen)
    shown = _only(record, chosen)
    if as_json:
        print(dumps(shown))
        return
    width = max(map(len, shown), default=0)
    for name, value in shown.items():
        print(f"{name:{width}}  {_cell(value)}" if sys.stdout.isatty() else f"{name}\t{_cell(value)}")


def _chosen(fields: str | None) -> list[str]:
    return [name.strip() for name in (fields or "").split(",") if name.strip()]


def _as_dict(row: Any) -> Row:
    return row if isinstance(row, dict) else dict(row.to_dict())


def _checked(rows: Iterator[Row], columns: Sequence[str], chosen: list[str]) -> Iterator[Row]:
    """Refuse a field that no row has, before anything is written."""
    first = next(rows, None)
    if first is None:
        return
    known = [*first, *(name for name in columns if name not in first)]
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


def _write_table(rows: list[Row], columns: Sequence[str]) -> None:
    from rich.table import Table

    from wyseos.mate.terminal.screen import console_for

    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in columns:
        table.add_column(name.upper(), overflow="fold" if name.endswith("id") else "ellipsis", no_wrap=True)
    for row in rows:
        table.add_row(*(_cell(row.get(name)) for name in columns))
    console_for(sys.stdout).print(table, markup=False)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return one_line(value if isinstance(value, str) else dumps(value) if isinstance(value, dict | list) else str(value))
