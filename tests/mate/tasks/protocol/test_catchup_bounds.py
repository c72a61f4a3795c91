"""How far a history is read, and how much of it is held: each bound at its very place."""

from __future__ import annotations

import pytest

from tests.mate.tasks.protocol.histories import newest, take_page
from wyseos.mate.tasks.protocol.catchup import CatchUp, HistoryPage
from wyseos.mate.tasks.protocol.delivery import Delivery

ROOM = 2**24


@pytest.mark.parametrize(("rows", "is_far_enough"), [(100, False), (101, True)])
def test_after_a_cursor_a_hundred_rows_more_are_looked_at(rows: int, is_far_enough: bool) -> None:
    catchup = CatchUp(Delivery(after="m5"), ROOM)
    take_page(catchup, newest(rows))
    assert (catchup.has_met, catchup.is_complete) == (True, is_far_enough)


def test_the_rows_after_a_cursor_are_counted_over_all_pages() -> None:
    catchup, ends = CatchUp(Delivery(after="m5"), ROOM), []
    for page in range(6):
        take_page(catchup, newest(20, 20 * page))
        ends.append(catchup.is_complete)
    assert ends == [False, False, False, False, False, True]


@pytest.mark.parametrize(("passed", "ends"), [(21, [False, True]), (1, [True])])
def test_one_page_beyond_what_was_passed_on_is_enough(passed: int, ends: list[bool]) -> None:
    """It ends at once where the page does end with it."""
    delivery = Delivery()
    delivery.live(newest(1, 19 if passed == 1 else 10), 1)
    catchup, found = CatchUp(delivery, ROOM), []
    for page in range(len(ends)):
        take_page(catchup, newest(20, 20 * page))
        found.append(catchup.is_complete)
    assert found == ends


@pytest.mark.parametrize(
    ("repeated", "is_the_end"), [([60], False), ([25, 25], False), ([25, 26], True), ([1, 1, 1], False)]
)
def test_several_pages_and_more_than_fifty_rows_that_bring_nothing_new_are_the_end(
    repeated: list[int], is_the_end: bool
) -> None:
    catchup, rows = CatchUp(Delivery("gone"), ROOM), newest(100)
    take_page(catchup, rows)
    for count in repeated:
        assert not catchup.is_complete
        take_page(catchup, rows[:count])
    assert catchup.is_complete is is_the_end


def test_something_new_between_begins_to_count_anew() -> None:
    catchup, rows = CatchUp(Delivery("gone"), ROOM), newest(101)
    for page in (rows[:100], rows[:26], rows[98:], rows[:26]):
        take_page(catchup, page)
    assert not catchup.is_complete


@pytest.mark.parametrize(("budget", "count"), [(50_000, 20), (49_999, 19), (2_500, 1), (0, 1)])
def test_what_is_held_costs_2500_bytes_a_message_besides_its_text(budget: int, count: int) -> None:
    catchup = CatchUp(Delivery("gone"), budget)
    take_page(catchup, newest(20), total=20)
    assert (catchup.is_complete, len(catchup.take()), catchup.has_more) == (True, count, count < 20)


def test_what_was_passed_on_costs_nothing() -> None:
    delivery = Delivery()
    delivery.live(newest(15, 5)[::-1], 1)
    catchup = CatchUp(delivery, 5 * 2_500)
    take_page(catchup, newest(20), total=20)
    assert (len(catchup.take()), catchup.has_more) == (20, False)


def test_a_page_whose_size_is_not_told_has_none() -> None:
    assert HistoryPage([]).size == 0


def test_before_anything_was_read_nothing_more_waits() -> None:
    assert CatchUp(Delivery(), ROOM).has_more is False


@pytest.mark.parametrize(("rows", "is_the_end"), [(167_773, False), (167_774, True)])
def test_the_names_of_what_was_let_go_take_no_more_than_16_mebibytes(rows: int, is_the_end: bool) -> None:
    catchup = CatchUp(Delivery("gone"), 0)
    take_page(catchup, newest(1) * rows)
    assert catchup.is_complete is is_the_end


def test_a_service_that_gives_fewer_rows_is_asked_for_no_more_than_it_gives() -> None:
    catchup, sizes = CatchUp(Delivery("gone"), ROOM), []
    for page in range(8):
        sizes.append(catchup.next().page_size)
        take_page(catchup, newest(min(7, sizes[-1]), 7 * page), total=None)
    assert set(sizes[4:]) == {5}


@pytest.mark.parametrize(("total", "most_pages"), [(True, 17), (False, 32)])
def test_beyond_the_budget_each_part_takes_the_room_there_is_in_few_pages(total: bool, most_pages: int) -> None:
    delivery, history = Delivery(after="m95"), newest(100)
    parts: list[int] = []
    catchup, pages = CatchUp(delivery, 10 * 2_500), 0
    while not parts or catchup.has_more:
        while not catchup.is_complete:
            pages += 1
            request = catchup.next()
            rows = history[request.start : request.start + request.page_size]
            catchup.took(HistoryPage(rows, 0, 100 if total else None))
        parts.append(len(fresh := delivery.pass_on(delivery.split(catchup.take()))))
        catchup.delivered(len(fresh))
    assert (parts, pages) == ([*[6] * 15, 5], most_pages)
