"""A folder of its own for each test's journal, and an emulator that loses no time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from wyseos.mate import Client
from wyseos.mate.emulator import Emulator


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    with Emulator("short", speed=0) as emulator:
        yield emulator
        assert emulator.violations == []


@pytest.fixture
def client(emulator: Emulator) -> Iterator[Client]:
    with Client(base_url=emulator.base_url, api_key=emulator.api_key) as client:
        yield client
