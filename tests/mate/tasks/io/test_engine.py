"""How tasks end when their client is closed, or nobody holds them any more."""

from __future__ import annotations

import asyncio
import gc
import subprocess
import sys

import pytest

from wyseos.mate import AsyncClient, Client
from wyseos.mate.emulator import Emulator
from wyseos.mate.errors import SessionExecutionError

pytestmark = pytest.mark.wyseos(scenario="patient", speed=1)


async def test_closing_an_async_client_ends_the_connections_of_its_tasks(wyseos_emulator: Emulator) -> None:
    client = AsyncClient(base_url=wyseos_emulator.base_url, api_key=wyseos_emulator.api_key)
    before = asyncio.all_tasks()
    task = await client.start("Find trends")
    async for _ in task:
        break
    await client.aclose()
    assert (task.is_open, asyncio.all_tasks()) == (False, before)
    with pytest.raises(SessionExecutionError, match="closed before it ended"):
        await task.result()


def test_after_its_client_is_closed_a_task_says_so_at_each_call(wyseos_emulator: Emulator) -> None:
    client = Client(base_url=wyseos_emulator.base_url, api_key=wyseos_emulator.api_key)
    task = client.start("Find trends")
    next(iter(task))
    client.close()
    for call in (task.stop, task.pause, lambda: task.send({"type": "ping"}), task.result):
        with pytest.raises(SessionExecutionError):
            call()


RACES = """
import sys, threading
from wyseos.mate import Client
from wyseos.mate.errors import SessionExecutionError

for _ in range(20):
    client = Client(base_url=sys.argv[1], api_key=sys.argv[2])
    task = client.start("Find trends")
    closing = threading.Thread(target=client.close)
    closing.start()
    try:
        task.send({"type": "ping"})
        task.stop()
    except SessionExecutionError:
        pass
    closing.join()
print("done")
"""


def test_closing_the_client_in_one_thread_while_another_commands_its_task_never_hangs(
    wyseos_emulator: Emulator,
) -> None:
    command = [sys.executable, "-c", RACES, wyseos_emulator.base_url, wyseos_emulator.api_key]
    played = subprocess.run(command, capture_output=True, text=True, timeout=250, check=False)
    assert (played.stdout, played.returncode) == ("done\n", 0), played.stderr


def test_a_task_that_was_dropped_warns_and_leaves_nothing(wyseos_emulator: Emulator) -> None:
    with Client(base_url=wyseos_emulator.base_url, api_key=wyseos_emulator.api_key) as client:
        tasks = [client.start("Find trends")]
        next(iter(tasks[0]))
        over = tasks[0]._over
        with pytest.warns(ResourceWarning, match="was dropped while it ran"):
            tasks.clear()
        assert over.wait(5)


async def test_an_awaited_task_that_was_dropped_warns_and_leaves_nothing(wyseos_emulator: Emulator) -> None:
    async with AsyncClient(base_url=wyseos_emulator.base_url, api_key=wyseos_emulator.api_key) as client:
        tasks = [await client.start("Find trends")]
        await anext(aiter(tasks[0]))
        work = tasks[0]._work
        with pytest.warns(ResourceWarning, match="was dropped while it ran"):
            tasks.clear()
        await asyncio.wait([work])
        assert work.cancelled()


def test_a_task_holds_its_client(wyseos_emulator: Emulator) -> None:
    task = Client(base_url=wyseos_emulator.base_url, api_key=wyseos_emulator.api_key).start("Find trends")
    gc.collect()
    task.stop()
    with task:
        assert task.result().stop_confirmed
    assert isinstance(task._owner, Client)
    task._owner.close()
