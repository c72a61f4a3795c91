"""How many messages a page is asked for: more while they are small, fewer where an answer is too large. Pure."""

from __future__ import annotations

SIZES = (100, 20, 5, 1)
"""The page sizes; each is a multiple of the next, so that a smaller page begins where a larger one would."""
FIRST_SIZE = 20
"""Messages asked for at first: few, since each may hold a screenshot of several MB."""
STRIKES = 4
"""How often it is found that a single message can't be had before it is left out."""
LONGEST_CAUTION = 64
"""Pages that must come, at most, after one that failed, before larger ones are asked for again."""
AIM = 4 * 2**20
"""Bytes that a page should have at most."""


class PageSizes:
    """The size of the next page, and what the service showed of its own."""

    __slots__ = ("_cap", "_caution", "_good", "_harmless", "_place_cap", "_short", "_strikes", "size")

    def __init__(self) -> None:
        self.size = FIRST_SIZE
        """Messages that the next page is asked for."""
        self._good, self._caution = 0, 1  # pages that came since one failed, and how many must before larger ones are
        self._strikes = 0  # how often in a row a single message could not be had
        self._cap = SIZES[0]  # rows that the service gives at most, as far as is known
        self._place_cap = SIZES[0]  # the same, told by pages that were short one after the other
        self.begin()

    def begin(self) -> None:
        """Note that a reading begins."""
        self._harmless = SIZES[0]  # rows that may be read again: none of them was in a page that failed
        self._short = 0  # rows of the last page, where it had fewer than were asked for

    def begin_at_top(self) -> None:
        """Note that the next page is the first: most often little was missed."""
        self.size = min(self.size, FIRST_SIZE)

    def came(self, rows: int, asked: int, start: int) -> None:
        """Note that a page came: two short ones in a row, of which the second is not the first, tell what is given.

        Args:
            rows: messages in it.
            asked: how many were asked for.
            start: how many stand before it.
        """
        self._strikes = 0
        self._harmless += rows
        short = rows if rows < asked else 0
        if self._short and short and start:
            self._place_cap = max(self._short, short)
        self._short = short

    def failed(self) -> bool:
        """Note that a page can't be had, and return whether it is a single message that is to be left out."""
        self._good = self._harmless = 0
        self._caution = min(LONGEST_CAUTION, self._caution * 4)
        if self.size != SIZES[-1]:
            self.size = SIZES[SIZES.index(self.size) + 1]
            return False
        self._strikes += 1
        if self._strikes <= STRIKES:
            return False  # it is asked for again as it is
        self._strikes = 0
        return True

    def gives(self, rows: int) -> None:
        """Note that the service gives no more rows than these, whatever it is asked for."""
        self._cap = min(self._cap, rows)

    def choose(self, mean: int, covered: int, *, by_place: bool) -> None:
        """Choose the size of the next page.

        Args:
            mean: bytes of a message in the last one.
            covered: messages above those that are to be read.
            by_place: whether it is found by its place: no more rows a page are then asked for than the service gives.
        """
        self._good += 1
        largest = SIZES[max(0, SIZES.index(self.size) - 1)] if self._good >= self._caution else self.size
        cap = min(self._cap, self._place_cap) if by_place else self._cap
        fits = (size for size in SIZES if size <= min(largest, cap) and size * mean <= AIM)
        self.size = next((size for size in fits if covered % size <= self._harmless), 1)
