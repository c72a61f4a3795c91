"""How long is waited between two tries."""

from __future__ import annotations

from wyseos.mate.backoff import LONGEST_TOLD_WAIT, bound


def test_the_bound_doubles_with_each_failure_up_to_the_last() -> None:
    assert [bound(failures) for failures in range(1, 8)] == [0.5, 1.0, 2.0, 4.0, 8.0, 8.0, 8.0]


def test_other_bounds_can_be_given() -> None:
    assert [bound(failures, first=1.0, last=3.0) for failures in (1, 2, 3)] == [1.0, 2.0, 3.0]


def test_no_number_of_failures_is_too_large() -> None:
    assert bound(10**6, last=float("inf")) == 0.5 * 2**16


def test_a_service_may_ask_for_two_minutes() -> None:
    assert LONGEST_TOLD_WAIT == 120.0
