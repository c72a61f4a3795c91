"""A request and its answer as the hooks see them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.calls import SESSION, read
from tests.support.faces import Ask, both_faces
from tests.support.raw_server import RawServer, http, ok
from wyseos.mate import ConfigError
from wyseos.mate.client import Request
from wyseos.runtime.call import Call, Operation
from wyseos.runtime.reading import anything


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
def test_lists_headers_and_bytes_of_an_operation_are_sent(ask: Ask) -> None:
    operation = Operation("put_it", "things", "PUT", "/it")
    call: Call[Any] = Call(
        operation, "/it", anything, {"a": "1"}, {"id": ["x", "y z"]}, {"X-Trace": "own"}, content=b"\x00",
        content_type="image/png", bare=True, raw=True,
    )  # fmt: skip

    with RawServer((http(status=200, body=b"\xff"),)) as server:
        told = ask(lambda client: client.execute(call), base_url=server.base_url, headers={"x-trace": "client's"})

    sent = server.requests[0]
    assert (sent.target, sent.body, told) == ("/it?a=1&id=x&id=y+z", b"\x00", b"\xff")
    assert {name: sent.headers[name] for name in ("x-trace", "content-type", "accept")} == {
        "x-trace": "own", "content-type": "image/png", "accept": "*/*",
    }  # fmt: skip


@both_faces
def test_a_list_among_the_query_of_a_path_is_told_element_by_element(ask: Ask) -> None:
    with RawServer((ok(None),)) as server:
        ask(lambda client: client.request("GET", "/it", query={"id": [1, 2], "a": "b"}), base_url=server.base_url)

    assert server.requests[0].target == "/it?a=b&id=1&id=2"
