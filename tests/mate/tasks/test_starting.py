"""An async task is started by awaiting or by entering; both work, and asyncio's own functions take it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.support.raw_server import RawServer, ok
from wyseos.mate import AsyncClient, Client
from wyseos.mate.emulator import Emulator
from wyseos.mate.errors import APIError, ValidationError


@pytest.fixture
async def client(emulator: Emulator) -> AsyncIterator[AsyncClient]:
    async with AsyncClient(base_url=emulator.base_url, api_key=emulator.api_key) as client:
        yield client


async def test_it_is_entered_and_closed_at_the_end(client: AsyncClient) -> None:
    async with client.start("Find trends") as task:
        await anext(aiter(task))
        async with client.attach(task.session_id) as other:
            assert (await other.result()).success
    assert task._work.done()


async def test_it_is_awaited(client: AsyncClient) -> None:
    task = await client.start("Find trends")
    async with task:
        assert (await task.result()).success
    attached = await client.attach(task.session_id)
    assert (await attached.result()).success
    await attached.aclose()


async def test_it_is_a_coroutine_to_asyncio(client: AsyncClient) -> None:
    task = await asyncio.create_task(client.start("Find trends"))
    async with task, await asyncio.wait_for(client.attach(task.session_id), 10) as other:
        assert other.session_id == task.session_id


async def test_a_start_that_is_cancelled_starts_no_task(client: AsyncClient, emulator: Emulator) -> None:
    starting = asyncio.create_task(client.start("Find trends"))
    await asyncio.sleep(0)
    starting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await starting
    client.start("Find trends").close()
    assert list(client.dependents) == []


async def test_wrong_arguments_are_refused_before_it_is_awaited(client: AsyncClient) -> None:
    with pytest.raises(ValidationError, match="task is empty"):
        client.start("")


async def test_a_start_that_is_never_awaited_is_warned_of(client: AsyncClient) -> None:
    starting = client.start("Find trends")
    with pytest.warns(RuntimeWarning, match="never awaited"):
        del starting


async def test_an_error_within_closes_the_task(client: AsyncClient) -> None:
    with pytest.raises(ZeroDivisionError):
        async with client.start("Find trends") as task:
            raise ZeroDivisionError
    assert task._work.done()


async def test_an_answer_that_names_no_session_is_an_error_and_no_task() -> None:
    """As `client.session.create` tells it: a session may exist all the same."""
    with RawServer((ok({"status": "created"}),)) as server:
        async with AsyncClient(base_url=server.base_url, api_key="k") as client:
            with pytest.raises(APIError, match="has no session_id"):
                await client.start("Find trends")
        with (
            Client(base_url=server.base_url, api_key="k") as client,
            pytest.raises(APIError, match="has no session_id"),
        ):
            client.run("Find trends")
