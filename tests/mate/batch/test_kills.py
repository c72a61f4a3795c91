"""Whatever dies, and whenever: no item is lost, none is started twice, counted at the service."""

from __future__ import annotations

from pathlib import Path

from tests.support.killing import kill_rounds


def test_a_killed_batch_goes_on_with_no_item_lost_and_none_started_twice(tmp_path: Path) -> None:
    tally = kill_rounds(rounds=4, seed=3, folder=tmp_path)
    assert (tally.wrong, tally.rounds) == (None, 4)
    assert tally.kills >= 1
