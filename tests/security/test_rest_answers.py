"""Rows 8, 9 and 12: answers that would fill the memory, break a reader, or be run."""

from __future__ import annotations

import ast
import gzip
import re
from pathlib import Path

import pytest

import wyseos.mate
from tests.support.calls import read
from tests.support.faces import Ask, both_faces
from tests.support.raw_server import RawServer, http
from wyseos.mate import (
    APIError,
)
from wyseos.mate.errors import DecodeError

# Row 8: no bomb.


@both_faces
@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_security_08_a_body_is_unpacked_up_to_a_limit(ask: Ask, encoding: str) -> None:
    plain = b" " * 5_000_000
    body = gzip.compress(plain) if encoding == "gzip" else plain
    with (
        RawServer((http(body, headers={"Content-Encoding": encoding}),)) as server,
        pytest.raises(DecodeError, match="larger than 1000000 bytes") as caught,
    ):
        ask(read, base_url=server.base_url, max_response_size=1_000_000)
    assert "max_response_size" in str(caught.value.hint)


@both_faces
def test_security_08_a_damaged_packing_is_a_typed_error(ask: Ask) -> None:
    damaged = http(b"\x1f\x8bnothing of the kind", headers={"Content-Encoding": "gzip"})
    with RawServer((damaged,)) as server, pytest.raises(DecodeError, match="damaged"):
        ask(read, base_url=server.base_url)


@both_faces
def test_security_08_a_packing_that_was_not_asked_for_is_not_unpacked(ask: Ask) -> None:
    packed = http(b"..", headers={"Content-Encoding": "br"})
    with RawServer((packed,)) as server, pytest.raises(APIError, match="not readable as JSON"):
        ask(read, base_url=server.base_url)
    assert server.requests[0].headers["accept-encoding"] == "gzip, deflate"


# Row 9: JSON that would bring the process down.


@both_faces
@pytest.mark.parametrize(
    "body",
    [
        b"[" * 200_000,
        b'{"a":' * 200_000,
        b'{"code": 0, "data": NaN}',
        b'{"code": ' + b"9" * 5000 + b"}",
        b'{"code": 0, "data": "\xff"}',
    ],
    ids=["lists", "objects", "nan", "digits", "utf-8"],
)
def test_security_09_hostile_json_is_a_typed_error(ask: Ask, body: bytes) -> None:
    with RawServer((http(body),)) as server, pytest.raises(APIError):
        ask(read, base_url=server.base_url, max_retries=0)


@both_faces
@pytest.mark.parametrize("name", ['"\\ud800"', "9" * 5000], ids=["lone surrogate", "5,000 digits"])
def test_security_09_odd_values_are_carried(ask: Ask, name: str) -> None:
    body = f'{{"code": 0, "data": {{"session_id": "s-1", "extra": {{"odd": {name}}}}}}}'.encode()
    with RawServer((http(body),)) as server:
        assert ask(read, base_url=server.base_url).session_id == "s-1"


# Row 12: nothing of the service's is executed.

PACKAGE = Path(wyseos.mate.__path__[0])


def test_security_12_nothing_that_executes_is_called() -> None:
    """Also not `yaml.load` without a loader of the safe kind."""
    forbidden = re.compile(r"eval|exec|compile|os\.system|os\.popen|pickle\.loads?|yaml\.(unsafe_|full_)?load")
    found = [
        f"{path.name}:{node.lineno} {ast.unparse(node)}"
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and forbidden.fullmatch(ast.unparse(node.func)) and not node.keywords
    ]
    assert found == []
