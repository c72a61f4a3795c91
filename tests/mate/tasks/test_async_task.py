"""The handle of a task on an `AsyncClient`."""

from __future__ import annotations

import asyncio

import pytest

from tests.mate.tasks.handles import BY_HAND, patient
from wyseos.mate import AsyncClient
from wyseos.mate.emulator import Emulator
from wyseos.mate.errors import SessionExecutionError
from wyseos.mate.plan import Plan
from wyseos.mate.task_runner import TaskExecutionOptions


@patient
async def test_an_async_task_is_stopped_as_soon_as_it_is_there(emulator: Emulator) -> None:
    async with (
        AsyncClient(base_url=emulator.base_url, api_key=emulator.api_key) as client,
        await client.start("Find trends") as task,
    ):
        await task.stop("a mistake")
        assert (await task.result()).error == "the task was stopped"


async def test_an_async_task_is_closed_answered_and_gone_on_with(emulator: Emulator) -> None:
    async with AsyncClient(base_url=emulator.base_url, api_key=emulator.api_key) as client:
        task = await client.start("First", options=BY_HAND)
        with pytest.raises(SessionExecutionError, match="not over"):
            await task.next_round("Too early")
        async for event in task:
            if event.type == "input":
                await task.approve()
        await task.next_round("Second")
        async for event in task:
            if event.type == "input":
                await task.reject("Shorter")
                break
        await task.aclose()
        with pytest.raises(SessionExecutionError, match="closed before it ended"):
            await task.result()
        async with await client.attach(task.session_id, options=TaskExecutionOptions()) as again:
            assert (await again.result()).success
        assert (await client.run("Third")).success


async def test_an_async_loop_may_be_left_and_its_waits_be_cancelled_and_nothing_is_lost(emulator: Emulator) -> None:
    asked = []

    def approve(plan: Plan) -> bool:
        asked.append(plan)
        return True

    async with (
        AsyncClient(base_url=emulator.base_url, api_key=emulator.api_key) as client,
        await client.start("Find trends", on_plan=approve) as task,
    ):
        taken = []
        async for event in task:
            taken.append(event)
            break
        events = aiter(task)
        while True:
            try:
                taken.append(await asyncio.wait_for(anext(events), 0.001))
            except TimeoutError:
                continue
            except StopAsyncIteration:
                break
        assert (await task.result()).success
    kept = emulator.sessions[task.session_id].messages
    assert [event.message_id for event in taken] == [
        row["message_id"] for row in kept if row["source_component"] != "user"
    ]
    assert len(asked) == 1
