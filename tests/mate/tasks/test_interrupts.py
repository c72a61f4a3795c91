"""Ctrl-C and the end of the program: what becomes of the session is told, and nobody waits for what can't be had."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from typing import Any

import httpx
import pytest

from wyseos.mate import AsyncClient, Client
from wyseos.mate.emulator import Emulator

HEAD = """
import asyncio, atexit, os, signal, socket, sys, threading, traceback
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell has its background programs ignore it
from wyseos.mate import AsyncClient, Client

def interrupt():
    os.kill(os.getpid(), signal.SIGINT)

looked_up = threading.Semaphore(0)
def no_answer(*_, **__):
    looked_up.release()
    threading.Event().wait()

heard = threading.Event()
def raise_interrupt(*_):
    heard.set()
    raise KeyboardInterrupt

def interrupt_when_looked_up():
    # Again, until it is heard: a signal that comes just before a wait begins is heard at its end.
    def wait():
        looked_up.acquire()
        while not heard.wait(0.2):
            interrupt()
    signal.signal(signal.SIGINT, raise_interrupt)
    threading.Thread(target=wait, daemon=True).start()

async def interrupted_when_looked_up():
    while not looked_up.acquire(blocking=False):
        await asyncio.sleep(0.01)
    interrupt()
"""


def outcome(program: str, emulator: Emulator) -> str:
    """Return what a program prints; it has a minute to end."""
    place = emulator.base_url.replace("127.0.0.1", "localhost")  # a name, so that it is looked up
    environment = {**os.environ, "WYSEOS_BASE_URL": place, "WYSEOS_API_KEY": emulator.api_key}
    done = subprocess.run(
        [sys.executable, "-c", HEAD + program], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    return done.stdout + done.stderr


posix = pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")


@posix
@pytest.mark.parametrize(
    "program",
    [
        """
with Client() as client, client.start("Find trends") as task:
    for event in task:
        interrupt()
""",
        """
async def main():
    async with AsyncClient() as client, client.start("Find trends") as task:
        async for event in task:
            interrupt()
asyncio.run(main())
""",
        """
async def main():
    async with AsyncClient() as client:
        task = await client.start("Find trends")
        interrupt()
        await task.result()
asyncio.run(main())
""",
        """
async def main():
    async with AsyncClient() as client:
        await client.run("Find trends", on_event=lambda event: interrupt())
asyncio.run(main())
""",
    ],
    ids=["with", "async with", "result", "run"],
)
@pytest.mark.wyseos(scenario="patient", speed=1)
def test_fault_36_ctrl_c_in_the_users_own_code_tells_the_session_once(wyseos_emulator: Emulator, program: str) -> None:
    told = outcome(program, wyseos_emulator)
    [session] = wyseos_emulator.sessions
    assert "KeyboardInterrupt" in told
    assert told.count("The session goes on without this program") == 1, told
    assert f"client.attach('{session}'" in told


@posix
@pytest.mark.parametrize(
    "program",
    [
        """
socket.getaddrinfo = no_answer
interrupt_when_looked_up()
Client().team.get_list()
""",
        """
client = Client()
client.team.get_list()
socket.getaddrinfo = no_answer
interrupt_when_looked_up()
client.attach("s1").result()
""",
        """
async def main():
    interrupting = asyncio.create_task(interrupted_when_looked_up())
    async with AsyncClient() as client:
        await client.team.get_list()
socket.getaddrinfo = no_answer
asyncio.run(main())
""",
        """
async def main():
    interrupting = asyncio.create_task(interrupted_when_looked_up())
    async with AsyncClient() as client, client.attach("s1") as task:
        await task.result()
socket.getaddrinfo = no_answer
asyncio.run(main())
""",
    ],
    ids=["call", "task", "async call", "async task"],
)
def test_fault_36_ctrl_c_never_waits_for_a_resolver(wyseos_emulator: Emulator, program: str) -> None:
    told = outcome(program, wyseos_emulator)
    assert told.rstrip().splitlines()[-1].startswith(("KeyboardInterrupt", "The session goes on")), told


@pytest.mark.skipif(
    (3, 12) <= sys.version_info < (3, 12, 2),
    reason="3.12.0 and 3.12.1 take no new threads once the main thread has ended, also while others run",
)
@pytest.mark.parametrize(
    "program",
    [
        'return Client().run("Find trends").success',
        "return asyncio.run(main())",
    ],
    ids=["sync", "async"],
)
def test_work_in_a_thread_goes_on_when_the_main_thread_has_ended(wyseos_emulator: Emulator, program: str) -> None:
    told = outcome(
        f"""
async def main():
    async with AsyncClient() as client:
        return (await client.run("Find trends")).success

def work():
    {program}

def later():
    threading.main_thread().join()
    print(work())

threading.Thread(target=later).start()
""",
        wyseos_emulator,
    )
    assert told == "True\n"


def test_a_first_task_in_atexit_works_or_says_so_before_a_session_exists(wyseos_emulator: Emulator) -> None:
    told = outcome(
        """
@atexit.register
def late():
    try:
        print(Client().run("Find trends").success)
    except Exception as error:
        print(type(error).__name__, error)
""",
        wyseos_emulator,
    )
    # Which it is differs from Python to Python: some take no new threads by then.
    if told != "True\n":
        assert told.startswith("SessionExecutionError the program is ending, no task can be started any more")
        assert not wyseos_emulator.sessions


def test_a_call_in_atexit_works(wyseos_emulator: Emulator) -> None:
    told = outcome("atexit.register(lambda: print(len(Client().team.get_list().data) > 0))", wyseos_emulator)
    assert told == "True\n"


class Interrupted(httpx.BaseTransport):
    """Stands for the network where Ctrl-C is pressed while a call is under way."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        raise KeyboardInterrupt


def test_fault_36_ctrl_c_while_the_session_is_created_says_what_may_have_become_of_it() -> None:
    with Client(api_key="k", transport=Interrupted()) as client, pytest.raises(KeyboardInterrupt) as interrupted:
        client.start("Find trends")
    assert interrupted.value.__notes__ == [
        "A session may have been created, but no task was started in it: run it again, nothing is done twice."
    ]


async def test_fault_36_what_is_cancelled_after_the_session_was_created_names_it(
    wyseos_emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cancelled(*_: Any) -> None:
        raise asyncio.CancelledError

    monkeypatch.setattr("wyseos.mate.tasks.launch.make_async_task", cancelled)
    async with AsyncClient(api_key=wyseos_emulator.api_key, base_url=wyseos_emulator.base_url) as client:
        with pytest.raises(asyncio.CancelledError) as told:
            await client.start("Find trends")
    [session] = wyseos_emulator.sessions
    assert told.value.__notes__ == [
        f"Session {session} was created, but no task was started in it: run it again, nothing is done twice."
    ]
