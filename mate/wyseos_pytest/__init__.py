"""The pytest plugin: `wyseos_emulator`, `wyseos_env`, `wyseos_client` and `wyseos_async_client`.

pytest loads this module at its start, in every project that has the SDK installed. So it imports next to nothing; each
fixture imports what it needs when a test asks for it. And it stands outside the namespace `wyseos`, so that a project
with a `wyseos.py` of its own can run its tests.
"""

from __future__ import annotations

import functools
import inspect
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from wyseos.mate.client import AsyncClient, Client
    from wyseos.mate.emulator import Emulator

_MARK = "wyseos(scenario=None, **options): options of the emulator behind `wyseos_emulator`; joined with the class's"


def pytest_configure(config: pytest.Config) -> None:
    """Make the `wyseos` mark known: its arguments are those of `Emulator`."""
    config.addinivalue_line("markers", _MARK)


@pytest.fixture
def wyseos_emulator(request: pytest.FixtureRequest) -> Iterator[Emulator]:
    """A service of one's own for one test, without waits; `@pytest.mark.wyseos("marketing")` passes options to it."""
    with _told_in_words():
        from wyseos.mate.emulator import Emulator
    with Emulator(**{"speed": 0, **_options(request.node)}) as emulator:
        yield emulator


def _options(node: Any) -> dict[str, Any]:
    """Join the marks of module, class and test; the nearest wins where two name the same option."""
    options: dict[str, Any] = {}
    for mark in reversed(list(node.iter_markers("wyseos"))):
        if len(mark.args) > 1:
            pytest.fail(f"@pytest.mark.wyseos takes one scenario, and options by name; not {mark.args}", pytrace=False)
        options |= {**({"scenario": mark.args[0]} if mark.args else {}), **mark.kwargs}
    return options


@contextmanager
def _told_in_words() -> Iterator[None]:
    """Say what to do where the SDK cannot be imported: an extra is missing, or a file of the project hides it."""
    try:
        yield
    except ModuleNotFoundError as error:
        hidden = error.name in ("wyseos", "wyseos.mate")
        remedy = "a wyseos.py or wyseos/ of this project hides the SDK: rename it to use its fixtures"
        pytest.fail(remedy if hidden else str(error), pytrace=False)


@pytest.fixture
def wyseos_env(
    wyseos_emulator: Emulator, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Emulator:
    """The emulator of this test as the service of the environment: what makes `Client()` by itself meets it.

    Other settings of the environment, and a settings file, are out of the way.
    """
    for name in [name for name in os.environ if name.startswith("WYSEOS_")]:
        monkeypatch.delenv(name)
    nothing = tmp_path_factory.mktemp("wyseos") / "mate.yaml"
    nothing.touch()
    monkeypatch.setenv("WYSEOS_CONFIG", str(nothing))
    monkeypatch.setenv("WYSEOS_BASE_URL", wyseos_emulator.base_url)
    monkeypatch.setenv("WYSEOS_API_KEY", wyseos_emulator.api_key)
    return wyseos_emulator


@pytest.fixture
def wyseos_client(wyseos_emulator: Emulator) -> Iterator[Client]:
    """A client of the emulator of this test, closed after it; the environment has no say in its settings."""
    from wyseos.mate import Client
    from wyseos.mate.config import options_apart

    with Client(options_apart(wyseos_emulator.base_url, wyseos_emulator.api_key)) as client:
        yield client


@pytest.fixture
def wyseos_async_client(request: pytest.FixtureRequest, wyseos_emulator: Emulator) -> Iterator[AsyncClient]:
    """An asynchronous client of the emulator of this test, closed after it; `async with` may close it earlier."""
    from wyseos.mate import AsyncClient
    from wyseos.mate.config import options_apart

    client = AsyncClient(options_apart(wyseos_emulator.base_url, wyseos_emulator.api_key))
    test = request.node.obj
    # It is closed where it was used, in the test's own event loop, whichever plugin runs that.
    if inspect.iscoroutinefunction(test):
        request.node.obj = _closing(test, client)
    yield client
    request.node.obj = test


def _closing(test: Callable[..., Awaitable[None]], client: AsyncClient) -> Callable[..., Awaitable[None]]:
    @functools.wraps(test)
    async def closed_after_it(*arguments: Any, **fixtures: Any) -> None:
        async with client:
            await test(*arguments, **fixtures)

    return closed_after_it
