"""The clients themselves: the ways out, sharing, forks, threads, loops, closing."""

from __future__ import annotations

import asyncio
import copy
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from tests.support.faces import Ask, both_faces, call_async, call_sync
from tests.support.raw_server import Connection, RawServer, envelope, http, ok
from wyseos.generated.api.session import get_session
from wyseos.mate import AsyncClient, Client, ClientOptions, ConfigError, NetworkError, ValidationError, WyseError
from wyseos.mate.client import Request, Response
from wyseos.mate.errors import AuthenticationError
from wyseos.mate.models import CreateSessionRequest
from wyseos.mate.rest.auth import Credential

SESSION = {"session_id": "s-1"}


def read(client: Any) -> Any:
    return client.session.get_info("s-1")


@both_faces
def test_a_client_without_a_credential_says_so_before_anything_is_sent(ask: Ask) -> None:
    with RawServer((ok(SESSION),)) as server, pytest.raises(ConfigError, match="WYSEOS_API_KEY") as caught:
        ask(read, base_url=server.base_url, api_key=None)
    assert (caught.value.field, server.requests) == ("api_key", [])


# The ways out.


@both_faces
def test_a_path_that_no_schema_names_can_be_called(ask: Ask) -> None:
    with RawServer((ok({"new": [1]}),)) as server:
        data = ask(
            lambda client: client.request("patch", "/new/thing", query={"a": 1, "b": None, "c": True}, json={"x": 1}),
            base_url=server.base_url,
        )
    (request,) = server.requests
    assert (data, request.method, request.path) == ({"new": [1]}, "PATCH", "/new/thing")
    assert (request.query, request.json()) == ({"a": "1", "c": "true"}, {"x": 1})


@pytest.mark.parametrize("method", ["", "GET /x HTTP/1.1\r\n", "G T", "GÉT"])
def test_a_method_is_one_word(method: str) -> None:
    with Client(api_key="k") as client, pytest.raises(ValidationError, match="method"):
        client.request(method, "/x")


@both_faces
def test_a_call_can_be_had_as_its_answer_whatever_the_status(ask: Ask) -> None:
    with RawServer((envelope(4203, "gone", status=404, headers={"X-Request-Id": "r", "X-New": "1"}),)) as server:
        response: Response = ask(lambda client: client.send(get_session.call("s-1")), base_url=server.base_url)
    assert (response.status_code, response.headers["x-new"], response.request_id) == (404, "1", "r")
    assert response.json() == {"code": 4203, "msg": "gone", "data": None}
    assert response.text.startswith("{")
    assert response.elapsed > 0


@both_faces
def test_extra_headers_and_query_go_with_one_call(ask: Ask) -> None:
    with RawServer((ok(SESSION),)) as server:
        ask(
            lambda client: read(client.with_options(headers={"X-Trace": "t", "Accept": "a/b"}, query={"v": 2})),
            base_url=server.base_url,
        )
    (request,) = server.requests
    assert (request.headers["x-trace"], request.headers["accept"], request.query) == ("t", "a/b", {"v": "2"})


@both_faces
def test_hooks_see_each_try_and_each_answer_but_no_credential(ask: Ask) -> None:
    seen: list[Any] = []

    def before(request: Request) -> None:
        seen.append((str(request.operation), request.attempt, sorted(request.headers)))
        request.headers["x-stamp"] = str(request.attempt)

    with RawServer((http(status=503), ok(SESSION))) as server:
        ask(
            read,
            base_url=server.base_url,
            before_request=before,
            after_response=[lambda response: seen.append(response.status_code)],
        )
    names = ["accept", "accept-encoding", "user-agent"]
    template = "GET /session/info/{session_id}"
    assert seen == [(template, 1, names), 503, (template, 2, names), 200]
    assert [request.headers["x-stamp"] for request in server.requests] == ["1", "2"]


