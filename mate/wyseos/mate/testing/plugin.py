"""The pytest plugin: `wyseos_emulator`, `wyseos_env`, `wyseos_client` and `wyseos_async_client`.

pytest loads this module at its start, in every project that has the SDK installed, so it imports next to nothing;
each fixture imports what it needs when a test asks for it.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wyseos.mate.client import AsyncClient, Client
    from wyseos.mate.emulator import Emulator


def pytest_configure(config: pytest.Config) -> None:
    """Make the `wyseos` mark known: its arguments are those of `Emulator`."""
    config.addinivalue_line("markers", "wyseos(**options): options of the emulator behind `wyseos_emulator`")


@pytest.fixture
def wyseos_emulator(request: pytest.FixtureRequest) -> Iterator[Emulator]:
    """A service of one's own for one test, without waits; `@pytest.mark.wyseos(scenario=…)` passes options to it."""
    try:
        from wyseos.mate.emulator import Emulator
    except ModuleNotFoundError as error:
        pytest.fail(str(error), pytrace=False)
    mark = request.node.get_closest_marker("wyseos")
    options = {"speed": 0, **(mark.kwargs if mark else {})}
    with Emulator(**options) as emulator:
        yield emulator


@pytest.fixture
def wyseos_env(wyseos_emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> Emulator:
    """The emulator of this test as the service of the environment: what makes `Client()` by itself meets it.

    Other settings of the environment, and a settings file, are out of the way.
    """
    for name in [name for name in os.environ if name.startswith("WYSEOS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("WYSEOS_BASE_URL", wyseos_emulator.base_url)
    monkeypatch.setenv("WYSEOS_API_KEY", wyseos_emulator.api_key)
    return wyseos_emulator


@pytest.fixture
def wyseos_client(wyseos_emulator: Emulator) -> Iterator[Client]:
    """A client of the emulator of this test, closed after it."""
    from wyseos.mate import Client, ClientOptions

    with Client(ClientOptions(api_key=wyseos_emulator.api_key, base_url=wyseos_emulator.base_url)) as client:
        yield client


@pytest.fixture
def wyseos_async_client(wyseos_emulator: Emulator) -> AsyncClient:
    """An asynchronous client of the emulator of this test; enter it with `async with`, which also closes it."""
    from wyseos.mate import AsyncClient, ClientOptions

    return AsyncClient(ClientOptions(api_key=wyseos_emulator.api_key, base_url=wyseos_emulator.base_url))
