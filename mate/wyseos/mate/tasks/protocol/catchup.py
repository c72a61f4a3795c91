"""How the missed messages are read from the history: which page is asked for next, and what was found. Pure.

The rules:

1. The newest messages come first, page by page, until one is met that was passed on before.
2. New messages may arrive meanwhile: they push older ones onto later pages, so that some come twice and none is
   skipped. Ids tell which ones, and `total` by how many where none has an id; where it is not told, the top is read
   once more at the end, which puts the new ones into their place. A part of a history needs that only where its first
   row came again behind others: these are the new ones, and without them nothing is in a wrong place. A top in which
   that happens is begun anew.
3. What was read stays read: after an interruption only what is new at the top is read, then it goes on where it stood.
4. A page that is shorter than asked for is not the end, several in a row that bring nothing but the same are, however
   the service counts its pages. So is an empty one, and one with which `total` messages are read.
5. Pages grow while messages are small, and shrink where an answer was too large; what failed is in no later page that
   is larger. A message that can't be had by itself is left out, and told as a gap.
6. What is read and not yet delivered counts against the budget. Beyond it the newest are let go, the oldest delivered,
   and it goes on upwards from there.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import TYPE_CHECKING

from wyseos.mate.tasks.protocol.delivery import Delivery, content_of, key_of
from wyseos.mate.tasks.protocol.history_rows import Row, not_yet_read, place_of, told_by_ids
from wyseos.mate.tasks.protocol.page_sizes import FIRST_SIZE, PageSizes
from wyseos.mate.tasks.protocol.repetition import Repetition
from wyseos.runtime import records

if TYPE_CHECKING:
    from wyseos.generated.events import Event

FAR_ENOUGH = 100
"""Rows after the cursor's message is met, which may be an update of it: the message itself is not far."""
ROW_COST = 2_500
"""Bytes that Python holds of a message besides its text."""
NAME_COST = 100
"""Bytes that are held of a message that was read and let go."""
LEAST_NAMES = 2**24
"""Bytes that may be held of such messages, however small the budget is."""


@records.frozen
class PageRequest:
    """Read this page of the session's messages, the newest first."""

    page_num: int
    page_size: int = FIRST_SIZE

    @property
    def start(self) -> int:
        """How many newer messages stand before the page."""
        return (self.page_num - 1) * self.page_size


@records.frozen
class HistoryPage:
    """What the service answered.

    Args:
        events: the messages, the newest first.
        size: bytes of the answer.
        total: messages in the whole history; None where the service did not tell.
    """

    events: Sequence[Event]
    size: int = 0
    total: int | None = None


