"""The transport below a client: one of the user's, proxies, threads, forks, event loops, cancelled calls."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.support.calls import SESSION, read
from tests.support.faces import Ask, both_faces, call_async, call_sync
from tests.support.raw_server import Connection, RawServer, http, ok
from wyseos.mate import AsyncClient, Client, ConfigError, NetworkError
from wyseos.mate.models import CreateSessionRequest


@both_faces
def test_a_transport_of_ones_own_is_sent_through(ask: Ask) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"code": 0, "data": {"session_id": request.url.host}})

    transport = httpx.MockTransport(answer)
    assert ask(read, base_url="https://a.example", transport=transport).session_id == "a.example"


def test_a_transport_of_the_wrong_kind_is_told() -> None:
    with pytest.raises(ConfigError, match=r"httpx\.AsyncBaseTransport"):
        call_async(read, transport=httpx.HTTPTransport())
    with pytest.raises(ConfigError, match=r"httpx\.BaseTransport"):
        call_sync(read, transport=httpx.AsyncHTTPTransport())


def test_a_proxy_gets_the_requests() -> None:
    with RawServer((ok(SESSION),)) as proxy:
        address = proxy.base_url.replace("//", "//user:word@")
        for ask in (call_sync, call_async):
            assert ask(read, base_url="http://10.9.8.7", allow_insecure=True, proxy=address).session_id == "s-1"
    assert [request.target for request in proxy.requests] == ["http://10.9.8.7/session/info/s-1"] * 2
    assert proxy.requests[0].headers["proxy-authorization"] == "Basic dXNlcjp3b3Jk"


@both_faces
def test_a_proxy_that_refuses_is_told_and_may_not_have_taken_it(ask: Ask) -> None:
    with RawServer((http(status=407),)) as proxy, pytest.raises(NetworkError, match="proxy") as caught:
        ask(
            lambda client: client.session.create(CreateSessionRequest("Write")),
            base_url="https://a.example",
            proxy=proxy.base_url,
        )
    assert (caught.value.may_have_been_taken, len(proxy.requests)) == (False, 1)


def test_threads_may_share_a_client() -> None:
    def echo(connection: Connection) -> None:
        connection.send(ok({"session_id": connection.request.path.rpartition("/")[2]}))

    ids = [f"s-{number}" for number in range(60)]
    with (
        RawServer((echo,)) as server,
        Client(api_key="k", base_url=server.base_url) as client,
        ThreadPoolExecutor(8) as threads,
    ):
        found = list(threads.map(lambda each: client.session.get_info(each).session_id, ids))
    assert found == ids


FORK = """
import os, sys
from wyseos.mate import Client
client = Client(api_key="k", base_url=sys.argv[1])
client.session.get_info("before")
child = os.fork()
if child == 0:
    os._exit(0 if client.session.get_info("child").session_id == "s-1" else 1)
client.session.get_info("parent")
_, status = os.waitpid(child, 0)
client.session.get_info("after")
client.close()
sys.exit(os.waitstatus_to_exitcode(status))
"""


def test_fault_42_a_client_goes_on_working_on_both_sides_of_a_fork() -> None:
    with RawServer((ok(SESSION),)) as server:
        done = subprocess.run([sys.executable, "-W", "error", "-c", FORK, server.base_url], timeout=30, check=False)
        assert done.returncode == 0
        assert sorted(request.path.rpartition("/")[2] for request in server.requests) == [
            "after",
            "before",
            "child",
            "parent",
        ]
        assert server.connections == 2


def close_after(connection: Connection) -> None:
    connection.send(ok(SESSION, {"Connection": "close"}))


def test_one_async_client_serves_several_event_loops_in_turn() -> None:
    with RawServer((close_after,)) as server:
        client = AsyncClient(api_key="k", base_url=server.base_url)

        async def main() -> str:
            return (await client.session.get_info("s-1")).session_id

        assert [asyncio.run(main()), asyncio.run(main())] == ["s-1", "s-1"]


MANY_LOOPS = """
import asyncio, gc, sys, weakref
from wyseos.mate import AsyncClient

client, loops = AsyncClient(api_key="k", base_url=sys.argv[1]), []

async def main():
    loops.append(weakref.ref(asyncio.get_running_loop()))
    await client.session.get_info("s-1")

for _ in range(8):
    asyncio.run(main())
gc.collect()
print(sum(loop() is not None for loop in loops))
"""


def test_fault_44_a_client_keeps_neither_closed_event_loops_nor_their_connections() -> None:
    with RawServer((ok(SESSION),)) as server:
        command = [sys.executable, "-c", MANY_LOOPS, server.base_url]
        alive = subprocess.run(command, timeout=30, check=True, capture_output=True, text=True).stdout
        assert int(alive) <= 1
        assert server.connections == 8


def test_a_cancelled_call_gives_its_connection_back() -> None:
    """A cancelled task passes its `CancelledError`, and the client goes on working."""

    def hang(connection: Connection) -> None:
        connection.hang()

    async def main(base_url: str) -> str:
        async with AsyncClient(api_key="k", base_url=base_url) as client:
            waiting = asyncio.create_task(client.session.create(CreateSessionRequest("Write")))
            while not server.requests:
                await asyncio.to_thread(server.arrived.wait, 10)
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting
            return (await client.session.get_info("s-1")).session_id

    with RawServer((hang, ok(SESSION))) as server:
        assert asyncio.run(main(server.base_url)) == "s-1"
