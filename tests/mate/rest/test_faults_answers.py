"""The rows of the fault table about answers of REST calls, on real sockets, for both clients."""

from __future__ import annotations

import gzip
import zlib

import pytest

from tests.support.calls import SESSION, read, write
from tests.support.faces import Ask, Do, both_faces
from tests.support.raw_server import RawServer, envelope, http, ok
from wyseos.mate import APIError
from wyseos.mate.errors import AuthenticationError, AuthorizationError, NotFoundError, RateLimitError, ServerError

HTML = b"<!doctype html><html><h1>Bad gateway</h1><p>api_key=CANARY-KEY</p>" + b"x" * 5000


@both_faces
@pytest.mark.parametrize("do", [read, write])
@pytest.mark.parametrize(
    "busy",
    [
        pytest.param(envelope(4201, status=429, headers={"Retry-After": "0.05"}), id="429 with a time"),
        pytest.param(http(status=429), id="429 without"),
        *(pytest.param(envelope(code), id=str(code)) for code in (4200, 4201, 4202)),
    ],
)
def test_fault_08_what_comes_later_is_tried_again(ask: Ask, do: Do, busy: bytes) -> None:
    with RawServer((busy, busy, ok(SESSION))) as server:
        assert ask(do, base_url=server.base_url).session_id == "s-1"
    assert len(server.requests) == 3


@both_faces
@pytest.mark.parametrize(
    ("told", "deadline", "seconds"),
    [("121", 1000, 121.0), ("30", 10, 30.0), ("Sun, 06 Nov 2044 08:49:37 GMT", 86400, 600.0)],
    ids=["longer than two minutes", "beyond the deadline", "a date"],
)
def test_fault_08_too_long_a_wait_is_told_instead(ask: Ask, told: str, deadline: float, seconds: float) -> None:
    headers = {"Retry-After": told, "Date": "Sun, 06 Nov 2044 08:39:37 GMT"}
    with RawServer((envelope(4201, status=429, headers=headers),)) as server, pytest.raises(RateLimitError) as caught:
        ask(read, base_url=server.base_url, deadline=deadline)
    assert (seconds, 1) == (caught.value.retry_after, len(server.requests))


@both_faces
@pytest.mark.parametrize("status", [502, 503, 504])
def test_fault_09_a_gateway_page_to_a_get_is_tried_again(ask: Ask, status: int) -> None:
    with RawServer((http(HTML, status), ok(SESSION))) as server:
        assert ask(read, base_url=server.base_url).session_id == "s-1"


@both_faces
def test_fault_09_a_time_that_is_told_is_kept_here_too(ask: Ask) -> None:
    told = http(HTML, 503, {"Retry-After": "600"})
    with RawServer((told,)) as server, pytest.raises(ServerError) as caught:
        ask(read, base_url=server.base_url)
    assert (caught.value.retry_after, len(server.requests)) == (600, 1)


@both_faces
@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_fault_09_a_gateway_page_to_a_post_is_not_and_is_quoted_redacted(ask: Ask, status: int) -> None:
    with RawServer((http(HTML, status),)) as server, pytest.raises(ServerError, match="HTML page") as caught:
        ask(write, base_url=server.base_url)
    quote = caught.value.details["body"]
    assert (status, 1, 512) == (caught.value.status_code, len(server.requests), len(quote.encode()))
    assert "CANARY" not in f"{caught.value}{quote}"
    assert "Check whether it was done" in str(caught.value)


@both_faces
@pytest.mark.parametrize(("status", "kind"), [(401, AuthenticationError), (403, AuthorizationError)])
@pytest.mark.parametrize("body", [b"", b'{"code": 4000, "msg": "no", "data": null}'])
def test_fault_10_a_refused_key_is_told_at_once(ask: Ask, status: int, kind: type[APIError], body: bytes) -> None:
    with RawServer((http(body, status),)) as server, pytest.raises(kind) as caught:
        ask(read, base_url=server.base_url)
    assert (status, False, 1) == (caught.value.status_code, caught.value.retryable, len(server.requests))


STRANGE = [
    pytest.param(b"<html>Welcome to the hotel's network</html>", "an HTML page", id="html"),
    pytest.param(b"", "an empty body", id="empty"),
    pytest.param(b'{"code": 0, "data": {"sess', "not readable as JSON", id="truncated"),
    pytest.param(b"[1, 2]", "JSON without a code", id="list"),
    pytest.param(b'{"code": 0, "data": [1]}', "another shape", id="shape"),
]


