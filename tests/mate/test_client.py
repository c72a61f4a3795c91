"""The clients themselves: the ways out, sharing, forks, threads, loops, closing."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import Any

import pytest

from tests.support.calls import SESSION, read
from tests.support.faces import Ask, both_faces
from tests.support.raw_server import RawServer, envelope, ok
from wyseos.generated.api.session import get_session
from wyseos.mate import AsyncClient, Client, ClientOptions, ConfigError, ValidationError, WyseError
from wyseos.mate.client import Response
from wyseos.mate.models import CreateSessionRequest


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


def test_settings_can_be_the_key_of_a_cache() -> None:
    options = ClientOptions(api_key="k", headers={"a": "b"})
    assert {options: 1}[ClientOptions(api_key="k", headers={"a": "b"})] == 1
    assert options.evolve(timeout=5) not in {options}
