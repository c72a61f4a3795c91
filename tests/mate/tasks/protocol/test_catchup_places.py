"""Where a page stands beside what was read: none of its messages is skipped, none comes twice, whatever tells it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from tests.mate.tasks.protocol.deliveries import contents
from tests.mate.tasks.protocol.histories import message, page_of
from wyseos.mate.tasks.protocol.catchup import ROW_COST, CatchUp, HistoryPage, PageRequest
from wyseos.mate.tasks.protocol.delivery import Delivery

ROOM = 2**24


class Service:
    """A history to which something is said before each page that is read; `most` rows of it are given at once."""

    def __init__(
        self, labels: list[str], *, total: bool = True, most: int = 1000, says: Sequence[list[str]] = ()
    ) -> None:
        self.messages = [message(label) for label in labels]
        self.tells_total = total
        self.most = most
        self.says = list(says)
        self.asked: list[PageRequest] = []

    def page(self, request: PageRequest) -> HistoryPage:
        self.asked.append(request)
        self.messages += [message(label) for label in (self.says.pop(0) if self.says else [])]
        return page_of(self.messages, request, total=self.tells_total, most=self.most)

    @property
    def labels(self) -> list[Any]:
        return contents(self.messages)


def read(catchup: CatchUp, delivery: Delivery, page: Callable[[PageRequest], HistoryPage]) -> list[str]:
    """Read to the end, with what came meanwhile, and return what is delivered."""
    found: list[str] = []
    while True:
        for _ in range(300):
            if catchup.is_complete:
                break
            catchup.took(page(catchup.next()))
        assert catchup.is_complete
        found += contents(delivery.pass_on(delivery.split(catchup.take())))
        if not catchup.has_more:
            return found


def many(name: str, count: int) -> list[str]:
    return [f"{name}{number}" for number in range(count)]


@pytest.mark.parametrize("most", [1, 7, 20, 1000])
@pytest.mark.parametrize("name", ["a", "A"])
def test_a_total_tells_by_how_much_new_messages_push_down_what_has_no_id(name: str, most: int) -> None:
    service = Service(many(name, 60), most=most, says=[[f"{name}new{number}"] for number in range(9)])
    delivery = Delivery()
    catchup = CatchUp(delivery, ROOM)
    assert read(catchup, delivery, service.page) == service.labels


@pytest.mark.parametrize("name", ["a", "A"])
@pytest.mark.parametrize("count", [25, 130, 330])
def test_what_comes_while_the_top_is_read_anew_is_neither_skipped_nor_doubled(name: str, count: int) -> None:
    service = Service(many(name, 60), says=[[], many(f"{name}x", count), *([f"{name}y{n}"] for n in range(5))])
    delivery = Delivery()
    catchup = CatchUp(delivery, ROOM)
    catchup.took(service.page(catchup.next()))
    catchup.refresh()
    assert read(catchup, delivery, service.page) == service.labels


@pytest.mark.parametrize("name", ["a", "A"])
def test_one_short_last_page_tells_nothing_of_the_next_reading(name: str) -> None:
    service = Service(many(name, 23))
    delivery = Delivery()
    catchup = CatchUp(delivery, ROOM)
    assert read(catchup, delivery, service.page) == service.labels
    service.messages += [message(label) for label in many(f"{name}x", 40)]
    assert read(catchup, delivery, service.page) == many(f"{name}x", 40)


@pytest.mark.parametrize("says", [[[], many("N", 45)], [[], [], many("N", 150)], [many("M", 3), [], many("N", 230)]])
@pytest.mark.parametrize("missed", [0, 30, 130])
def test_without_a_total_more_new_messages_than_a_page_are_put_into_their_place(
    says: list[list[str]], missed: int
) -> None:
    """A page that holds only new messages is taken for older ones at first."""
    service = Service(many("A", 150), total=False, says=[list(each) for each in says])
    delivery = Delivery()
    catchup = CatchUp(delivery, ROOM)
    if missed:
        catchup.took(service.page(catchup.next()))
        service.messages += [message(label) for label in many("B", missed)]
        catchup.refresh()
    assert read(catchup, delivery, service.page) == service.labels


def test_what_came_above_a_single_message_is_not_older_and_makes_no_page_smaller() -> None:
    """Of that message alone the first page tells where it stands, once many more came."""
    delivery, service = Delivery(), Service(["A"], total=False, says=[[], many("N", 80)])
    catchup = CatchUp(delivery, 3 * ROW_COST)
    found = read(catchup, delivery, service.page)
    service.messages += [message(label) for label in many("X", 150)]
    assert found + read(catchup, delivery, service.page) == service.labels
    assert {request.page_size for request in service.asked} == {20, 100}


@pytest.mark.parametrize(
    "says", [[[], many("N", 2)], [[], many("N", 2), ["N2"]], [["N"], many("M", 2), ["M2"], [], many("O", 3), ["O3"]]]
)
def test_what_came_above_the_first_message_of_a_part_is_not_older(says: list[list[str]]) -> None:
    """One message a page, and several new ones before the next: what is read then stands above the part's first."""
    delivery, service = Delivery(), Service(many("A", 10), total=False, most=1)
    catchup = CatchUp(delivery, 2 * ROW_COST)
    while not catchup.is_complete:
        catchup.took(service.page(catchup.next()))
    found = contents(delivery.pass_on(delivery.split(catchup.take())))
    service.says = [list(each) for each in says]
    assert found + read(catchup, delivery, service.page) == service.labels


