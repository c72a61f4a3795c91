"""Hosts are looked up off every executor; the first address that answers is taken."""

from __future__ import annotations

import asyncio
import socket
import threading
from typing import Any

import pytest

from wyseos.mate import AsyncClient, Client
from wyseos.mate.emulator import Emulator
from wyseos.mate.errors import NetworkError
from wyseos.mate.rest import name_lookup
from wyseos.mate.rest.name_lookup import first_of, look_up, look_up_ahead, look_up_async

V4, V6 = "127.0.0.1", "2001:db8::1"  # the second leads nowhere


@pytest.fixture
def addresses(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What every name stands for."""
    known = [V6, V4]

    def getaddrinfo(host: str, port: int, *_: Any) -> list[Any]:
        families = {False: socket.AF_INET, True: socket.AF_INET6}
        return [(families[":" in each], socket.SOCK_STREAM, 6, "", (each, port)) for each in known]

    monkeypatch.setattr("wyseos.mate.rest.name_lookup.socket.getaddrinfo", getaddrinfo)
    return known


def test_each_address_comes_once_and_the_families_take_turns(addresses: list[str]) -> None:
    addresses[:] = ["::1", "::2", "::1", "10.0.0.1", "10.0.0.2", "10.0.0.3"]
    assert look_up("service", 80, 5) == ["::1", "10.0.0.1", "::2", "10.0.0.2", "10.0.0.3"]


@pytest.mark.parametrize("address", [V4, V6, "fe80::1%1"])
async def test_an_address_needs_no_look_up(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.delattr("wyseos.mate.rest.name_lookup.socket.getaddrinfo")
    assert look_up(address, 80, 5) == await look_up_async(address, 80, 5) == [address]


async def test_a_look_up_without_an_answer_ends_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    never = threading.Event()
    monkeypatch.setattr("wyseos.mate.rest.name_lookup.socket.getaddrinfo", lambda *_: never.wait())
    with pytest.raises(TimeoutError):
        look_up("service", 80, 0.05)
    with pytest.raises(TimeoutError):
        await look_up_async("service", 80, 0.05)
    never.set()


def test_a_call_goes_to_the_next_address_where_one_leads_nowhere(
    wyseos_emulator: Emulator, addresses: list[str]
) -> None:
    port = wyseos_emulator.base_url.rpartition(":")[2]
    with Client(api_key=wyseos_emulator.api_key, base_url=f"http://localhost:{port}") as client:
        assert client.team.get_list().data
    addresses[:] = [V6]
    with (
        Client(api_key=wyseos_emulator.api_key, base_url=f"http://localhost:{port}", max_retries=0) as client,
        pytest.raises(NetworkError, match="localhost"),
    ):
        client.team.get_list()


async def test_a_task_goes_to_the_next_address_where_one_leads_nowhere(
    wyseos_emulator: Emulator, addresses: list[str]
) -> None:
    port = wyseos_emulator.base_url.rpartition(":")[2]
    async with AsyncClient(api_key=wyseos_emulator.api_key, base_url=f"http://localhost:{port}") as client:
        assert (await client.run("Find trends")).success


class Attempts:
    """Connects to addresses that answer, fail or stand still."""

    def __init__(self, **outcomes: float | Exception | None) -> None:
        self.outcomes = outcomes
        self.begun: list[str] = []
        self.closed: list[str] = []
        self.both_begun = asyncio.Event()

    async def connect(self, address: str) -> str:
        self.begun.append(address)
        if len(self.begun) == 2:
            self.both_begun.set()
        outcome = self.outcomes[address]
        if isinstance(outcome, Exception):
            raise outcome
        if outcome is None:
            await asyncio.Event().wait()
        return address

    async def close(self, connection: str) -> None:
        self.closed.append(connection)


async def test_an_address_that_stands_still_is_passed_by() -> None:
    attempts = Attempts(first=None, second=0)
    assert await first_of(["first", "second"], attempts.connect, attempts.close) == "second"
    assert attempts.begun == ["first", "second"]
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_the_next_address_is_not_tried_where_the_first_answers() -> None:
    attempts = Attempts(first=0, second=0)
    assert await first_of(["first", "second"], attempts.connect, attempts.close) == "first"
    assert attempts.begun == ["first"]


async def test_where_no_address_answers_the_last_failure_is_told() -> None:
    attempts = Attempts(first=OSError("one"), second=OSError("two"))
    with pytest.raises(OSError, match="two"):
        await first_of(["first", "second"], attempts.connect, attempts.close)


async def test_a_connection_that_comes_second_is_closed() -> None:
    made = asyncio.Event()
    attempts = Attempts()

    async def connect(address: str) -> str:
        if address == "first":
            await made.wait()
        made.set()
        await asyncio.sleep(0)
        return address

    won = await first_of(["first", "second"], connect, attempts.close)
    assert {won, *attempts.closed} == {"first", "second"}


async def test_a_cancelled_attempt_leaves_no_task() -> None:
    attempts = Attempts(first=None, second=None)
    connecting = asyncio.create_task(first_of(["first", "second"], attempts.connect, attempts.close))
    await attempts.both_begun.wait()
    connecting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await connecting
    assert asyncio.all_tasks() == {asyncio.current_task()}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names that were looked up; `nowhere` is not known."""
    names: list[str] = []

    def getaddrinfo(host: str, port: int, *_: Any) -> list[Any]:
        names.extend([host] if host != V4 else [])
        if host == "nowhere":
            raise socket.gaierror(socket.EAI_NONAME, "not known")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (V4, port))]

    monkeypatch.setattr("wyseos.mate.rest.name_lookup.socket.getaddrinfo", getaddrinfo)
    monkeypatch.setattr(name_lookup, "_ahead", {})
    return names


