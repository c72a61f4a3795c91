"""A file is fetched from wherever it lies: bounded, tried again, and no credential leaves for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from tests.support.files import KEY, cut_body, file_of
from tests.support.raw_server import Connection, RawServer, envelope, http, ok
from wyseos.mate import APIError, NetworkError, ValidationError
from wyseos.mate.errors import AuthenticationError, DecodeError, NotFoundError
from wyseos.mate.tasks.result import ResultFile

Fetch = Callable[..., bytes]


def read_sync(file: ResultFile, **more: Any) -> bytes:
    return file.bytes(**more)


def read_async(file: ResultFile, **more: Any) -> bytes:
    return asyncio.run(file.abytes(**more))


both = pytest.mark.parametrize("read", [pytest.param(read_sync, id="sync"), pytest.param(read_async, id="async")])


# ---- fetching


@both
def test_no_credential_and_no_header_of_ours_goes_to_a_foreign_host(read: Fetch) -> None:
    with RawServer((http(b"whole"),)) as foreign, RawServer((ok(),)) as server:
        assert read(file_of(server, f"{foreign.base_url}/a%20b/ü.md?sig=1&x=ö")) == b"whole"
    [request] = foreign.requests
    assert request.target == "/a%20b/%C3%BC.md?sig=1&x=%C3%B6"
    assert KEY not in request.raw.decode()
    assert "x-mine" not in request.headers
    assert server.requests == []


@both
def test_the_service_itself_is_shown_the_credential_where_it_asks_for_it(read: Fetch) -> None:
    with RawServer((envelope(401, "no", status=401), http(b"whole"))) as server:
        assert read(file_of(server, f"{server.base_url}/f")) == b"whole"
    assert [request.headers.get("x-api-key") for request in server.requests] == [None, KEY]


def test_a_redirect_takes_no_credential_along() -> None:
    with RawServer((http(b"whole"),)) as foreign:
        away = http(status=302, headers={"Location": f"{foreign.base_url}/there"})
        with RawServer((envelope(403, "no", status=403), away)) as server:
            assert file_of(server, f"{server.base_url}/f").bytes() == b"whole"
    assert [request.headers.get("x-api-key") for request in server.requests] == [None, KEY]
    assert KEY not in foreign.requests[0].raw.decode()


def test_a_foreign_host_that_asks_for_it_gets_none() -> None:
    with RawServer((http(b"", 401),)) as foreign, RawServer((ok(),)) as server, pytest.raises(AuthenticationError):
        file_of(server, f"{foreign.base_url}/f").bytes()
    assert len(foreign.requests) == 1


def test_redirects_without_end_are_given_up() -> None:
    again = http(status=301, headers={"Location": "/again"})
    with RawServer((again,)) as server, pytest.raises(APIError, match="redirect"):
        file_of(server, f"{server.base_url}/f").bytes()
    assert len(server.requests) == 6


@pytest.mark.parametrize(
    "url",
    [
        "",
        "/f",
        "ftp://f.example/f",
        "file:///etc/passwd",
        "http://f.example/f",
        "http://[::1",
        "http://a:b/",
        "https://",
    ],
)
def test_an_address_that_is_none_to_fetch_from_is_refused(url: str) -> None:
    with RawServer((ok(),)) as server, pytest.raises(ValidationError) as caught:
        file_of(server, url).bytes()
    assert caught.value.field == "url"


def test_a_public_service_does_not_lead_to_this_machine() -> None:
    with RawServer((http(b"secret"),)) as here, pytest.raises(ValidationError, match="https://"):
        file_of(here, f"{here.base_url}/f", base_url="https://api.example.com").bytes()
    assert here.requests == []


@both
def test_it_is_tried_again_from_the_beginning(read: Fetch) -> None:
    told: list[tuple[int, int | None]] = []
    with RawServer((cut_body, http(b"", 503), http(b"whole"))) as server:
        file = file_of(server, f"{server.base_url}/f")
        assert read(file, on_progress=lambda done, total: told.append((done, total))) == b"whole"
    assert told == [(2, 4), (5, 5)]


@pytest.mark.parametrize("status", [408, 425, 429])
def test_it_is_tried_again_where_any_call_is(status: int) -> None:
    with RawServer((http(b"", status), http(b"whole"))) as server:
        assert file_of(server, f"{server.base_url}/f").bytes() == b"whole"


def test_it_is_not_tried_for_ever() -> None:
    with RawServer((http(b"", 503),)) as server, pytest.raises(APIError) as caught:
        file_of(server, f"{server.base_url}/f", max_retries=1).bytes()
    assert (caught.value.status_code, len(server.requests)) == (503, 2)
    with pytest.raises(NetworkError, match="No connection"):
        file_of(server, f"{server.base_url}/f", max_retries=0).bytes()


def test_a_file_that_is_gone_is_not_found() -> None:
    with RawServer((envelope(4203, "gone", status=404),)) as server, pytest.raises(NotFoundError, match="gone"):
        file_of(server, f"{server.base_url}/f").bytes()


def test_an_answer_without_a_file_is_no_file() -> None:
    with RawServer((http(b"", 204),)) as server, pytest.raises(APIError, match="HTTP 204 instead of the file"):
        file_of(server, f"{server.base_url}/f").bytes()


@both
@pytest.mark.parametrize("lies", [False, True])
def test_a_file_that_is_too_large_is_refused(read: Fetch, *, lies: bool) -> None:
    def endless(connection: Connection) -> None:
        connection.send(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + b"x" * 100)
        connection.close()

    script = endless if lies else http(b"x" * 100)
    with RawServer((script,)) as server, pytest.raises(DecodeError) as caught:
        read(file_of(server, f"{server.base_url}/f"), max_size=99)
    assert caught.value.hint == "Raise max_size."