@pytest.mark.parametrize("most", [5, 7, 20])
@pytest.mark.parametrize("room", [20, 60])
@pytest.mark.parametrize(("pages", "count"), [(1, 26), (2, 33), (4, 26), (6, 33)])
def test_what_came_above_a_top_that_there_is_no_room_for_is_not_older(
    most: int, room: int, pages: int, count: int
) -> None:
    """After so many pages of the top more came than was read of it: it is read again, and what is next is found."""
    delivery, service = Delivery(), Service(many("A", 30), total=False, most=most)
    catchup = CatchUp(delivery, room * ROW_COST)
    catchup.took(service.page(catchup.next()))
    service.messages += [message(label) for label in many("B", 80)]
    catchup.refresh()
    service.says = [*([] for _ in range(pages)), many("C", count)]
    assert read(catchup, delivery, service.page) == service.labels


@pytest.mark.parametrize("room", [20, 40, 60, 80])
@pytest.mark.parametrize("a", [7, 30])
@pytest.mark.parametrize("pages", [4, 6])
def test_pages_in_which_all_was_pushed_down_are_not_the_end(room: int, a: int, pages: int) -> None:
    """More than fifty rows come a second time, one page after the other, before what is older is reached."""
    delivery, service = Delivery(), Service(many("A", a), total=False, most=20)
    catchup = CatchUp(delivery, room * ROW_COST)
    catchup.took(service.page(catchup.next()))
    service.messages += [message(label) for label in many("B", 80)]
    catchup.refresh()
    service.says = [*([] for _ in range(pages)), many("C", 60)]
    assert read(catchup, delivery, service.page) == service.labels


def test_where_the_same_comes_again_and_again_it_is_told_that_some_may_be_missing() -> None:
    """The service has forgotten what was read, and gives the first page whatever is asked for."""
    delivery, service = Delivery(), Service(many("A", 20), total=False)
    catchup = CatchUp(delivery, 40 * ROW_COST)
    catchup.took(service.page(catchup.next()))
    service.messages = [message(label) for label in many("B", 20)]
    catchup.refresh()
    told = []
    while not catchup.is_complete:
        catchup.next()
        catchup.took(page_of(service.messages, PageRequest(1), total=False, most=20))
        told.append(catchup.has_given_up)
    assert (catchup.has_met, told.index(True), all(told[6:])) == (False, 6, True)


@pytest.mark.parametrize(
    ("most", "name", "known", "missed", "pages", "count"),
    [(7, "a", 30, 10, 2, 3), (20, "a", 100, 25, 2, 26), (20, "a", 300, 60, 4, 1)],
)
def test_what_came_while_the_top_was_read_pushes_nothing_into_a_wrong_place(
    most: int, name: str, known: int, missed: int, pages: int, count: int
) -> None:
    """Neither an id nor a total tells of it: the top is read once more."""
    delivery, service = Delivery(), Service(many(name, known), total=False, most=most)
    catchup = CatchUp(delivery, ROOM)
    catchup.took(service.page(catchup.next()))
    service.messages += [message(label) for label in many("b", missed)]
    catchup.refresh()
    service.says = [*([] for _ in range(pages)), many("c", count)]
    assert read(catchup, delivery, service.page) == service.labels


def test_what_has_no_id_and_says_the_same_as_a_newer_one_stays_where_it_is() -> None:
    service = Service(["A", "tick", "B", *many("C", 25)])
    delivery = Delivery()
    catchup = CatchUp(delivery, ROOM)
    catchup.took(service.page(catchup.next()))
    service.messages.append(message("tick"))
    catchup.took(service.page(catchup.next()))
    catchup.refresh()
    assert read(catchup, delivery, service.page) == service.labels


def test_what_is_new_at_the_top_is_known_when_it_is_met_further_down() -> None:
    """A larger page of a service that gives 20 rows begins at the top."""
    service = Service(many("A", 60), total=False, most=20)
    delivery = Delivery()
    catchup = CatchUp(delivery, ROOM)
    catchup.took(service.page(catchup.next()))
    service.messages += [message(label) for label in many("N", 25)]
    catchup.refresh()
    assert read(catchup, delivery, service.page) == service.labels


