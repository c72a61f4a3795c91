"""The times of a round; time is passed in."""

from __future__ import annotations

import pytest

from wyseos.mate.tasks.protocol.round_clock import Awaited, RoundClock


@pytest.fixture
def clock() -> RoundClock:
    """A round that may take 100 s, at its second 10."""
    clock = RoundClock()
    clock.wait(Awaited.COMPLETION, 90.0, 10.0)
    return clock


def test_the_deadline_is_that_of_the_next_wait(clock: RoundClock) -> None:
    clock.wait(Awaited.ANSWER, 5.0, 10.0)
    clock.wait(Awaited.STOP, None, 10.0)
    assert clock.deadline(follow_up=True) == 15.0
    clock.forget(Awaited.ANSWER)
    assert clock.deadline(follow_up=True) == 100.0


def test_a_follow_up_is_waited_for_only_where_one_can_come_and_ends_no_round_without_a_result() -> None:
    clock = RoundClock()
    clock.wait(Awaited.FOLLOW_UP, 1.5, 0.0)
    assert (clock.deadline(follow_up=True), clock.deadline(follow_up=False)) == (1.5, None)
    assert (clock.over(2.0), clock.ends_round(2.0)) == (Awaited.FOLLOW_UP, False)


def test_of_several_that_are_over_the_first_counts(clock: RoundClock) -> None:
    clock.wait(Awaited.ANSWER, 5.0, 10.0)
    clock.wait(Awaited.STOP, 60.0, 10.0)
    assert [clock.over(now) for now in (14.9, 15.0, 70.0)] == [None, Awaited.ANSWER, Awaited.STOP]
    assert clock.ends_round(15.0)


def test_the_rounds_time_stands_and_goes_on_with_what_is_left(clock: RoundClock) -> None:
    clock.stop(40.0)
    clock.stop(50.0)
    assert (clock.deadline(follow_up=True), clock.has_limit) == (None, True)
    clock.go_on(1000.0)
    clock.go_on(2000.0)
    assert clock.deadline(follow_up=True) == 1060.0


def test_without_a_limit_nothing_stands_or_goes_on() -> None:
    clock = RoundClock()
    clock.stop(1.0)
    clock.go_on(2.0)
    assert (clock.deadline(follow_up=True), clock.has_limit, clock.over(1e9)) == (None, False, None)


def test_after_all_nothing_is_waited_for(clock: RoundClock) -> None:
    clock.stop(40.0)
    clock.wait(Awaited.ANSWER, 5.0, 40.0)
    clock.clear()
    clock.go_on(50.0)
    assert (clock.deadline(follow_up=True), clock.has_limit) == (None, False)
