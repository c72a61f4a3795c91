"""The retry policy, as a table."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wyseos.mate.backoff import LONGEST_TOLD_WAIT
from wyseos.mate.rest.retry import (
    RULES,
    Failure,
    read_http_date,
    read_retry_after,
    wait_before_next_try,
)

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def wait(
    *faults: Failure, is_read: bool = True, retries: int = 2, left: float = 100, told: float | None = None
) -> object:
    """The wait after these faults, with a draw of 1: the longest one that chance can give."""
    return wait_before_next_try(faults, is_read=is_read, max_retries=retries, left=left, jitter=1.0, told=told)


# Tries after the first that each fault allows to a read and to all else, when many are allowed.
MANY = 9
TRIES = {
    Failure.REFUSED: (MANY, MANY),
    Failure.UNKNOWN_HOST: (2, 2),
    Failure.CERTIFICATE: (0, 0),
    Failure.CONNECT_TIMEOUT: (MANY, MANY),
    Failure.TIMED_OUT: (MANY, 0),
    Failure.CUT: (MANY, 0),
    Failure.DEADLINE: (0, 0),
    Failure.BUSY: (MANY, MANY),
    Failure.UNAVAILABLE: (MANY, 0),
    Failure.STRANGE: (1, 0),
    Failure.FINAL: (0, 0),
}


@pytest.mark.parametrize("fault", Failure)
@pytest.mark.parametrize("is_read", [True, False])
def test_each_fault_is_tried_again_as_often_as_the_table_says(fault: Failure, is_read: bool) -> None:
    tried = 0
    while wait(*[fault] * (tried + 1), is_read=is_read, retries=MANY) is not None:
        tried += 1
    assert TRIES[fault][0 if is_read else 1] == tried


def test_these_faults_leave_open_whether_the_work_was_done_and_no_others() -> None:
    assert {fault for fault, rule in RULES.items() if rule.taken} == {
        Failure.TIMED_OUT,
        Failure.CUT,
        Failure.DEADLINE,
        Failure.UNAVAILABLE,
        Failure.STRANGE,
    }


@pytest.mark.parametrize("fault", [fault for fault, rule in RULES.items() if rule.taken])
def test_what_may_have_been_taken_is_never_written_twice(fault: Failure) -> None:
    assert wait(fault, is_read=False, retries=MANY) is None


@pytest.mark.parametrize("retries", [0, 1, 2, 5])
def test_there_are_at_most_max_retries_more_tries(retries: int) -> None:
    assert wait(*[Failure.CUT] * (retries + 1), retries=retries) is None
    assert retries == 0 or wait(*[Failure.CUT] * retries, retries=retries) is not None


def test_one_kind_of_fault_does_not_use_up_the_tries_of_another() -> None:
    assert wait(Failure.CUT, Failure.STRANGE) is not None
    assert wait(Failure.STRANGE, Failure.CUT, Failure.STRANGE, retries=5) is None


def test_the_bound_doubles_from_half_a_second_to_eight() -> None:
    bounds = [wait(*[Failure.CUT] * count, retries=MANY) for count in range(1, 8)]
    assert bounds == [0.5, 1.0, 2.0, 4.0, 8.0, 8.0, 8.0]


@settings(deadline=None)
@given(st.floats(0, 1), st.integers(1, 8))
def test_the_wait_is_drawn_between_nothing_and_the_bound(jitter: float, count: int) -> None:
    drawn = wait_before_next_try(
        [Failure.REFUSED] * count, is_read=True, max_retries=9, left=100, jitter=jitter, told=None
    )
    assert drawn is not None
    assert 0 <= drawn <= min(8, 0.5 * 2 ** (count - 1))


@pytest.mark.parametrize(("told", "expected"), [(0.0, 0.5), (7.0, 7.5), (LONGEST_TOLD_WAIT, 120.5), (120.1, None)])
def test_a_time_told_is_kept_up_to_two_minutes_and_the_backoff_comes_on_top(
    told: float, expected: float | None
) -> None:
    assert expected == wait(Failure.BUSY, left=1000, told=told)


@pytest.mark.parametrize(("left", "expected"), [(7.6, 7.5), (7.5, None), (0.0, None), (-1.0, None)])
def test_no_wait_reaches_the_deadline(left: float, expected: float | None) -> None:
    assert expected == wait(Failure.BUSY, left=left, told=7.0)


def http_date(moment: datetime) -> str:
    return moment.strftime("%a, %d %b %Y %H:%M:%S GMT")


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("", None),
        ("soon", None),
        ("-1", None),
        ("١٢", None),
        ("1e3", None),
        ("9" * 5000, None),
        ("0", 0.0),
        (" 12 ", 12.0),
        ("0.5", 0.5),
        (http_date(NOW + timedelta(seconds=90)), 90.0),
        (http_date(NOW - timedelta(seconds=90)), 0.0),
        ("Fri, 99 Jan 2026 03:05:05 GMT", None),
    ],
)
def test_retry_after_is_read_in_seconds_and_as_a_date(value: str | None, seconds: float | None) -> None:
    assert seconds == read_retry_after(value, NOW)


def test_a_date_without_a_zone_is_taken_as_utc() -> None:
    assert read_http_date("Fri, 02 Jan 2026 03:04:05 -0000") == NOW
    assert read_http_date("Fri, 02 Jan 2026 05:04:05 +0200") == NOW


@pytest.mark.parametrize(
    "text", ["Mon, 01 Jan 99999999999999999999 00:00:00 GMT", "Mon, 01 Jan 2026 00:00:00 +9999999"]
)
def test_a_date_that_python_cannot_hold_is_no_date_and_no_exception(text: str) -> None:
    assert read_http_date(text) is None
    assert read_retry_after(text, NOW) is None
