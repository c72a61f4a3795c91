"""Row 20: a hostile tape is refused with its line, and raises nothing else."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.security.tapes import HEAD, line
from wyseos.mate.testing import CassetteError, Replay
from wyseos.mate.testing.cassette import load_cassette


@pytest.fixture
def tape(tmp_path: Path) -> Path:
    return tmp_path / "tape.jsonl"


REST = {"kind": "rest", "t": 0, "method": "GET", "path": "/x", "query": "", "status": 200, "headers": {}, "answer": ""}


def rest(**changed: Any) -> bytes:
    return (HEAD + json.dumps(REST | changed)).encode()


HOSTILE: dict[str, tuple[bytes, str]] = {
    "UTF-16": (HEAD.encode("utf-16"), "line 1: this is not UTF-8"),
    "other bytes": (HEAD.encode() + b'{"kind": "\xff"}', "line 2: this is not UTF-8"),
    "a NUL": (HEAD.encode() + b"\0", "line 2: this is not JSON"),
    "depth": (HEAD.encode() + b"[" * 200_000, "line 2: this "),
    "digits": (HEAD.encode() + b'{"t": ' + b"9" * 5000 + b"}", "line 2: this is not JSON"),
    "NaN": (HEAD.encode() + b'{"kind": "rest", "t": NaN}', "line 2: this is not JSON"),
    "a connection that was not opened": (
        (HEAD + '{"kind": "got", "t": 0, "line": 7, "text": ""}').encode(),
        "line 2: connection 7 was not opened before",
    ),
    "a connection opened twice": (line(kind="open", path="/x"), "line 3: connection 1 was opened before"),
    "no kind": (rest(kind=None), "line 2: kind is missing or unknown"),
    "a kind that is a list": (rest(kind=["rest"]), "line 2: kind is missing or unknown"),
    "a time that is text": (rest(t="1"), "line 2: t must be seconds"),
    "an endless time": (rest(t=1e300), "line 2: t must be seconds"),
    "a time that is true": (rest(t=True), "line 2: t must be seconds"),
    "an endless answer": (rest(took=1e18), "line 2: took must be seconds"),
    "a status that is text": (rest(status="200"), "line 2: status must be a status"),
    "a status of no answer": (rest(status=101), "line 2: status must be a status"),
    "a status beyond all": (rest(status=99999), "line 2: status must be a status"),
    "headers that are a list": (rest(headers=[]), "line 2: headers must be"),
    "a header that holds two": (rest(headers={"location": "a\r\nset-cookie: b"}), "line 2: headers must be"),
    "a header of another script": (rest(headers={"location": "☃"}), "line 2: headers must be"),
    "an answer that is a number": (rest(answer=7), "line 2: answer must be text"),
    "no base64": (rest(answer={"base64": "?"}), "line 2: answer must be text"),
    "base64 of another script": (rest(answer={"base64": "☃"}), "line 2: answer must be text"),
    "half a sign": (rest(answer="\ud800"), "line 2: answer must be text"),
    "a path that is null": (rest(path=None), "line 2: path must be text"),
    "a line that is text": (line(kind="got", text="", line="1"), "line 3: line must be a whole number"),
    "a frame that is an object": (line(kind="got", text={}), "line 3: text must be text"),
    "a frame with half a sign": (line(kind="got", text="\udfff"), "line 3: text must be text"),
    "a code that no frame carries": (line(kind="closed", code=1004, reason=""), "line 3: code must be"),
    "a code beyond all": (line(kind="closed", code=70000, reason=""), "line 3: code must be"),
    "a reason that is too long": (line(kind="closed", code=1000, reason="x" * 124), "line 3: reason must be"),
}


@pytest.mark.parametrize(("content", "told"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_tape_is_told_with_its_line(tape: Path, content: bytes, told: str) -> None:
    tape.write_bytes(content)
    with pytest.raises(CassetteError, match=told) as caught:
        Replay(tape)
    assert str(tape) in str(caught.value)


@pytest.mark.parametrize("kind", ["missing", "folder", "pipe", "a NUL in its name"])
def test_what_is_no_file_is_told_and_not_waited_for(tmp_path: Path, kind: str) -> None:
    place = tmp_path / ("a\0b" if "NUL" in kind else "tape")
    if kind == "folder":
        place.mkdir()
    elif kind == "pipe":
        if not hasattr(os, "mkfifo"):
            pytest.skip("no named pipes here")
        os.mkfifo(place)
    with pytest.raises(CassetteError):
        Replay(place)


def test_a_huge_tape_is_refused_before_it_is_read(tape: Path) -> None:
    with tape.open("wb") as file:
        file.truncate(2**30)
    with pytest.raises(CassetteError, match="larger than 512 MiB"):
        load_cassette(tape)


@pytest.mark.parametrize("head", [b"\xef\xbb\xbf", b""], ids=["BOM", "none"])
def test_what_editors_and_agents_write_is_read(tape: Path, head: bytes) -> None:
    said = "one\u2028two\u2029three\x85four\x0bfive"
    body = (HEAD + json.dumps(REST | {"answer": said}, ensure_ascii=False)).replace("\n", "\r\n").encode()
    tape.write_bytes(head + body + b"\r\n\r\n")
    assert [entry["answer"] for entry in load_cassette(tape)] == [said]


@given(st.binary() | st.text().map(str.encode))
def test_no_content_raises_anything_else(content: bytes) -> None:
    with temporary(HEAD.encode() + content) as place, contextlib.suppress(CassetteError):
        load_cassette(place)


ANY = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.text())


@settings(deadline=None, max_examples=50)
@given(st.dictionaries(st.sampled_from([*REST, "line", "text", "code", "reason", "asked", "took"]), ANY))
def test_no_entry_raises_anything_else(changed: dict[str, Any]) -> None:
    content = (HEAD + json.dumps(REST | changed)).encode()
    with temporary(content) as place, contextlib.suppress(CassetteError), Replay(place) as replay:
        assert httpx.get(f"{replay.base_url}/x").status_code < 600


@contextlib.contextmanager
def temporary(content: bytes) -> Iterator[Path]:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        place = Path(folder) / "tape"
        place.write_bytes(content)
        yield place