def test_a_history_that_is_empty_when_it_is_read_anew_is_read() -> None:
    delivery = Delivery()
    catchup = CatchUp(delivery, ROOM)
    catchup.took(HistoryPage([message("B"), message("A")], 0, 30))
    catchup.refresh()
    assert read(catchup, delivery, lambda request: HistoryPage([], 0, 0)) == []


@pytest.mark.parametrize("total", [True, False])
def test_a_top_that_never_meets_what_was_read_ends(total: bool) -> None:
    """The history is another one now, and gives the same page whatever is asked for."""
    delivery, other = Delivery(), [message(label) for label in many("N", 20)]
    catchup = CatchUp(delivery, ROOM)
    catchup.took(HistoryPage([message(label) for label in many("A", 20)], 0, 200 if total else None))
    catchup.refresh()
    assert (
        read(catchup, delivery, lambda request: HistoryPage(other, 0, 200 if total else None)) == contents(other)[::-1]
    )


def test_a_history_that_is_another_one_is_read_in_no_more_pages_than_it_has() -> None:
    delivery, service = Delivery(), Service(many("N", 20))
    catchup = CatchUp(delivery, ROOM)
    catchup.took(HistoryPage([message(label) for label in many("A", 20)], 0, 200))
    catchup.refresh()
    assert read(catchup, delivery, service.page) == service.labels
    assert service.asked == [PageRequest(1, 100)]


def test_what_is_new_at_the_top_counts_against_the_budget() -> None:
    catchup = CatchUp(Delivery(), 30 * ROW_COST)
    service = Service(many("A", 40))
    catchup.took(service.page(catchup.next()))
    service.messages += [message(label) for label in many("N", 60)]
    catchup.refresh()
    while not catchup.is_complete:
        catchup.took(service.page(catchup.next()))
    assert len(catchup.take()) <= 30


@pytest.mark.parametrize("name", ["a", "A"])
def test_without_room_one_message_is_held_and_it_is_the_oldest(name: str) -> None:
    catchup = CatchUp(Delivery(), 0)
    catchup.took(HistoryPage([message(label) for label in many(name, 5)], 0, 5))
    assert (contents(catchup.take()), catchup.has_more) == ([f"{name}4"], True)


@pytest.mark.parametrize(("most", "largest"), [(2, 1), (7, 5), (20, 20), (1000, 100)])
@pytest.mark.parametrize("is_top", [False, True])
def test_a_service_that_gives_fewer_rows_is_soon_asked_for_no_more(most: int, largest: int, is_top: bool) -> None:
    """Which is found where a larger page, after a failure, begins further up than it should."""
    service, catchup = Service(many("A", 700), total=False, most=most), CatchUp(Delivery(), ROOM)
    if is_top:
        catchup.took(service.page(catchup.next()))
        service.messages += [message(label) for label in many("N", 600)]
        catchup.refresh()
    catchup.next()
    catchup.failed()
    for _ in range(40):
        catchup.took(service.page(catchup.next()))
    assert {request.page_size for request in service.asked[20:]} == {largest}


def test_each_part_of_what_there_is_no_room_for_is_read_in_large_pages() -> None:
    delivery, service = Delivery(), Service(many("A", 1000))
    assert read(CatchUp(delivery, 300 * ROW_COST), delivery, service.page) == service.labels
    assert [request.page_num for request in service.asked if request.page_size == 20] == [1, 1]


def test_an_empty_page_where_there_should_be_more_tells_nothing_of_the_next_ones() -> None:
    catchup, labels = CatchUp(Delivery(), ROOM), many("a", 25)
    catchup.took(HistoryPage([], 0, 25))
    catchup.take()
    while not catchup.is_complete:
        request = catchup.next()
        rows = [message(label) for label in labels[request.start : request.start + request.page_size]]
        catchup.took(HistoryPage(rows, 60_000 * len(rows), 25))
    assert contents(catchup.take()) == labels[::-1]


@pytest.mark.parametrize(
    ("rows", "held"),
    [
        ("XKuL", "XKuL"),  # what has no id and stands before what was passed on is no news
        ("KBL", "BL"),  # what has one is news wherever it stands
        ("XYK", "YK"),
        ("Xyz", "z"),
    ],
)
def test_without_room_the_oldest_news_are_held_and_what_is_older_than_they(rows: str, held: str) -> None:
    delivery = Delivery()
    delivery.live([message("L"), message("K")], 1)
    catchup = CatchUp(delivery, 0)
    catchup.took(HistoryPage([message(label) for label in rows], 0, len(rows)))
    assert contents(catchup.take()) == list(held)[::-1]


def test_where_nothing_without_an_id_was_news_it_is_all_kept_the_next_time() -> None:
    catchup = CatchUp(Delivery(), 0)
    catchup.delivered(0)
    catchup.took(HistoryPage([message(label) for label in "abcde"], 0, 5))
    assert contents(catchup.take()) == list("edcba")
