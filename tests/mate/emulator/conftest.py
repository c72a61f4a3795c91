"""An emulator without waits that watches itself, and a bare client of it."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from tests.mate.emulator.outsiders import rest
from wyseos.mate.emulator import Emulator


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    """An emulator that is expected to send nothing but what the schemas allow."""
    with Emulator(speed=0, check_own=True) as running:
        yield running
    assert running.mistakes == []


@pytest.fixture
def client(emulator: Emulator) -> Iterator[httpx.Client]:
    """A bare REST client."""
    with rest(emulator.base_url, emulator.api_key) as opened:
        yield opened