class CatchUp:
    """The reading of what a task missed.

    Args:
        delivery: knows what was passed on.
        budget: bytes that may be held meanwhile.
    """

    __slots__ = (
        "_again_for",
        "_asked",
        "_began_at",
        "_budget",
        "_cost",
        "_delivery",
        "_given",
        "_gone",
        "_has_gone_on",
        "_has_reached",
        "_holds_known",
        "_is_certain",
        "_is_doubtful",
        "_last",
        "_later",
        "_names",
        "_newest",
        "_pages",
        "_pages_since_met",
        "_repetition",
        "_rows",
        "_rows_since_met",
        "_sizes",
        "_top",
        "_top_pages",
        "_top_pushed",
        "_total",
        "_was_in_vain",
        "has_given_up",
        "has_met",
        "has_more",
        "is_complete",
        "left_out",
    )

    def __init__(self, delivery: Delivery, budget: int) -> None:
        self._delivery = delivery
        self._budget = budget
        self._sizes = PageSizes()
        self._repetition = Repetition()
        self._was_in_vain = False  # nothing of what was taken last was news
        self._given: dict[int, int] = {}  # rows that the service gives where more are asked for
        self.has_more = False
        """Whether newer messages wait to be read once those that were taken are delivered."""
        self._again_for: int | None = None  # the first row of a top for which it was read once more
        self._asked = PageRequest(1)
        self._begin(later=0)

    def _begin(self, later: int) -> None:
        self._sizes.begin()
        if later == 0:
            self._sizes.begin_at_top()
        self._rows: list[Row] = []  # the newest first, without a hole
        self._top: list[Row] | None = None  # what is read anew at the top, until it meets the newest row
        self._names: set[int] = set()
        self._newest: int | None = None  # the name of the first row that was read
        self._began_at = self._later = later  # how many messages stand above that one
        self._gone = 0  # how many rows below that one were let go
        self._cost = 0
        self._holds_known = False  # whether any of the rows is known
        self._total: int | None = None  # messages in the history when the last page was read
        self._last: PageRequest | None = None
        self._has_reached = False
        self._pages = self._pages_since_met = self._rows_since_met = 0
        self._repetition.begin()
        self._has_gone_on = False  # whether a page after the first one brought rows
        self._is_doubtful = False  # whether some of those that were taken for older may stand above the newest row
        self._is_certain = False  # whether that was met which was passed on here, and not a cursor alone
        self.left_out = 0
        """Messages that could not be had."""
        self.has_met = False
        """Whether the history reached back to what was passed on."""
        self.has_given_up = False
        """Whether there may be older ones that can't be reached."""
        self.is_complete = False
        """Whether there is nothing more to read before what was read is delivered."""

    def refresh(self) -> None:
        """Note that newer messages may have come: the top is read anew, and what was read already is kept."""
        if self._newest is not None and not self._is_partial:
            self.is_complete = False
            self._read_top()

    @property
    def _is_partial(self) -> bool:
        """Whether the newest messages are left for later."""
        return self._began_at > 0 or self._gone > 0

    @property
    def _covered(self) -> int:
        """How many messages stand above what is to be read next."""
        if self._top is not None:
            return len(self._top) + self._top_pushed
        return self._later + self._gone + len(self._rows) + self.left_out

    def next(self) -> PageRequest:
        """Return the page that is to be asked for: the same again, until it is taken or has failed."""
        last, size = self._last, self._sizes.size
        number = self._covered // size + 1
        if last is not None and last.page_size == size:
            number = max(number, last.page_num + 1)
        self._asked = PageRequest(number, size)
        return self._asked

    def took(self, page: HistoryPage) -> None:
        """Take the page that was asked for."""
        asked = self._last = self._asked
        mean = page.size // max(1, len(page.events))
        rows = [self._row(event, mean + ROW_COST) for event in page.events]
        if page.total is not None and 0 < len(rows) < min(asked.page_size, page.total - asked.start):
            self._given[asked.page_size] = len(rows)
        if self._top is not None:
            self._take_top(self._top, rows, asked, page.total)
        else:
            self._take_tail(rows, asked, page.total)
        self._total = page.total
        self._sizes.came(len(rows), asked.page_size, asked.start)
        self._learn_cap(asked, rows)
        self._sizes.choose(mean, self._covered, by_place=self._is_partial or page.total is None)

    def failed(self) -> None:
        """Note that the page that was asked for can't be had: it is asked for in smaller ones, or left out."""
        self.left_out += self._sizes.failed()

    def take(self) -> list[Event]:
        """Return the messages that were read, oldest first, and begin anew above them."""
        events = [row.event for row in reversed(self._rows)]
        # The next reading begins not at the top, but so far above these as there was room for this time. It comes to an
        # end: what stood above these stands there still, however far new messages pushed it down.
        above, news = self._later + self._gone, sum(not row.was_passed for row in self._rows)
        later = max(0, above - max(1, news * 9 // 10)) if self._is_partial else 0
        self.has_more = above > 0
        self._begin(later=later)
        return events

    def delivered(self, count: int) -> None:
        """Note how many of the messages that were taken were news."""
        self._was_in_vain = count == 0

    # ---- what is done with a page

    def _row(self, event: Event, cost: int) -> Row:
        key = key_of(event)
        is_known = self._delivery.knows(event, key)
        was_passed = is_known or self._delivery.has_passed(key)
        name = content_of(event) if key is None else key
        return Row(event, 0 if was_passed else cost, key, name, is_known, was_passed)

    def _learn_cap(self, asked: PageRequest, rows: list[Row]) -> None:
        """A page of what was read, which ends before that does, tells how many rows the service gives at most."""
        read = self._rows if self._top is None else self._top
        is_short = 1 < len(rows) < asked.page_size
        if is_short and self._repetition.brought_nothing and not (read and rows[-1].name == read[-1].name):
            self._sizes.gives(len(rows))

    def _read_top(self) -> None:
        self._top, self._last = [], None
        self._top_pages = self._top_pushed = 0  # of it, and how far new messages pushed it down since it was begun
        self._repetition.begin()

    def _pushed(self, total: int | None) -> int:
        """Return how many new messages came since the last page, as far as totals tell."""
        return max(0, total - self._total) if total is not None and self._total is not None else 0

    def _above(self, read: Sequence[Row], names: Container[int], rows: Sequence[Row], asked: PageRequest) -> int:
        """Return how many rows of a page stand above what is to be read next: ids tell, or else its place."""
        told = told_by_ids(read, names, rows)
        if told is not None:
            return told
        rows_a_page = self._given.get(asked.page_size, asked.page_size)
        return max(0, self._covered - (asked.page_num - 1) * rows_a_page)

    def _take_top(self, top: list[Row], rows: list[Row], asked: PageRequest, total: int | None) -> None:
        """Take a page of what is newer than the newest row; where it meets that one, it is put above it.

        What stands in it above the top as it was begun is left for later.
        """
        meeting = place_of(self._newest, rows)
        names = {row.name for row in top}
        above = 0
        if top:
            self._top_pushed += self._pushed(total)
            above = self._above(top, names, rows, asked)
        self._top_pages += 1
        fresh = not_yet_read(names, rows[above:meeting])
        if total is None and top and self._is_misplaced(top[0].name, rows, fresh):
            self._again_for = top[0].name
            self._read_top()
            return
        top.extend(fresh)
        self._repetition.came(rows, has_news=bool(fresh))
        if meeting is None and rows and not self._repetition.is_the_end and (total is None or self._covered < total):
            return
        if meeting is None:
            self._begin_with(top)
        elif total is None:
            self._remove_misplaced(top)
        self._top = self._last = None
        self._repetition.begin()
        is_put_above = not self._is_partial
        self._put_above(top)
        if total is None and self._top_pages > 1 and self._rows and is_put_above:
            self._read_top()  # what came meanwhile pushed down what is to be read next
        else:
            self.is_complete = self._has_reached or meeting is None

    def _begin_with(self, top: list[Row]) -> None:
        """Let go what was read before: the top does not meet it, and was read as far as there is something."""
        self._rows, self._gone, self._cost = [], 0, 0
        self.has_met = any(row.is_known for row in top)
        self.has_given_up = self.has_given_up or self._repetition.is_the_end

    def _is_misplaced(self, first: int, rows: list[Row], fresh: list[Row]) -> bool:
        """Whether rows of the top are in a wrong place; not twice for the same first row, which then was said twice."""
        return self._again_for != first and self._has_come_again(first, 0, rows, fresh, self._top_pages > 2)

    def _put_above(self, top: list[Row]) -> None:
        if self._is_partial:
            self._later = len(top)
            return
        self._later = self._top_pushed
        self._names.update(row.name for row in top)
        self._rows[:0] = top
        self._newest = self._rows[0].name if self._rows else None
        self._hold(top)

    def _remove_misplaced(self, top: list[Row]) -> None:
        """Remove what came above the newest row while older pages were read, and was taken for older."""
        misplaced = {row.name for row in top}
        self._rows = [row for row in self._rows if row.name not in misplaced]
        self._cost = sum(row.cost for row in self._rows)

    def _take_tail(self, rows: list[Row], asked: PageRequest, total: int | None) -> None:
        """Take a page of what stands below all that was read or is left for later."""
        self._pages += 1
        self._later += self._pushed(total)
        fresh = not_yet_read(self._names, rows[self._above(self._rows, self._names, rows, asked) :])
        self._repetition.came(rows, has_news=any(row.name not in self._names for row in fresh))
        self._note_newest(rows, fresh)
        self._rows.extend(fresh)
        self._names.update(row.name for row in fresh)
        self._hold(fresh)
        self.has_met = self.has_met or any(row.is_known for row in rows)
        self._pages_since_met += self.has_met
        self._rows_since_met += len(rows) if self.has_met else 0
        has_passed = self._delivery.has_passed
        self._is_certain = self._is_certain or any(row.is_known and has_passed(row.key) for row in rows)
        if self._is_the_end(rows, total):
            self._has_reached = True
            # Without a total, new messages may have been taken for older ones.
            if total is None and self._pages > 1 and self._newest is not None and self._needs_top:
                self._read_top()
            else:
                self.is_complete = True

    @property
    def _needs_top(self) -> bool:
        """Whether the top tells what the tail did not: of a part only where its rows may be in a wrong place.

        Pages overlap where new messages push rows down, and none is skipped. So what was taken for older, and stands
        above the newest row, is followed by that row before the end is reached.
        """
        return not self._is_partial or self._is_doubtful

    def _note_newest(self, rows: list[Row], fresh: list[Row]) -> None:
        """Note which row is the newest, and whether it comes again, pushed down, behind some taken for older."""
        if self._newest is None:
            self._newest = fresh[0].name if fresh else None
            return
        if self._has_come_again(self._newest, self._began_at, rows, fresh, self._has_gone_on):
            self._is_doubtful = True
        self._has_gone_on |= bool(fresh)

    def _has_come_again(self, first: int, at: int, rows: list[Row], fresh: list[Row], has_gone_on: bool) -> bool:
        """Whether the first row of a reading comes again, pushed down, behind some that were taken for older.

        Args:
            first: what it is known by.
            at: how many messages stood above it.
            rows: the page.
            fresh: what of it is taken for older.
            has_gone_on: whether a page between brought rows.
        """
        place = place_of(first, rows)
        if place is None or self._asked.start + place == at:
            return False
        names = {row.name for row in fresh}
        return has_gone_on or any(row.name in names for row in rows[:place])

    def _is_the_end(self, rows: list[Row], total: int | None) -> bool:
        if not rows:
            return True
        if self._repetition.is_the_end or self._gone * NAME_COST > max(self._budget, LEAST_NAMES):
            self.has_given_up = True
            return True
        if self._rows_since_met > FAR_ENOUGH or (self._is_certain and self._pages_since_met > 1):
            return True
        if self._delivery.has_passed(rows[-1].key) and rows[-1].is_known:
            return True
        return total is not None and self._covered >= total

    def _hold(self, rows: Sequence[Row]) -> None:
        """Count rows that were read, and let the newest go where there is no room for all."""
        self._holds_known = self._holds_known or any(row.is_known for row in rows)
        self._cost += sum(row.cost for row in rows)
        if self._cost <= self._budget:
            return
        last, gone = self._oldest_news(), 0
        while self._cost > self._budget and gone < last:
            self._cost -= self._rows[gone].cost
            gone += 1
        del self._rows[:gone]
        self._gone += gone

    def _oldest_news(self) -> int:
        """Return the place of the oldest row that will be delivered: it is kept, however large it is."""
        rows, newest = self._rows, len(self._rows)
        oldest = newest
        known = [row.is_known for row in rows] if self._holds_known else []
        if True in known:
            newest, oldest = known.index(True), len(known) - 1 - known[::-1].index(True)
        for place in range(len(rows) - 1, -1, -1):
            if place < (newest if rows[place].key is None else oldest) and self._is_news(rows[place]):
                return place
        return 0

    def _is_news(self, row: Row) -> bool:
        """Tell whether a row will be delivered; of one without an id that is known only when it is tried."""
        return not row.was_passed and not (row.key is None and self._was_in_vain)