@both_faces
@pytest.mark.parametrize(("name", "text"), [("x-a", "1\r\nx-b: 2"), ("x-a", "é"), ("x-a", 1), ("x-api-key", "other")])
def test_a_header_of_a_hook_that_cannot_be_sent_is_told(ask: Ask, name: str, text: Any) -> None:
    def change(request: Request) -> None:
        request.headers[name] = text

    with RawServer((ok(SESSION),)) as server, pytest.raises(ConfigError, match="before_request hook"):
        ask(read, base_url=server.base_url, before_request=change)
    assert server.requests == []


@both_faces
def test_what_a_hook_raises_reaches_the_caller(ask: Ask) -> None:
    def stop(_: object) -> None:
        raise ZeroDivisionError

    with RawServer((ok(SESSION),)) as server:
        with pytest.raises(ZeroDivisionError):
            ask(read, base_url=server.base_url, before_request=stop)
        with pytest.raises(ZeroDivisionError):
            ask(read, base_url=server.base_url, after_response=stop)
    assert len(server.requests) == 1


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


# A token that is asked for.


@both_faces
def test_a_token_function_is_asked_once_and_again_after_a_401(ask: Ask) -> None:
    tokens = iter(["first", "second", "third"])
    rows = [{"team_id": "1"}, {"team_id": "2"}]
    pages = [ok({"total": 2, "data": [row]}) for row in rows]
    with RawServer((pages[0], http(status=401), pages[1])) as server:
        ask(
            lambda client: client.team.iter_list(page_size=1),
            base_url=server.base_url,
            api_key=None,
            jwt_token=lambda: next(tokens),
        )
    assert [request.headers["authorization"] for request in server.requests] == ["first", "first", "second"]


def test_a_token_that_another_thread_has_renewed_meanwhile_is_kept() -> None:
    tokens = iter(["first", "second", "third"])
    credential = Credential(None, lambda: next(tokens))
    refused = credential.header()[1]
    renewed = []
    for _ in range(2):  # both threads sent the first one, and both were refused
        credential.renew(refused)
        renewed.append(credential.header()[1].reveal())
    assert renewed == ["second", "second"]


@both_faces
def test_a_token_that_is_refused_twice_is_an_error(ask: Ask) -> None:
    asked: list[int] = []

    def token() -> str:
        asked.append(1)
        return "token"

    with RawServer((http(status=401),)) as server, pytest.raises(AuthenticationError):
        ask(
            lambda client: client.session.create(CreateSessionRequest("Write")),
            base_url=server.base_url,
            api_key=None,
            jwt_token=token,
        )
    assert (len(server.requests), len(asked)) == (2, 2)


# Sharing.


def test_a_client_with_other_options_shares_the_connections() -> None:
    with RawServer((ok(SESSION),)) as server, Client(api_key="k", base_url=server.base_url) as client:
        read(client)
        with client.with_options(timeout=5, max_retries=0) as other:
            read(other)
        assert (other.timeout, client.timeout) == (5, 30)
        read(client)
        assert (len(server.requests), server.connections) == (3, 1)


def test_a_client_with_another_address_has_connections_of_its_own() -> None:
    with RawServer((ok(SESSION),)) as one, RawServer((ok(SESSION),)) as two:
        with Client(api_key="k", base_url=one.base_url) as client:
            with client.with_options(base_url=two.base_url) as other:
                read(other)
            read(client)
        assert (one.connections, two.connections) == (1, 1)


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


def test_a_twin_is_an_async_client_of_the_same_settings() -> None:
    with RawServer((ok(SESSION),)) as server, Client(api_key="k", base_url=server.base_url, timeout=7) as client:

        async def main() -> str:
            async with client.twin() as twin:
                assert (type(twin), twin.options) == (AsyncClient, client.options)
                return (await twin.session.get_info("s-1")).session_id

        assert asyncio.run(main()) == "s-1"


@pytest.mark.parametrize(("transport", "goes_along"), [(httpx.HTTPTransport, False), (httpx.MockTransport, True)])
def test_a_twin_takes_a_transport_along_that_it_can_use(transport: Any, goes_along: bool) -> None:
    made = transport(lambda request: httpx.Response(200)) if goes_along else transport()
    with Client(api_key="k", transport=made) as client:
        assert client.twin().options.transport is (made if goes_along else None)


# What cannot be sent.


