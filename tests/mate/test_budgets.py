"""What a fixed piece of work may cost: counts that are the same on every machine, with a tenth of room.

Who makes something dearer on purpose raises its row and says why; times are benchmarked, not tested.
"""

from __future__ import annotations

import asyncio
import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.support.meter import Wire, calls_counted, held_by, peak_of
from tests.support.raw_server import RawServer, ok
from wyseos.generated.events import decode_event
from wyseos.generated.models import TeamPage
from wyseos.mate import AsyncClient, Client
from wyseos.mate.emulator import Emulator
from wyseos.mate.emulator.scenario.scenario import parse_scenario

ROOM = 1.1
SESSION = {"session_id": "s", "status": "active", "name": "A", "created_at": "2026-01-02T03:04:05Z"}
TEAM = {"team_id": "t", "name": "Team", "team_type": "system", "created_at": "2026-01-02T03:04:05Z"}
SUGGESTION = {"suggest": [{"content": "More", "display_type": "text"}]}


def within(measured: float, budget: float) -> None:
    assert measured <= budget * ROOM, f"{measured:.1f}, and {budget} with a tenth of room was agreed on"


def modules(program: str) -> int:
    """How many modules a program loads, but for those of the standard library, which differ from Python to Python."""
    whole = f"""
import sys
before = set(sys.modules)
{program}
print(sum(name.partition(".")[0] not in sys.stdlib_module_names for name in set(sys.modules) - before))
"""
    return int(subprocess.run([sys.executable, "-c", whole], capture_output=True, text=True, check=True).stdout)


MODULES = {
    "import": ("import wyseos.mate", 6),
    "client": ("from wyseos.mate import Client; Client(api_key='k')", 31),
    "async client": ("from wyseos.mate import AsyncClient; AsyncClient(api_key='k')", 31),
    "first call": ("from wyseos.mate.rest import SyncTransport, Exchange, Call", 47),
    "tasks": ("import wyseos.mate.tasks.launch", 105),
    "help": ("from wyseos.mate.cli import program; program.make_app()", 31),
}


@pytest.mark.parametrize("step", MODULES)
def test_a_step_loads_no_more_modules_than_agreed(step: str) -> None:
    program, budget = MODULES[step]
    within(modules(program), budget)


