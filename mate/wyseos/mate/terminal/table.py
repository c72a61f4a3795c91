"""A table for a terminal: ids whole, times short, the widest column cut first, and no line longer than the screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any

from wyseos.mate.terminal.text import one_line
from wyseos.runtime.codec import dumps

if TYPE_CHECKING:
    from rich.table import Table

_GAP = 2
# A column that is cut keeps so many signs; where not even that fits, the last columns are left out.
_NARROWEST = 8


def cell(value: Any) -> str:
    """Write a value on one line, safe to print."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return one_line(value if isinstance(value, str) else dumps(value) if isinstance(value, dict | list) else str(value))


def table_of(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], width: int) -> Table:
    """Make a table.

    Args:
        rows: its rows.
        columns: the fields, in order.
        width: how wide the terminal is.
    """
    from rich.cells import cell_len
    from rich.table import Table

    shown = [[_for_people(name, row.get(name)) for name in columns] for row in rows]
    wanted = [max(cell_len(text) for text in (name, *texts)) for name, *texts in zip(columns, *shown, strict=True)]
    widths = fitted(wanted, [name.endswith("id") for name in columns], width)
    table = Table(box=None, pad_edge=False, padding=(0, _GAP, 0, 0), header_style="bold")
    for name, column_width in zip(columns, widths, strict=False):
        table.add_column(name.upper(), width=column_width, overflow="ellipsis", no_wrap=True)
    for texts in shown:
        table.add_row(*texts[: len(widths)])
    return table


def fitted(wanted: Sequence[int], whole: Sequence[bool], width: int) -> list[int]:
    """Return how wide each column is: as wanted where there is room, else the widest give way.

    Args:
        wanted: how wide each would be.
        whole: which of them are never cut.
        width: what there is for all of them, gaps included.
    """
    widths = list(wanted)
    while sum(widths) + _GAP * (len(widths) - 1) > width:
        cut = [place for place, size in enumerate(widths) if size > _NARROWEST and not whole[place]]
        if cut:
            widths[max(cut, key=lambda place: widths[place])] -= 1
        elif len(widths) > 1:
            widths.pop()
        else:
            break
    return widths


def _for_people(name: str, value: Any) -> str:
    """Write a time as this machine's clock shows it; all else as it is."""
    if name.endswith("_at") and isinstance(value, str):
        with suppress(ValueError):
            return datetime.fromisoformat(value).astimezone().strftime("%Y-%m-%d %H:%M:%S")
    return cell(value)
