"""The same page again and again is the end; what new messages pushed down is not."""

from __future__ import annotations

import pytest

from tests.mate.tasks.protocol.histories import message
from wyseos.mate.tasks.protocol.history_rows import Row
from wyseos.mate.tasks.protocol.repetition import Repetition


def rows(*names: int) -> list[Row]:
    return [Row(message(f"m{name}"), 0, name, name, is_known=False, was_passed=False) for name in names]


@pytest.mark.parametrize(
    ("again", "is_the_end"), [([60], False), ([25, 25], False), ([25, 26], True), ([1, 1, 1], False), ([60, 1], True)]
)
def test_several_pages_and_more_than_fifty_rows_that_come_again_are_the_end(again: list[int], is_the_end: bool) -> None:
    repetition = Repetition()
    repetition.came(rows(*range(100)), has_news=True)
    for count in again:
        assert not repetition.is_the_end
        repetition.came(rows(*range(count)), has_news=False)
    assert repetition.is_the_end is is_the_end


def test_pages_that_go_on_through_what_was_read_are_not_the_end_and_going_round_is() -> None:
    repetition = Repetition()
    repetition.came(rows(*range(80, 100)), has_news=True)
    for start in (0, 20, 40, 60):
        repetition.came(rows(*range(start, start + 20)), has_news=False)
    repetition.came(rows(79, 80), has_news=False)
    ends = []
    for start in (0, 20, 40, 60):
        repetition.came(rows(*range(start, start + 20)), has_news=False)
        ends.append(repetition.is_the_end)
    assert ends == [False, False, True, True]


@pytest.mark.parametrize("has_news", [True, False])
def test_something_new_and_a_reading_that_begins_count_anew(has_news: bool) -> None:
    repetition = Repetition()
    for _ in range(3):
        repetition.came(rows(*range(30)), has_news=False)
    assert (repetition.is_the_end, repetition.brought_nothing) == (True, True)
    repetition.came(rows(30), has_news=True) if has_news else repetition.begin()
    assert (repetition.is_the_end, repetition.brought_nothing) == (False, False)
    repetition.came(rows(30), has_news=False)
    repetition.came(rows(*range(100)), has_news=False)
    assert (repetition.is_the_end, repetition.brought_nothing) == (False, True)
