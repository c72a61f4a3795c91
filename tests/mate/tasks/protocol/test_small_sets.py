"""All empty ones are the same."""

from __future__ import annotations

from wyseos.mate.tasks.protocol.small_sets import EMPTY, without


def test_what_is_left_of_a_set_is_a_set() -> None:
    assert without(frozenset({1, 2}), {2, 3}) == {1}


def test_where_nothing_is_left_it_is_the_one_empty_set() -> None:
    assert without(frozenset({1}), {1}) is EMPTY
    assert without(EMPTY, {1}) is EMPTY
