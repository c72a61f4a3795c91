"""An emulator whose tasks can be watched."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from wyseos.mate.emulator import Emulator


@pytest.fixture
def slow() -> Iterator[Emulator]:
    """A service whose agents take their time, so that a picture of them at work can be had."""
    with Emulator(speed=4) as emulator:
        yield emulator
