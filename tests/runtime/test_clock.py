"""Time that a test freezes stops nothing: before, inside and after, sync and async, a task in the middle of it too."""

from __future__ import annotations

import subprocess
import sys

import pytest

PROGRAM = """
import asyncio
from contextlib import ExitStack
{imported}
from wyseos.mate import AsyncClient, Client
from wyseos.mate.emulator import Emulator
from wyseos.mate.models import CreateSessionRequest

def calls(client):
    assert client.run("Compare three note apps").success
    assert client.team.get_list().data
    client.session.create(CreateSessionRequest(task="x"))

async def calls_async(client):
    assert (await client.run("Compare three note apps")).success
    assert (await client.team.get_list()).data

def made_frozen_and_used_after():
    with ExitStack() as stack:
        with {frozen}:
            emulator = stack.enter_context(Emulator(speed=0))
            client = stack.enter_context(Client(base_url=emulator.base_url, api_key=emulator.api_key))
            calls(client)
        calls(client)

def frozen_between(emulator, client):
    calls(client)
    with {frozen}:
        emulator.fault("status", operation="list_teams")  # tried again, after a wait
        calls(client)
    calls(client)

def frozen_and_thawed_in_the_middle_of_a_task(client):
    with client.start("Compare three note apps") as task:
        for number, _ in enumerate(task):
            if number == 2:
                frozen = {frozen}
                frozen.start()
            if number == 12:
                frozen.stop()
        assert task.result().success

async def frozen_between_async(emulator):
    async with AsyncClient(base_url=emulator.base_url, api_key=emulator.api_key) as client:
        await calls_async(client)
        with {frozen}:
            await calls_async(client)
        await calls_async(client)

made_frozen_and_used_after()
with Emulator(speed=0) as emulator, Client(base_url=emulator.base_url, api_key=emulator.api_key) as client:
    frozen_between(emulator, client)
    asyncio.run(frozen_between_async(emulator))
    with {frozen}:
        asyncio.run(frozen_between_async(emulator))
with Emulator(speed=20) as emulator, Client(base_url=emulator.base_url, api_key=emulator.api_key) as client:
    frozen_and_thawed_in_the_middle_of_a_task(client)
print("done")
"""
FREEZERS = {
    "freezegun": ("from freezegun import freeze_time", 'freeze_time("2031-05-06")'),
    "time_machine": ("import time_machine", 'time_machine.travel("2031-05-06", tick=False)'),
}


@pytest.mark.parametrize("name", FREEZERS)
@pytest.mark.parametrize("imported_frozen", [False, True])
def test_every_call_goes_on_in_frozen_time(name: str, imported_frozen: bool) -> None:
    imported, frozen = FREEZERS[name]
    program = PROGRAM.format(imported=imported, frozen=frozen)
    if imported_frozen:
        first = "import wyseos.mate.client, wyseos.mate.emulator.server.emulator, wyseos.mate.tasks.io.engine"
        program = program.replace(imported, f"{imported}\nwith {frozen}:\n    {first}", 1)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=250, check=False)
    assert (done.stdout, done.returncode) == ("done\n", 0), done.stderr
