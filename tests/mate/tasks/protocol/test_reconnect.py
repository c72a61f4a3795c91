"""What follows when a connection ends or can't be opened, in two columns, and how long is waited; time is passed in."""

from __future__ import annotations

import pytest

from wyseos.mate.tasks.protocol.reconnect import (
    LONGEST_OUTAGE,
    Backoff,
    Cause,
    Ending,
    Patience,
    Remedy,
    rule_for,
)

CUT = Ending(Cause.CUT, "cut")


def closed(code: int) -> Ending:
    return Ending(Cause.CLOSED, "closed", close_code=code)


def refused(status: int, retry_after: float | None = None) -> Ending:
    return Ending(Cause.REFUSED, "refused", status_code=status, retry_after=retry_after)


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize(
    ("code", "remedy", "tries"),
    [
        *((code, Remedy.RETRY, None) for code in (1001, 1006, 1012)),
        *((code, Remedy.RETRY_SLOWLY, None) for code in (1011, 1013)),
        *((code, Remedy.GIVE_UP, None) for code in (1002, 1003, 1007, 1008, 1009)),
        *((code, Remedy.RETRY, 2) for code in (4000, 4999, 3000)),
        *((code, Remedy.ASK_FIRST, None) for code in (1000, 1005)),
    ],
)
def test_faults_29_to_33_each_close_code_has_its_remedy(
    code: int, remedy: Remedy, tries: int | None, first: bool
) -> None:
    rule = rule_for(closed(code), first=first)
    assert (rule.remedy, rule.tries) == (remedy, tries)


@pytest.mark.parametrize(
    ("status", "at_first", "later"),
    [
        *((status, (Remedy.GIVE_UP, None), (Remedy.GIVE_UP, None)) for status in (200, 301, 307, 418)),
        *((status, (Remedy.GIVE_UP, None), (Remedy.RETRY_SLOWLY, 3)) for status in (400, 401, 403, 404)),
        *((status, (Remedy.RETRY_SLOWLY, None), (Remedy.RETRY_SLOWLY, None)) for status in (429, 500, 502, 503, 504)),
        *((status, (Remedy.RETRY, None), (Remedy.RETRY, None)) for status in (408, 425)),
    ],
)
def test_faults_13_to_15_each_refused_handshake_has_its_remedy(
    status: int, at_first: tuple[Remedy, int | None], later: tuple[Remedy, int | None]
) -> None:
    rules = [rule_for(refused(status), first=first) for first in (True, False)]
    assert [(rule.remedy, rule.tries) for rule in rules] == [at_first, later]


@pytest.mark.parametrize(
    ("cause", "at_first", "later"),
    [
        *(
            (cause, Remedy.RETRY, Remedy.RETRY)
            for cause in (
                Cause.CUT,
                Cause.SILENT,
                Cause.RESOLVER_AWAY,
                Cause.TIMED_OUT,
                Cause.UNREACHABLE,
                Cause.BROKEN_HANDSHAKE,
                Cause.PROXY_BUSY,
            )
        ),
        (Cause.UNKNOWN_HOST, Remedy.RETRY_SLOWLY, Remedy.RETRY),
        *((cause, Remedy.GIVE_UP, Remedy.RETRY_SLOWLY) for cause in (Cause.BAD_CERTIFICATE, Cause.PROXY_REFUSED)),
        (Cause.UNUSABLE, Remedy.GIVE_UP, Remedy.GIVE_UP),
    ],
)
def test_a_passing_fault_at_a_reconnect_is_not_a_final_one(cause: Cause, at_first: Remedy, later: Remedy) -> None:
    assert [rule_for(Ending(cause, ""), first=first).remedy for first in (True, False)] == [at_first, later]


def test_every_cause_has_a_rule() -> None:
    for cause in Cause:
        assert rule_for(Ending(cause, "", status_code=500, close_code=1006), first=True)


