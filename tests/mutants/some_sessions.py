"""Sessions of the simulation, some at a time: what they notice needs no other test."""

from __future__ import annotations

import pytest

from tests.simulation.session import Session


@pytest.mark.parametrize("first", range(0, 1000, 10))
def test_a_session_keeps_its_promises(first: int) -> None:
    assert {seed: said for seed in range(first, first + 10) if (said := Session(seed).run())} == {}