async def test_what_is_looked_up_ahead_is_looked_up_once_for_all_who_connect_soon(asked: list[str]) -> None:
    for _ in range(2):
        look_up_ahead("service", 80)
    assert look_up("service", 80, 5) == await look_up_async("service", 80, 5) == [V4]
    assert asked == ["service"]
    look_up("service", 443, 5)
    look_up_ahead(V4, 80)
    assert asked == ["service", "service"]


@pytest.mark.parametrize("change", [{"began": -name_lookup._FRESH}, {"pid": 0}])
def test_an_answer_that_is_old_or_of_a_parent_process_does_not_serve(asked: list[str], change: dict[str, Any]) -> None:
    look_up_ahead("service", 80)
    ahead = name_lookup._ahead["service", 80]
    name_lookup._ahead["service", 80] = ahead._replace(**{**change, "began": ahead.began + change.get("began", 0)})
    look_up("service", 80, 5)
    look_up_ahead("other", 80)
    assert list(name_lookup._ahead) == [("other", 80)]
    look_up("other", 80, 5)
    assert asked == ["service", "service", "other"]


def test_a_name_that_was_not_known_is_asked_for_again(asked: list[str]) -> None:
    look_up_ahead("nowhere", 80)
    for _ in range(2):
        with pytest.raises(socket.gaierror):
            look_up("nowhere", 80, 5)
    assert 2 <= len(asked) <= 3  # the first call may have waited for the one that was begun


def test_a_task_and_the_creation_of_its_session_look_their_service_up_once(
    wyseos_emulator: Emulator, asked: list[str]
) -> None:
    port = wyseos_emulator.base_url.rpartition(":")[2]
    with Client(api_key=wyseos_emulator.api_key, base_url=f"http://localhost:{port}") as client:
        assert client.run("Find trends").success
    assert asked == ["localhost"]


async def test_so_does_one_that_is_awaited(wyseos_emulator: Emulator, asked: list[str]) -> None:
    port = wyseos_emulator.base_url.rpartition(":")[2]
    async with AsyncClient(api_key=wyseos_emulator.api_key, base_url=f"http://localhost:{port}") as client:
        assert (await client.run("Find trends")).success
    assert asked == ["localhost"]
