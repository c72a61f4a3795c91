"""Whether a history goes on: pages that bring nothing but what came before are its end. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wyseos.mate.tasks.protocol.history_rows import Row

LONGEST = 50
"""Rows that come again and again, in pages one after the other, after which no more are asked for."""


class Repetition:
    """What came since the last page that brought something new."""

    __slots__ = ("_names", "_pages", "_rows", "brought_nothing")

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Note that a reading begins."""
        self.brought_nothing = False
        """Whether nothing of the last page was new."""
        self._count_from(set())

    def came(self, rows: Sequence[Row], *, has_news: bool) -> None:
        """Note a page. One that goes on through what new messages pushed down is no repetition."""
        names = {row.name for row in rows}
        self.brought_nothing = not has_news
        if has_news:
            self._count_from(names)
        elif names <= self._names:
            self._pages += 1
            self._rows += len(rows)
        else:
            self._names |= names

    def _count_from(self, names: set[int]) -> None:
        self._pages = self._rows = 0
        self._names = names

    @property
    def is_the_end(self) -> bool:
        """Whether the same came so often that there is nothing else."""
        return self._pages > 1 and self._rows > LONGEST
