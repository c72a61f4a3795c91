"""What an answer means: data, or the error that says what it was."""

from __future__ import annotations

import json
from typing import Any

import pytest

from wyseos.generated.api.session import get_session, update_session_name
from wyseos.generated.models import UpdateSessionNameRequest
from wyseos.mate.errors import APIError, NotFoundError, ServerError
from wyseos.mate.rest.response import Response, read_answer
from wyseos.mate.settings.secret import Secret
from wyseos.runtime.call import Call
from wyseos.runtime.reading import anything, whole_bytes

READ = get_session.call("s")


def answer(body: Any = b"", status: int = 200, **headers: str) -> Response:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(READ.operation, status, names, content, 0.1)


def error_of(response: Response, *secrets: str) -> APIError:
    parsed, error = read_answer(READ, response, [Secret(secret) for secret in secrets])
    assert parsed is None
    assert error is not None
    return error


@pytest.mark.parametrize("code", [0, "0"])
def test_the_data_of_a_good_answer_is_read(code: Any) -> None:
    parsed, error = read_answer(READ, answer({"code": code, "msg": "", "data": {"session_id": "s"}}), [])
    assert error is None
    assert parsed is not None
    assert parsed.session_id == "s"


def test_no_content_is_a_good_answer_where_none_is_expected() -> None:
    call = update_session_name.call("s", UpdateSessionNameRequest("s", "t"))
    assert read_answer(call, answer(status=204), []) == (None, None)


@pytest.mark.parametrize(
    ("response", "words"),
    [
        (answer(), "an empty body"),
        (answer(b"  \n"), "an empty body"),
        (answer(b"<!DOCTYPE html><p>Hello"), "an HTML page"),
        (answer(b"\n<HTML>"), "an HTML page"),
        (answer(b"<?xml version='1.0'?>"), "an HTML page"),
        (answer(b'{"code": 0, "data": {'), "not readable as JSON"),
        (answer(b"Too many cooks"), "not readable as JSON"),
        (answer([1]), "JSON without a code"),
        (answer({"error": "x"}), "JSON without a code"),
        (answer({"code": None}), "JSON without a code"),
        (answer({"code": True}), "JSON without a code"),
        (answer({"code": 0, "data": [1]}), "another shape: the answer's data should be an object, but is a list"),
        (answer({"code": 0}), "another shape: the answer's data should be an object, but is null"),
    ],
)
def test_what_is_no_answer_is_told_as_what_it_is(response: Response, words: str) -> None:
    error = error_of(response)
    assert words in error.message
    assert error.message.startswith("GET /session/info/{session_id} was answered with ")
    assert (type(error), error.code, error.status_code) == (APIError, None, 200)


def test_an_error_carries_what_is_known() -> None:
    body = {"code": 4203, "msg": "No such session", "data": {"id": "s"}}
    error = error_of(answer(body, 404, x_request_id="r-1", retry_after="3"))
    assert (type(error), error.code, error.status_code, error.request_id) == (NotFoundError, 4203, 404, "r-1")
    assert error.message == "GET /session/info/{session_id} failed: No such session"
    assert error.details == {"endpoint": "GET /session/info/{session_id}", "body": json.dumps(body)}
    assert error.retry_after == 3


def test_a_good_code_under_a_bad_status_is_still_an_error() -> None:
    assert type(error_of(answer({"code": 0, "data": {"session_id": "s"}}, 500))) is ServerError


def test_nothing_secret_is_quoted() -> None:
    error = error_of(answer({"code": 4000, "msg": "key k-1 is bad"}, x_request_id="k-1"), "k-1")
    assert "k-1" not in f"{error} {vars(error)}"


def test_the_body_is_quoted_up_to_512_bytes() -> None:
    error = error_of(answer("é".encode() * 5000, 502))
    assert len(error.details["body"].encode()) <= 512


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry_after": "5"}, 5.0),
        ({"retry_after": "Sun, 06 Nov 2044 08:49:37 GMT", "date": "Sun, 06 Nov 2044 08:49:07 GMT"}, 30.0),
        ({"retry_after": "Sun, 06 Nov 1994 08:49:37 GMT"}, 0.0),
        ({"retry_after": "soon"}, None),
    ],
)
def test_the_time_to_wait_is_counted_from_the_services_own_clock(
    headers: dict[str, str], seconds: float | None
) -> None:
    assert answer(b"", 200, **headers).retry_after == seconds


def test_a_response_prints_without_its_body() -> None:
    assert "k-1" not in repr(answer(b"k-1", set_cookie="k-1"))


PAGE = "<h1>Ausgefallen, später</h1>"


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (PAGE.encode(), ""),
        (PAGE.encode("utf-8-sig"), "text/html; charset=iso-8859-1"),
        (PAGE.encode("utf-16"), ""),
        (PAGE.encode("utf-16-le"), "text/html"),
        (PAGE.encode("utf-32"), ""),
        (PAGE.encode("latin-1"), "text/html; charset=ISO-8859-1"),
        (PAGE.encode(), 'text/html; charset="utf-8"'),
        (PAGE.encode(), "text/html; charset='UTF-8'; x=y"),
        (PAGE.encode(), "text/html; charset=utf-99"),
        (PAGE.encode(), "text/html; charset=punycode"),
        (PAGE.encode(), "text/html; charset="),
    ],
)
def test_a_page_is_quoted_in_its_own_character_set(content: bytes, content_type: str) -> None:
    response = answer(content, 502, content_type=content_type)
    assert response.text == PAGE
    assert error_of(response).details["body"] == PAGE


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_nothing_secret_is_quoted_whatever_the_character_set(encoding: str) -> None:
    error = error_of(answer("your key is canary-1".encode(encoding), 401), "canary-1")
    assert error.details["body"] == "your key is ***"


def test_where_json_is_broken_stands_in_the_details_and_not_in_the_message() -> None:
    """A monitor groups errors by their messages."""
    first, second = error_of(answer(b'{"code": nope}')), error_of(answer(b'{"code": 0, "data": {"a": nope}}'))
    assert first.message == second.message
    assert first.details["reason"] != second.details["reason"]


def plain(*, raw: bool) -> Call[Any]:
    """A call whose answer is in no envelope."""
    return Call(READ.operation, "/a", whole_bytes if raw else anything, bare=True, raw=raw)


def test_an_answer_in_no_envelope_is_its_body() -> None:
    assert read_answer(plain(raw=False), answer({"code": 5}), []) == ({"code": 5}, None)
    assert read_answer(plain(raw=False), answer(b"", 201), []) == (None, None)
    assert read_answer(plain(raw=True), answer(b"\xff"), []) == (b"\xff", None)


def test_what_is_wrong_with_an_answer_in_no_envelope_is_told_by_its_status_and_quoted() -> None:
    _, error = read_answer(plain(raw=False), answer(b"{"), [])
    assert "was answered in another shape: not readable as JSON" in str(error)
    _, error = read_answer(plain(raw=True), answer({"code": 0, "why": "key-123"}, 404), [Secret("key-123")])
    assert isinstance(error, NotFoundError)
    assert error.details["body"] == '{"code": 0, "why": "***"}'
