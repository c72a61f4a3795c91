"""The limit follows the service: halved by a refusal, raised one by one, never over the bound."""

from __future__ import annotations

import pytest

from wyseos.mate.batch.concurrency import ConcurrencyLimit


def test_a_refusal_halves_and_a_full_round_of_successes_adds_one() -> None:
    limit = ConcurrencyLimit(16)
    limit.refused(16)
    assert limit.current == 8
    for _ in range(7):
        limit.succeeded()
    assert limit.current == 8
    limit.succeeded()
    assert limit.current == 9


def test_a_burst_of_refusals_counts_once() -> None:
    limit = ConcurrencyLimit(100)
    for _ in range(20):
        limit.refused(100)
    assert limit.current == 50


def test_the_limit_stays_between_one_and_the_upper_bound() -> None:
    limit = ConcurrencyLimit(2)
    limit.refused(1)
    assert limit.current == 1
    for _ in range(10):
        limit.succeeded()
    assert limit.current == 2


@pytest.mark.parametrize("upper", [0, -3])
def test_a_bound_below_one_is_refused_by_name(upper: int) -> None:
    with pytest.raises(ValueError, match="concurrency: at least 1"):
        ConcurrencyLimit(upper)
