"""Some sessions of the simulation, which play in a moment: what they notice needs no other test."""

from __future__ import annotations

import pytest

from tests.simulation.session import Session


@pytest.mark.parametrize("first", range(0, 60, 5))
def test_a_session_keeps_its_promises(first: int) -> None:
    assert {seed: said for seed in range(first, first + 5) if (said := Session(seed).run())} == {}