@both_faces
@pytest.mark.parametrize(("body", "words"), STRANGE)
def test_fault_11_what_is_no_answer_is_tried_again_once_and_named(ask: Ask, body: bytes, words: str) -> None:
    with RawServer((http(body),)) as server, pytest.raises(APIError, match=words) as caught:
        ask(read, base_url=server.base_url, max_retries=5)
    assert (caught.value.details["endpoint"], len(server.requests)) == ("GET /session/info/{session_id}", 2)
    assert caught.value.details["body"] == body.decode()


@both_faces
@pytest.mark.parametrize(("body", "words"), STRANGE)
def test_fault_11_what_is_no_answer_to_a_post_is_not_tried_again(ask: Ask, body: bytes, words: str) -> None:
    with RawServer((http(body),)) as server, pytest.raises(APIError, match=words) as caught:
        ask(write, base_url=server.base_url)
    assert len(server.requests) == 1
    assert "Check whether it was done" in str(caught.value)


@both_faces
@pytest.mark.parametrize(
    ("code", "kind", "retryable"),
    [
        (4000, APIError, False),
        (4203, NotFoundError, False),
        (4600, APIError, False),
        (5000, ServerError, True),
        (9999, APIError, False),
        ("4203", NotFoundError, False),
    ],
)
def test_fault_12_a_code_under_200_is_the_error_of_the_code(
    ask: Ask, code: object, kind: type[APIError], retryable: bool
) -> None:
    answer = envelope(code, "the reason", headers={"X-Request-Id": "r-7"})
    with RawServer((answer,)) as server, pytest.raises(APIError, match="the reason") as caught:
        ask(write, base_url=server.base_url)
    error = caught.value
    assert (kind, int(str(code)), 200, "r-7", retryable) == (
        type(error),
        error.code,
        error.status_code,
        error.request_id,
        error.retryable,
    )
    assert error.hint


@both_faces
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("do", [read, write])
def test_fault_13_a_redirect_is_not_followed(ask: Ask, do: Do, status: int) -> None:
    with RawServer((ok(SESSION),)) as elsewhere:
        away = http(status=status, headers={"Location": f"{elsewhere.base_url}/session/info/s-1"})
        with RawServer((away,)) as server, pytest.raises(APIError, match="redirect") as caught:
            ask(do, base_url=server.base_url)
    assert (status, [], 1) == (caught.value.status_code, elsewhere.requests, len(server.requests))


PACKED = {
    "br": (b"\x0b\x02\x80junk", "br"),
    "a charset": (HTML, "utf-8"),
    "raw deflate": (zlib.compress(HTML)[2:-4], "deflate"),
    "two members": (gzip.compress(HTML[:10]) + gzip.compress(HTML[10:]), "gzip"),
    "damaged": (b"no gzip at all", "gzip"),
    "a bomb": (gzip.compress(bytes(300_000)), "gzip"),
}


@both_faces
@pytest.mark.parametrize(("body", "encoding"), PACKED.values(), ids=PACKED.keys())
def test_fault_09_a_packed_error_page_keeps_all_that_is_known(ask: Ask, body: bytes, encoding: str) -> None:
    told = http(body, 502, {"Content-Encoding": encoding, "X-Request-Id": "r1"})
    with RawServer((told,)) as server, pytest.raises(ServerError) as caught:
        ask(read, base_url=server.base_url, max_retries=1, max_response_size=200_000)
    assert (caught.value.status_code, caught.value.request_id, len(server.requests)) == (502, "r1", 2)
    assert caught.value.details["endpoint"] == "GET /session/info/{session_id}"


WHOLE = ok({"session_id": "s-1"}).partition(b"\r\n\r\n")[2]


WAYS = {
    "a byte order mark": (b"\xef\xbb\xbf" + WHOLE, {}),
    "UTF-16": (WHOLE.decode().encode("utf-16"), {}),
    "two gzip members": (gzip.compress(WHOLE[:9]) + gzip.compress(WHOLE[9:]), {"Content-Encoding": "gzip"}),
    "deflate": (zlib.compress(WHOLE), {"Content-Encoding": "deflate"}),
    "deflate without its head": (zlib.compress(WHOLE)[2:-4], {"Content-Encoding": "deflate"}),
}


@both_faces
@pytest.mark.parametrize(("body", "headers"), WAYS.values(), ids=WAYS.keys())
def test_whatever_way_an_answer_is_written_it_is_read(ask: Ask, body: bytes, headers: dict[str, str]) -> None:
    with RawServer((http(body, headers=headers),)) as server:
        assert ask(read, base_url=server.base_url).session_id == "s-1"
