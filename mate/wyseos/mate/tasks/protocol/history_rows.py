"""The rows of a history: what they are known by, and which of a page were read already. Pure."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import TYPE_CHECKING

from wyseos.runtime import records

if TYPE_CHECKING:
    from wyseos.generated.events import Event


@records.frozen
class Row:
    """A message that was read.

    Args:
        event: the message.
        cost: bytes that are held of it.
        key: what its id and its content are known by, None where it has no id.
        name: what it is known by among those that were read: its place is not, since new messages move it.
        is_known: whether the history reaches back with it to what was passed on.
        was_passed: whether it was passed on, be it behind a gap.
    """

    event: Event
    cost: int
    key: int | None
    name: int
    is_known: bool
    was_passed: bool


def place_of(name: int | None, rows: Sequence[Row]) -> int | None:
    """Return where a row of that name stands first, None where there is none."""
    return next((place for place, row in enumerate(rows) if row.name == name), None)


def told_by_ids(read: Sequence[Row], names: Container[int], page: Sequence[Row]) -> int | None:
    """Return how many rows at the beginning of a page were read already; None where no id tells it.

    The page has a row with an id that was read, and stands beside what was read so that all agrees. One row alone may
    be the same message said twice.
    """
    known = next((place for place in range(len(page) - 1, -1, -1) if page[place].key in names), None)
    if known is None:
        return None
    name = page[known].name
    place = next((place for place in range(len(read) - 1, -1, -1) if read[place].name == name), None)
    if place is None:
        return None
    above, below = min(place, known), min(len(read) - place, len(page) - known)
    ours = [row.name for row in read[place - above : place + below]]
    theirs = [row.name for row in page[known - above : known + below]]
    return known + below if ours == theirs and len(ours) > 1 else None


def not_yet_read(names: Container[int], rows: Sequence[Row]) -> list[Row]:
    """Return those that were not read yet; what has no id was where an older one was that has one."""
    oldest = max((place for place, row in enumerate(rows) if row.key in names), default=-1)
    return [row for place, row in enumerate(rows) if place > oldest or row.name not in names]
