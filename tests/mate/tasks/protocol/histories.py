"""A history that grows while it is read, of a service with habits of its own, for a `CatchUp` to come to terms with."""

from __future__ import annotations

from random import Random
from typing import Any

from tests.support import messages as said
from wyseos.mate.tasks.protocol.catchup import ROW_COST, CatchUp, HistoryPage, PageRequest
from wyseos.mate.tasks.protocol.delivery import Delivery


def page_of(
    messages: list[Any], request: PageRequest, *, size: int = 0, total: bool = True, most: int = 1000
) -> HistoryPage:
    """What a service answers that has these messages, the newest last.

    Args:
        messages: all of them.
        request: which page.
        size: bytes of a message.
        total: whether it is told how many there are.
        most: rows that are given at most.
    """
    rows_a_page = min(request.page_size, most)
    start = (request.page_num - 1) * rows_a_page
    rows = messages[::-1][start : start + rows_a_page]
    return HistoryPage(rows, size * len(rows), len(messages) if total else None)


class History:
    """One session's messages, each of which says its number, and a task that missed some of them.

    Args:
        seed: decides everything.
    """

    def __init__(self, seed: int) -> None:
        self.random = random = Random(seed)
        self.tells_total = random.random() < 0.7
        self.largest = random.choice((1000, 1000, 20, 7))
        self.failing = random.choice((0, 0, 0, 20, 5))
        self.arriving = random.choice((0.0, 0.0, 0.1, 0.3))
        self.interruptions = random.choice((0, 0, 1, 3))
        self.messages: list[Any] = []
        self.delivery = Delivery()
        self.catchup = CatchUp(self.delivery, random.choice((0, 3, 20, 100, 10_000)) * ROW_COST)
        self.delivered: list[Any] = []
        self.requests = 0
        self.is_told_lost = False
        """Whether the user is told that the history did not reach back."""
        self.has_gap = False
        """Whether what came live was let through behind a gap once."""

    def say(self, count: int, *, live: bool) -> None:
        """The service says something: it comes live, too, where there is a connection."""
        news = [self._message(len(self.messages) + number) for number in range(count)]
        self.messages += news
        if live:
            self.delivered += self.delivery.live(news, 1)

    def _message(self, number: int) -> Any:
        kind, content = self.random.random(), f"n:{number}"
        if kind < 0.1 and number > 2:
            return said.event({**said.text(f"m{number - 2}", content), "type": "progress"})  # an update
        if kind < 0.2:
            return said.event({**said.text(f"m{number}", content), "chunk_id": "c", "chunk_index": number})
        if kind < 0.25 and self.tells_total:
            return said.event(said.text(None, content))
        return said.event(said.text(f"m{number}", content))

    def page(self, request: PageRequest) -> HistoryPage | None:
        """Return what the service answers, None where it can't."""
        if self.failing and request.page_size > self.failing:
            return None
        return page_of(self.messages, request, size=100, total=self.tells_total, most=self.largest)

    def catch_up(self) -> None:
        """Read what was missed, while more is said, and the reading is interrupted now and then."""
        self.delivery.hold()
        self.catchup.refresh()
        is_whole = False
        while not is_whole:
            while not self.catchup.is_complete:
                self._read()
            reaches_the_start = self.delivery.is_untouched and not self.catchup.has_given_up
            self.is_told_lost |= not (self.catchup.has_met or reaches_the_start)
            missed = self.delivery.split(self.catchup.take())
            self.catchup.delivered(len(missed.events))
            is_whole = not self.catchup.has_more
            fresh = self.delivery.pass_on(missed)
            if is_whole and not self.delivery.close_gap():
                fresh += self.delivery.release()
            self.delivered += fresh
        if self.delivery.is_holding:
            self.delivered += self.delivery.release()

    def _read(self) -> None:
        self.requests += 1
        page = self.page(self.catchup.next())
        if self.interruptions and self.random.random() < 0.3:
            self.interruptions -= 1
            self.catchup.refresh()
        elif page is None:
            self.catchup.failed()
        else:
            self.catchup.took(page)
        if self.random.random() < self.arriving and len(self.messages) < 500:
            self.say(self.random.choice((1, 1, 2, 3)), live=True)

    def let_through(self) -> None:
        """What came live goes on to the user, behind a gap."""
        self.has_gap = True
        self.delivery.open_gap()
        self.delivered += self.delivery.release()

    def play(self) -> list[int]:
        """Miss messages several times, and return the numbers of those that were delivered, in their order."""
        random = self.random
        for _ in range(random.choice((1, 2, 3))):
            self.say(random.choice((0, 1, 5, 40)), live=True)
            self.say(random.choice((0, 1, 5, 40, 200)), live=False)
            if random.random() < 0.2:
                self.delivery.hold()
                self.say(random.choice((1, 5, 40)), live=True)
                self.let_through()
                self.say(random.choice((0, 1, 5)), live=True)
            self.catch_up()
        return [int(event.content[2:]) for event in self.delivered]


def newest(count: int, first: int = 0) -> list[Any]:
    """Messages, the newest first."""
    return [said.event(said.text(f"m{number}", f"text {number}")) for number in range(first, first + count)]


def take_page(catchup: CatchUp, events: list[Any], *, size: int = 0, total: int | None = 1_000_000) -> None:
    """Answer what is asked for next with these."""
    catchup.next()
    catchup.took(HistoryPage(events, size, total))


def message(label: str) -> Any:
    """Labels in capitals have an id."""
    return said.event(said.text(label if label[0].isupper() else None, label))
