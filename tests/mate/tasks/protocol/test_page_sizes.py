"""How many messages a page is asked for."""

from __future__ import annotations

from itertools import pairwise

import pytest

from wyseos.mate.tasks.protocol.page_sizes import SIZES, PageSizes


def test_each_size_of_a_page_is_a_multiple_of_the_next() -> None:
    assert all(larger % smaller == 0 for larger, smaller in pairwise(SIZES))


def sizes_after(pages: list[tuple[int, int]], *, is_partial: bool) -> int:
    """Return what is asked for after pages of which each brought so many rows where so many were asked for."""
    sizes = PageSizes()
    for rows, asked in pages:
        sizes.came(rows)
        sizes.is_followed(rows, asked)
        sizes.choose(0, 0, is_partial=is_partial)
    return sizes.size


@pytest.mark.parametrize(
    ("pages", "is_partial", "size"),
    [
        ([(7, 20), (7, 100)], True, 5),
        ([(7, 20), (3, 20)], True, 5),  # the last one has what is left
        ([(3, 20), (7, 20)], True, 5),
        ([(20, 20), (7, 100)], True, 100),  # one alone may be the end
        ([(7, 20), (100, 100)], True, 100),
        ([(7, 20), (20, 20), (7, 100)], True, 100),
        ([(20, 20), (20, 100), (20, 100)], True, 20),
        ([(7, 20), (7, 100)], False, 100),  # nothing is left for later: the page's number is the last one's and one
        ([(0, 20), (0, 20)], True, 100),
    ],
)
def test_where_places_count_no_more_rows_are_asked_for_than_the_service_gives(
    pages: list[tuple[int, int]], is_partial: bool, size: int
) -> None:
    assert sizes_after(pages, is_partial=is_partial) == size