@both_faces
@pytest.mark.parametrize(
    "do",
    [
        lambda c: c.request("POST", "/x", json={"a": {1, 2}}),
        lambda c: c.request("POST", "/x", json=float("nan")),
        lambda c: c.request("GET", "/x", query={"a": "\ud800"}),
        lambda c: c.session.create(CreateSessionRequest("Write", extra={"a": object()})),
    ],
)
def test_what_cannot_be_written_is_told_before_anything_is_sent(ask: Ask, do: Any) -> None:
    with RawServer((ok(),)) as server, pytest.raises(ValidationError):
        ask(do, base_url=server.base_url)
    assert server.requests == []


# Closing.


def test_fault_43_closing_twice_or_from_two_threads_does_nothing() -> None:
    with RawServer((ok(SESSION),)) as server:
        client = Client(api_key="k", base_url=server.base_url)
        read(client)
        threads = [threading.Thread(target=client.close) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        client.close()
        with pytest.raises(WyseError, match="closed"):
            read(client)


def test_fault_43_an_async_client_too() -> None:
    async def main(base_url: str) -> None:
        client = AsyncClient(api_key="k", base_url=base_url)
        await client.session.get_info("s-1")
        await asyncio.gather(client.aclose(), client.aclose())
        await client.aclose()
        with pytest.raises(WyseError, match="closed"):
            await client.session.get_info("s-1")

    with RawServer((ok(SESSION),)) as server:
        asyncio.run(main(server.base_url))


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


def test_the_documented_facts_of_a_client() -> None:
    with Client(ClientOptions("k", "j", "https://a.example/", 60)) as client:
        assert (client.base_url, client.api_key, client.jwt_token, client.timeout) == (
            "https://a.example",
            "k",
            "j",
            60,
        )


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Client("a-key"), r"write Client\(api_key=…\)"),  # type: ignore[arg-type]
        (lambda: Client(api_key=""), "api_key is empty: leave it out, or give it"),
        (lambda: Client(verify=False), "certificates are always checked; give ca_bundle="),  # type: ignore[call-arg]
        (lambda: Client(token="t"), "did you mean 'jwt_token'"),  # type: ignore[call-arg]
    ],
)
def test_a_habit_from_other_libraries_is_told_what_to_do_instead(make: Callable[[], Client], words: str) -> None:
    with pytest.raises(ConfigError, match=words) as caught:
        make()
    assert "a-key" not in str(caught.value)


def test_a_client_is_entered_in_its_own_way() -> None:
    blocking: Any = Client(api_key="k")
    awaited: Any = AsyncClient(api_key="k")

    async def enter() -> None:
        async with blocking:
            pass

    with pytest.raises(TypeError, match="use AsyncClient"):
        asyncio.run(enter())
    with pytest.raises(TypeError, match="use Client"), awaited:
        pass
    asyncio.run(awaited.close())
    blocking.close()


def test_a_subclass_keeps_what_is_its_own_with_other_options() -> None:
    class Mine(Client):
        def __init__(self, **settings: Any) -> None:
            super().__init__(**settings)
            self.tenant = "acme"

    with Mine(api_key="k") as client:
        assert client.team is client.team
        other = client.with_options(timeout=5)
        assert (other.tenant, other.options.timeout, client.options.timeout) == ("acme", 5, 30)
        assert other.team is not client.team


@pytest.mark.parametrize("kind", [Client, AsyncClient])
def test_a_client_is_copied_as_one_that_shares_its_connections_and_never_pickled(kind: Any) -> None:
    client = kind(api_key="canary-key")
    for made in (copy.copy(client), copy.deepcopy(client)):
        assert (made.options, made._transport) == (client.options, client._transport)
    with pytest.raises(TypeError, match=f"{kind.__name__} is not pickled.*from the same settings") as caught:
        pickle.dumps(client)
    assert "canary" not in str(caught.value)


def test_settings_can_be_the_key_of_a_cache() -> None:
    options = ClientOptions(api_key="k", headers={"a": "b"})
    assert {options: 1}[ClientOptions(api_key="k", headers={"a": "b"})] == 1
    assert options.evolve(timeout=5) not in {options}
