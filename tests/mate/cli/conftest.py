"""A client of the emulator that `wyse` is shown."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from wyseos.mate import Client
from wyseos.mate.emulator import Emulator


@pytest.fixture
def client(wyseos_emulator: Emulator) -> Iterator[Client]:
    with Client(base_url=wyseos_emulator.base_url, api_key=wyseos_emulator.api_key) as client:
        yield client