@pytest.fixture(autouse=True)
def no_logging() -> Iterator[None]:
    """The suite listens at DEBUG; a program does not, as a rule."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


# ---- REST


@pytest.fixture
def server() -> Iterator[RawServer]:
    with RawServer((ok(SESSION),)) as served:
        yield served


def test_a_get_makes_no_more_calls_of_ours_than_agreed(server: RawServer) -> None:
    with Client(base_url=server.base_url, api_key="k") as client:
        client.session.get_info("s")
        with calls_counted() as calls:
            client.session.get_info("s")
    within(calls.count, 75)


def test_a_get_is_one_request_of_few_bytes(server: RawServer) -> None:
    with Client(base_url=server.base_url, api_key="k") as client:
        client.session.get_info("s")
    assert len(server.requests) == 1
    within(len(server.requests[0].raw), 171)


def test_a_hundred_pages_are_a_hundred_requests_on_one_connection() -> None:
    page = {"page_size": 1, "total": 100, "total_page": 100}
    rows = ({**TEAM, "team_id": f"t{number}"} for number in range(1, 101))
    pages = tuple(ok({**page, "page_num": number, "data": [row]}) for number, row in enumerate(rows, 1))
    with RawServer(pages) as server, Client(base_url=server.base_url, api_key="k") as client:
        assert len(list(client.team.iter_list(page_size=1))) == 100
    assert (len(server.requests), server.connections) == (100, 1)


def test_a_client_that_has_made_no_call_holds_little(server: RawServer) -> None:
    within(held_by(lambda: Client(base_url=server.base_url, api_key="k"), 20), 2_730)


def test_reading_a_page_holds_what_the_page_holds(server: RawServer) -> None:
    text = json.dumps({"page_num": 1, "page_size": 100, "total": 100, "data": [TEAM] * 100})
    source = json.loads(text)
    with calls_counted() as calls:
        TeamPage.from_dict(source)
    within(calls.count, 907)
    within(held_by(lambda: TeamPage.from_dict(json.loads(text)), 5) / len(text), 7.57)


# ---- tasks


def many(events: int) -> dict[str, Any]:
    """A scenario of so many events."""
    return {"steps": [{"repeat": events, "steps": [{"text": "Message {n}"}]}, {"result": "Done"}, SUGGESTION]}


def task_calls(events: int, **handlers: Any) -> int:
    """Our calls during a task of so many events on an `AsyncClient`."""

    async def play(client: AsyncClient) -> None:
        if handlers:
            await client.run("Find trends", **handlers)
            return
        async with client.start("Find trends") as task:
            async for _ in task:
                pass

    async def main(emulator: Emulator) -> int:
        async with AsyncClient(base_url=emulator.base_url, api_key=emulator.api_key) as client:
            with calls_counted() as calls:
                await play(client)
        return calls.count

    with Emulator(scenario=parse_scenario(many(events)), speed=0) as emulator:
        return asyncio.run(main(emulator))


@pytest.mark.parametrize("handlers", [{}, {"on_event": lambda event: None}], ids=["loop", "handlers"])
def test_an_event_makes_no_more_calls_of_ours_than_agreed(handlers: dict[str, Any]) -> None:
    task_calls(10, **handlers)  # what is loaded and made once
    few, more = task_calls(100, **handlers), task_calls(1100, **handlers)
    within((more - few) / 1000, 29.3)


def test_the_calls_of_a_task_grow_with_its_events_and_no_faster() -> None:
    task_calls(10)
    first, second, third = (task_calls(events) for events in (500, 1000, 2000))
    within(third - second, 2 * (second - first))


SERVER = """
import sys
from wyseos.mate.emulator import Emulator
from wyseos.mate.emulator.scenario.scenario import parse_scenario
with Emulator(scenario=parse_scenario({}), speed=0) as emulator:
    print(emulator.base_url, emulator.api_key, flush=True)
    sys.stdin.read()
"""


def test_of_an_event_that_was_handed_out_a_task_keeps_its_identity_alone() -> None:
    """By it doubles are known, of the last 10,000. The service has a process of its own: its memory is not ours."""

    def peak(events: int) -> int:
        program = SERVER.replace("{}", repr(many(events)))
        command, pipe = [sys.executable, "-c", program], subprocess.PIPE
        with subprocess.Popen(command, text=True, stdin=pipe, stdout=pipe) as served:
            assert served.stdin is not None
            assert served.stdout is not None
            base_url, api_key = served.stdout.readline().split()

            async def main() -> None:
                async with AsyncClient(base_url=base_url, api_key=api_key) as client, client.start("Find") as task:
                    async for _ in task:
                        pass

            asyncio.run(main())
            highest = peak_of(lambda: asyncio.run(main()))
            served.stdin.close()
        return highest

    within((peak(8_000) - peak(4_000)) / 4_000, 530)


def test_a_usual_task_is_two_requests_of_few_bytes() -> None:
    with Emulator(speed=0) as emulator, Wire(urlsplit(emulator.base_url).port or 0) as wire:
        with Client(base_url=wire.base_url, api_key=emulator.api_key) as client:
            assert client.run("Find trends").success
        assert (wire.requests, wire.connections) == (2, 2)
        within(len(wire.sent), 744)


def test_an_event_is_decoded_in_few_calls() -> None:
    told = {"type": "text", "message_id": "m", "source": "writer", "content": "Hello", "session_round": 1}
    text = json.dumps({**told, "created_at": "2025-06-01T12:00:00.123456Z"})
    decode_event(text)
    with calls_counted() as calls:
        decode_event(text)
    within(calls.count, 16)


def test_a_screenshot_is_held_once() -> None:
    picture = "x" * 1_000_000
    message = {"type": "browser", "data": {"action": "click", "url": "u", "screenshot": picture}}
    text = json.dumps({"type": "rich", "message_id": "m", "message": message})
    within(held_by(lambda: decode_event(text), 3) / len(text), 1.0)
