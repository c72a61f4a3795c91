"""How many messages a page is asked for."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.mate.tasks.protocol.histories import newest, take_page
from wyseos.mate.tasks.protocol.catchup import CatchUp, HistoryPage
from wyseos.mate.tasks.protocol.delivery import Delivery
from wyseos.mate.tasks.protocol.page_sizes import SIZES, PageSizes

ROOM = 2**24


def test_each_size_of_a_page_is_a_multiple_of_the_next() -> None:
    assert all(larger % smaller == 0 for larger, smaller in pairwise(SIZES))


def sizes_after(pages: list[tuple[int, int]], *, by_place: bool) -> int:
    """Return what is asked for after pages of which each brought so many rows where so many were asked for."""
    sizes = PageSizes()
    for number, (rows, asked) in enumerate(pages):
        sizes.came(rows, asked, number * asked)
        sizes.choose(0, 0, by_place=by_place)
    return sizes.size


@pytest.mark.parametrize(
    ("pages", "by_place", "size"),
    [
        ([(7, 20), (7, 100)], True, 5),
        ([(7, 20), (3, 20)], True, 5),  # the last one has what is left
        ([(3, 20), (7, 20)], True, 5),
        ([(20, 20), (7, 100)], True, 100),  # one alone may be the end
        ([(7, 20), (100, 100)], True, 100),
        ([(7, 20), (20, 20), (7, 100)], True, 100),
        ([(20, 20), (20, 100), (20, 100)], True, 20),
        ([(7, 20), (7, 100)], False, 100),  # a total tells the places
        ([(0, 20), (0, 20)], True, 100),
    ],
)
def test_where_places_count_no_more_rows_are_asked_for_than_the_service_gives(
    pages: list[tuple[int, int]], by_place: bool, size: int
) -> None:
    assert sizes_after(pages, by_place=by_place) == size


def test_of_two_caps_the_smaller_one_holds() -> None:
    sizes = PageSizes()
    sizes.gives(7)
    for rows in (30, 30):
        sizes.came(rows, 100, 100)
        sizes.choose(0, 0, by_place=True)
    assert sizes.size == 5


@pytest.mark.parametrize(("covered", "size"), [(24, 20), (25, 5)])
def test_after_a_failure_no_more_is_read_again_than_what_came_since(covered: int, size: int) -> None:
    sizes = PageSizes()
    sizes.failed()
    for at in (0, 0, 0, covered):
        sizes.came(1, 1, 0)
        sizes.choose(0, at, by_place=False)
    assert sizes.size == size


def test_after_failures_pages_grow_late_and_step_by_step() -> None:
    catchup, sizes = CatchUp(Delivery("gone"), ROOM), []
    for place in range(26):
        sizes.append(size := catchup.next().page_size)
        if place < 2:
            catchup.failed()
        else:
            take_page(catchup, newest(size, 100 * place))
    assert sizes == [20, 5, *[1] * 16, 5, 20, *[100] * 6]


def test_what_could_not_be_had_is_in_no_later_page() -> None:
    catchup, asked, messages = CatchUp(Delivery("gone"), ROOM), [], newest(400)
    while not catchup.is_complete:
        asked.append(request := catchup.next())
        rows = messages[request.start : request.start + request.page_size]
        if messages[135] in rows:
            catchup.failed()
        else:
            catchup.took(HistoryPage(rows, 0, len(messages)))
    has_it = [request.start <= 135 < request.start + request.page_size for request in asked]
    last = len(has_it) - has_it[::-1].index(True) - 1
    assert (asked[last].page_size, has_it.count(True), catchup.left_out) == (1, 8, 1)
    assert asked[-1].page_size == 100


def test_after_many_failures_64_good_pages_are_enough() -> None:
    catchup, sizes = CatchUp(Delivery("gone"), ROOM), []
    for _ in range(7):
        catchup.next()
        catchup.failed()
    for place in range(65):
        sizes.append(catchup.next().page_size)
        take_page(catchup, newest(1, place))
    assert (catchup.left_out, sizes) == (1, [*[1] * 64, 5])


def test_each_message_that_can_not_be_had_is_tried_as_often_and_counted() -> None:
    catchup = CatchUp(Delivery("gone"), ROOM)
    left_out = []
    for _ in range(12):
        catchup.next()
        catchup.failed()
        left_out.append(catchup.left_out)
    assert left_out == [0] * 6 + [1] * 5 + [2]


@pytest.mark.parametrize(
    ("size", "next_size"),
    [(209_715 * 20 + 19, 20), (209_716 * 20, 5), (2**22 * 20, 1), (2**30, 1), (0, 100)],
)
def test_a_page_has_at_most_four_mebibytes_if_it_has_more_than_one_message(size: int, next_size: int) -> None:
    catchup = CatchUp(Delivery("gone"), ROOM)
    take_page(catchup, newest(20), size=size)
    assert catchup.next().page_size == next_size
