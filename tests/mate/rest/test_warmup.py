"""What is loaded when it is first used is loaded beside the event loop: told by the thread that loads, by no clock."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import trustme

from tests.support.raw_server import RawServer, ok
from wyseos.mate import AsyncClient
from wyseos.mate.emulator import Emulator
from wyseos.mate.errors import ConfigError
from wyseos.mate.rest.warmup import THREAD, Warmup, off_loop

# Notes which thread looks for a module that is not loaded, and which one reads certificates.
PROGRAM = """
import asyncio, json, ssl, sys, threading
from wyseos.mate import AsyncClient

loaded = {}

class Noting:
    def find_spec(self, name, path=None, target=None):
        loaded.setdefault(threading.current_thread().name, []).append(name)

def noted(*args, read=ssl.create_default_context, **kwargs):
    loaded.setdefault(threading.current_thread().name, []).append("certificates")
    return read(*args, **kwargs)

ssl.create_default_context = noted

async def main():
    client = AsyncClient(api_key=sys.argv[2], base_url=sys.argv[1])
    sys.meta_path.insert(0, Noting())
    {body}

asyncio.run(main())
print(json.dumps(loaded))
"""
ENTERED = """
    async with client:
        await client.team.get_list()
        result = await client.run("Find three trends")
        await client.session.get_info(result.session_id)
"""
BARE = """
    teams = client.team
    loaded.clear()
    await teams.get_list()
    await client.run("Find three trends")
    async with await client.start("Find three trends") as task:
        await task.result()
    await client.aclose()
"""


def loaded_by(body: str) -> dict[str, set[str]]:
    with Emulator() as emulator:
        program = [sys.executable, "-c", PROGRAM.replace("{body}", body.strip()), emulator.base_url, emulator.api_key]
        done = subprocess.run(program, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {thread: set(names) for thread, names in json.loads(done.stdout).items()}


HEAVY = ("httpx", "httpcore", "h11", "anyio", "certifi", "certificates", "websockets", "wyseos.mate.tasks.io.engine")


@pytest.mark.parametrize("body", [ENTERED, BARE], ids=["entered", "bare"])
def test_what_the_first_calls_need_is_loaded_in_a_thread(body: str) -> None:
    loaded = loaded_by(body)
    assert set(HEAVY) - loaded[THREAD] == {"certificates"}  # a service at http:// needs none
    assert {name for name in loaded.get("MainThread", set()) if name.startswith(HEAVY)} == set()


def test_a_client_that_was_entered_loads_nothing_of_ours_on_the_loop() -> None:
    loaded = loaded_by(ENTERED)
    assert {"wyseos.mate.services.session", "wyseos.mate.services.product", "wyseos.mate.tasks.launch"} <= loaded[
        THREAD
    ]
    # What starts the thread is loaded before it, and what holds a task that is about to start.
    first = (
        *("wyseos.mate.loading", "wyseos.mate.rest.warmup", "wyseos.runtime.threads", "wyseos.runtime.clock"),
        "wyseos.mate.tasks.starting",
    )
    ours = {name for name in loaded.get("MainThread", set()) if name.startswith("wyseos")}
    assert {name for name in ours if not name.startswith(first)} == set()


# ---- loading itself


def noting(threads: list[str]) -> Callable[[], int]:
    def load() -> int:
        threads.append(threading.current_thread().name)
        return len(threads)

    return load


async def test_however_many_wait_it_is_loaded_once() -> None:
    threads: list[str] = []
    warmup = Warmup(noting(threads))
    assert await asyncio.gather(*(warmup.done() for _ in range(50))) == [1] * 50
    assert await warmup.done() == 1
    assert threads == [THREAD]


def test_many_loops_share_what_was_loaded() -> None:
    threads: list[str] = []
    warmup = Warmup(noting(threads))
    assert [asyncio.run(warmup.done()) for _ in range(3)] == [1, 1, 1]


async def test_who_is_cancelled_cancels_nobody_else() -> None:
    go_on = threading.Event()
    warmup = Warmup(go_on.wait)
    first, second = (asyncio.ensure_future(warmup.done()) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    await asyncio.wait([first])
    go_on.set()
    assert await second
    assert first.cancelled()


async def test_after_a_failure_it_is_tried_anew(tmp_path: Path) -> None:
    warmup = Warmup((tmp_path / "there").read_text)
    with pytest.raises(FileNotFoundError):
        await warmup.done()
    (tmp_path / "there").write_text("now")
    assert await warmup.done() == "now"


def test_a_loop_that_ends_meanwhile_is_no_matter() -> None:
    go_on, over = threading.Event(), threading.Event()

    def load() -> None:
        go_on.wait()
        over.set()

    async def give_up() -> None:
        waiting = asyncio.ensure_future(off_loop(load))
        await asyncio.sleep(0)
        waiting.cancel()

    asyncio.run(give_up())
    go_on.set()
    assert over.wait(60)


async def test_certificates_that_cannot_be_used_are_told_by_the_call_that_needs_them(tmp_path: Path) -> None:
    path = tmp_path / "ca.pem"
    path.write_text("none")
    async with AsyncClient(api_key="k", base_url="https://127.0.0.1:1", ca_bundle=path, max_retries=0) as client:
        with pytest.raises(ConfigError, match="holds no certificates"):
            await client.team.get_list()
    with RawServer((ok({"data": [], "total": 0}),)) as server:
        trustme.CA().cert_pem.write_to_path(str(path))
        async with AsyncClient(api_key="k", base_url=server.base_url, ca_bundle=path) as client:
            assert (await client.team.get_list()).total == 0
