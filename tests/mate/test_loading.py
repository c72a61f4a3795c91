"""Where a program loads what it uses: on an event loop's own thread nothing that takes its time. Names, not times."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator

import pytest

from wyseos.mate.emulator import Emulator

# A finder that finds nothing is asked for each module that is not loaded yet, in the thread that wants it.
PROGRAM = """
import asyncio, json, sys, threading
from wyseos.mate import AsyncClient

wanted = []

class Noting:
    def find_spec(self, name, path=None, target=None):
        if threading.get_ident() == loop:
            wanted.append(name)

async def main():
    {body}

loop = threading.get_ident()
sys.meta_path.insert(0, Noting())
asyncio.run(main())
loaded = [name for name in wanted if name in sys.modules]  # httpcore asks for some that are not installed
print(json.dumps([name for name in loaded if name.partition(".")[0] not in sys.stdlib_module_names]))
"""
CLIENT = "client = AsyncClient(base_url=sys.argv[1], api_key=sys.argv[2])\n"
FIRST = {
    "GET": "await client.team.get_list()",
    "list": "assert [team async for team in client.team.iter_list(limit=1)]",
    "path": "await client.request('GET', '/team/lists')",
    "run": "await client.run('Find trends')",
    "start": """
    async with client.start('Find trends') as task:
        assert [event async for event in task]""",
    "attach": """
    async with client.attach((await client.session.create({'task': 'Find trends'})).session_id) as task:
        pass""",
    "questions": "await client.questions()",
}
# What starts the thread that loads, checks arguments before that, and holds what comes of it.
STARTERS = {
    "wyseos.mate.loading",
    "wyseos.mate.rest.warmup",
    "wyseos.mate.tasks.checks",
    "wyseos.mate.tasks.starting",
    "wyseos.runtime.clock",
    "wyseos.runtime.threads",
}


@pytest.fixture(scope="module")
def emulator() -> Iterator[Emulator]:
    with Emulator(speed=0) as served:
        yield served


@pytest.mark.parametrize("first", FIRST)
def test_the_first_call_of_a_bare_client_loads_nothing_on_the_loop(emulator: Emulator, first: str) -> None:
    program = PROGRAM.replace("{body}", f"{CLIENT}    {FIRST[first].strip()}\n    await client.aclose()")
    command = [sys.executable, "-c", program, emulator.base_url, emulator.api_key]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert set(json.loads(done.stdout)) - STARTERS == set()
