"""Whatever a history is like, and however it grows meanwhile: what was missed comes once and in its order."""

from __future__ import annotations

import pytest

from tests.mate.tasks.protocol.histories import History

MOST_REQUESTS = 5_000
"""Of a reading that must go row by row, while more is said all the time; what reads in circles makes many more."""


@pytest.mark.parametrize("first", range(0, 60, 5))
def test_what_was_missed_comes_once_and_in_its_order(first: int) -> None:
    for seed in range(first, first + 5):
        history = History(seed)
        told = history.play()
        expected = list(range(len(history.messages)))
        assert expected == (sorted(told) if history.has_gap else told), seed
        assert history.requests < MOST_REQUESTS, seed
