"""A history that grows, fails and is interrupted while it is read: each message comes once, and in its order."""

from __future__ import annotations

import pytest

from tests.mate.tasks.protocol.histories import History

MOST_PAGES = {
    1: 14, 2: 82, 6: 60, 10: 66, 11: 44, 12: 92, 17: 17, 18: 63, 19: 23, 20: 6, 21: 27, 23: 11, 25: 61, 29: 15,
    30: 17, 34: 21, 35: 8, 37: 81, 39: 69, 43: 23, 45: 17, 46: 16, 52: 16, 119: 897, 380: 727, 490: 29, 523: 14,
    1406: 23, 268: 66, 442: 22, 489: 268, 1607: 24, 1952: 98, 198: 1116,
}  # fmt: skip
"""By the seed of a history, how many pages have to be enough: a page that is read in vain is seen in nothing else."""


@pytest.mark.parametrize("seed", MOST_PAGES)
def test_each_missed_message_comes_once_and_in_few_pages_whatever_happens_meanwhile(seed: int) -> None:
    history = History(seed)
    numbers = history.play()
    came = sorted(numbers) if history.has_gap else numbers
    assert (came, history.is_told_lost) == (list(range(len(history.messages))), False)
    assert history.requests <= MOST_PAGES[seed]
