"""A REST call as a value."""

from __future__ import annotations

import pytest

from wyseos.runtime.call import Call, FilePart, Operation


@pytest.mark.parametrize(
    ("method", "is_read"), [("GET", True), ("HEAD", True), ("POST", False), ("PUT", False), ("DELETE", False)]
)
def test_only_what_changes_nothing_is_a_read(method: str, is_read: bool) -> None:
    assert is_read == Operation("a", "b", method, "/c").is_read


def test_an_operation_shows_its_template_and_never_an_id() -> None:
    assert (
        str(Operation("get_session", "session", "GET", "/session/info/{session_id}"))
        == "GET /session/info/{session_id}"
    )


def test_a_call_is_plain_by_default() -> None:
    call = Call(Operation("a", "b", "GET", "/c"), "/c", str)

    assert (call.query, call.json, call.form, call.files) == ({}, None, None, None)


def test_calls_are_equal_if_they_send_the_same() -> None:
    operation = Operation("a", "b", "GET", "/c")

    assert Call(operation, "/c", str, query={"q": "1"}) == Call(operation, "/c", str.title, query={"q": "1"})
    assert Call(operation, "/c", str) != Call(operation, "/d", str)


def test_a_files_content_is_not_shown() -> None:
    part = FilePart("a.txt", b"private")

    assert "private" not in repr(part)
    assert part.content_type == "application/octet-stream"
