"""Lines that are mended without waiting, and a task begun on either client."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from wyseos.mate import AsyncClient, Client
from wyseos.mate.emulator import Emulator
from wyseos.mate.tasks.handlers import Handlers
from wyseos.mate.tasks.io.interfaces import session_settings
from wyseos.mate.tasks.launch import Order, start, start_async
from wyseos.mate.tasks.protocol.settings import SessionSettings
from wyseos.mate.tasks.result import TaskExecutionOptions, TaskResult

QUICK = session_settings(draw=lambda: 0.0, ask_again=0.02)

Run = Callable[..., tuple[list[Any], TaskResult]]


def order_of(options: dict[str, Any], handlers: dict[str, Any]) -> Order:
    return Order("Find trends", options=TaskExecutionOptions(**options), handlers=Handlers(**handlers), attended=False)


def run_sync(emulator: Emulator, handlers: dict[str, Any], more: dict[str, Any], options: dict[str, Any]) -> Any:
    order = order_of(options, handlers)
    with Client(base_url=emulator.base_url, api_key=emulator.api_key) as client, start(client, order, **more) as task:
        return list(task), task.result()


def run_async(emulator: Emulator, handlers: dict[str, Any], more: dict[str, Any], options: dict[str, Any]) -> Any:
    async def main() -> Any:
        order = order_of(options, handlers)
        async with (
            AsyncClient(base_url=emulator.base_url, api_key=emulator.api_key) as client,
            await start_async(client, order, **more) as task,
        ):
            return [event async for event in task], await task.result()

    return asyncio.run(main())


@pytest.fixture(params=[pytest.param(run_sync, id="sync"), pytest.param(run_async, id="async")])
def run(request: pytest.FixtureRequest) -> Run:
    """Runs a task on the emulator with one of the clients, and returns its events and its result."""

    def run(
        emulator: Emulator,
        *,
        settings: SessionSettings = QUICK,
        max_message_size: int = 64 * 2**20,
        handlers: dict[str, Any] | None = None,
        **options: Any,
    ) -> tuple[list[Any], TaskResult]:
        more = {"settings": settings, "max_message_size": max_message_size}
        events, result = request.param(emulator, handlers or {}, more, options)
        return events, result

    return run


@pytest.fixture
def emulator(wyseos_emulator: Emulator) -> Iterator[Emulator]:
    """The emulator; at the end of a test the client must have sent nothing wrong."""
    yield wyseos_emulator
    assert wyseos_emulator.violations == []


@pytest.fixture
def client(emulator: Emulator) -> Iterator[Client]:
    with Client(base_url=emulator.base_url, api_key=emulator.api_key) as client:
        yield client