def waits(ending: Ending, *, first: bool, patience: Patience | None = None, most: int = 30) -> list[float | None]:
    """The waits before each next try, where each try takes no time."""
    backoff, now = Backoff(patience or Patience(), draw=lambda: 1.0), 0.0
    told: list[float | None] = []
    while len(told) < most and (not told or told[-1] is not None):
        wait = backoff.wait(ending, now, first=first)
        told.append(wait)
        now += wait or 0.0
    return told


def test_waits_double_up_to_the_cap_and_end_with_the_patience() -> None:
    told = waits(CUT, first=False, patience=Patience(outage=30.0))
    assert told == [0.5, 1.0, 2.0, 4.0, 8.0, 8.0, 8.0, None]


def test_before_the_first_connection_less_is_tried() -> None:
    assert waits(CUT, first=True) == [0.5, 1.0, None]


def test_an_overloaded_service_is_waited_for_longer() -> None:
    assert waits(refused(503), first=True) == [2.0, 4.0, None]


def test_without_a_limit_of_the_round_half_an_hour_is_tried() -> None:
    backoff = Backoff(Patience(), draw=lambda: 1.0)
    assert backoff.wait(CUT, 0.0, first=False) == 0.5
    assert backoff.wait(CUT, LONGEST_OUTAGE - 1, first=False) == 1.0
    assert backoff.wait(CUT, LONGEST_OUTAGE, first=False) is None


def test_a_round_that_ends_by_itself_is_the_limit() -> None:
    backoff = Backoff(Patience(), draw=lambda: 1.0)
    backoff.wait(CUT, 0.0, first=False, has_limit=True)
    assert backoff.wait(CUT, 10 * LONGEST_OUTAGE, first=False, has_limit=True) == 1.0


@pytest.mark.parametrize(
    ("ending", "expected"),
    [
        (closed(1008), [None]),
        (closed(4000), [0.5, None]),
        (Ending(Cause.UNKNOWN_HOST, ""), [2.0, 4.0, None]),
        (refused(429, retry_after=7.0), [7.7, 7.7, None]),
        (refused(429, retry_after=0.0), [2.0, 4.0, None]),
        (refused(429, retry_after=121.0), [None]),
        (refused(429, retry_after=120.0), [132.0, 132.0, None]),
    ],
)
def test_an_ending_can_say_how_often_and_when_to_try_again(ending: Ending, expected: list[float | None]) -> None:
    assert [wait and round(wait, 6) for wait in waits(ending, first=True)] == expected


def test_told_waits_have_a_jitter_that_never_shortens_them() -> None:
    assert Backoff(Patience(), draw=lambda: 0.0).wait(refused(429, retry_after=7.0), 0.0, first=True) == 7.0


def test_a_long_told_wait_is_kept_at_a_reconnect() -> None:
    assert Backoff(Patience(), draw=lambda: 0.0).wait(refused(429, retry_after=600.0), 0.0, first=False) == 600.0


def test_a_good_connection_makes_the_next_failure_the_first_again() -> None:
    backoff = Backoff(Patience(), draw=lambda: 1.0)
    first = [backoff.wait(CUT, 0.0, first=False) for _ in range(3)]
    assert backoff.failures == 3
    backoff.reset()
    assert (backoff.failures, [backoff.wait(CUT, 5000.0, first=False) for _ in range(3)]) == (0, first)


def test_a_wait_of_less_than_a_second_that_is_told_is_kept() -> None:
    ending = Ending(Cause.REFUSED, "busy", status_code=503, retry_after=0.5)
    assert Backoff(Patience(), lambda: 0.0).wait(ending, 0.0, first=False) == 0.5


def test_a_cap_that_is_set_holds() -> None:
    backoff = Backoff(Patience(cap=2.0), lambda: 1.0)
    waits = [backoff.wait(Ending(Cause.CUT, "cut"), 0.0, first=False) for _ in range(6)]
    assert waits[-1] == 2.0


def test_without_another_limit_half_an_hour_is_tried() -> None:
    backoff = Backoff(Patience(), lambda: 1.0)
    assert [backoff.wait(Ending(Cause.CUT, "cut"), now, first=False) is None for now in (0.0, 1799.9, 1800.0)] == [
        False,
        False,
        True,
    ]
