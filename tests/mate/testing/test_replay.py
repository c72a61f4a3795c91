"""A replay answers what is asked: by method, path, query and body; what was not recorded, or not so often, is told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.exceptions import InvalidStatus

from tests.mate.emulator import outsiders
from wyseos.mate.testing import Replay
from wyseos.mate.testing.cassette import CassetteWriter


def entry(method: str, path: str, answer: str, query: str = "", asked: Any = None) -> dict[str, Any]:
    told = {"kind": "rest", "t": 0, "status": 200, "headers": {}, "took": 0}
    return {**told, "method": method, "path": path, "query": query, "asked": asked, "answer": answer}


@pytest.fixture
def replay(tmp_path: Path) -> Iterator[Replay]:
    tape = tmp_path / "tape.jsonl"
    writer = CassetteWriter(tape)
    for each in (
        entry("POST", "/make", "made a", asked='{"name": "a", "key": "REDACTED"}'),
        entry("POST", "/make", "made b", asked='{"name": "b"}'),
        entry("GET", "/list", "second page", query="page=2&of=x"),
        entry("GET", "/list", "first page", query="page=1&of=x"),
        entry("GET", "/poll", "waiting"),
        entry("GET", "/poll", "done"),
        entry("GET", "/key/REDACTED/info", "the key"),
        entry("GET", "/key/list/info", "all keys"),
        entry("POST", "/file", "kept", asked={"bytes": 3, "sha256": "…"}),
        {"kind": "open", "t": 0, "line": 1, "path": "/ws/a%2Fb"},
        {"kind": "sent", "t": 0, "line": 1, "text": '{"type": "start"}'},
        {"kind": "got", "t": 0, "line": 1, "text": '{"type": "text"}'},
    ):
        writer.write(each)
    writer.close()
    with Replay(tape) as playing:
        yield playing


def ask(replay: Replay, method: str, path: str, body: Any = None) -> str:
    return httpx.request(method, replay.base_url + path, json=body).text


def test_a_body_decides_which_answer_is_given_not_the_order(replay: Replay) -> None:
    assert ask(replay, "POST", "/make", {"name": "b"}) == "made b"
    assert ask(replay, "POST", "/make", {"key": "of another user", "name": "a"}) == "made a"
    assert replay.mismatches == []


def test_a_query_decides_in_any_order_and_without_what_authenticates(replay: Replay) -> None:
    assert ask(replay, "GET", "/list?of=x&page=1&api_key=mine") == "first page"
    assert ask(replay, "GET", "/list?access_token=mine&page=2&of=x") == "second page"
    assert replay.mismatches == []


def test_what_was_redacted_in_a_path_may_be_anything_where_nothing_else_is_meant(replay: Replay) -> None:
    assert ask(replay, "GET", "/key/mine-42/info") == "the key"
    assert ask(replay, "GET", "/key/list/info") == "all keys"
    assert replay.mismatches == []


def test_what_is_asked_more_often_than_it_was_recorded_says_so_once(replay: Replay) -> None:
    assert [ask(replay, "GET", "/poll") for _ in range(5)] == ["waiting", "done", "done", "done", "done"]
    assert ask(replay, "POST", "/make", {"name": "b"}) == ask(replay, "POST", "/make", {"name": "b"}) == "made b"
    assert replay.mismatches == [
        "GET /poll was asked for again: recorded 2 times",
        "POST /make was asked for again: recorded 1 time",
    ]


def test_another_body_is_answered_and_told(replay: Replay) -> None:
    assert ask(replay, "POST", "/make", {"name": "c"}) == "made a"
    assert ask(replay, "POST", "/file", "whatever") == "kept"
    assert replay.mismatches == [
        'POST /make: said {"name":"c"}, recorded {"name": "a", "key": "REDACTED"}',
    ]


@pytest.mark.parametrize("what", ["GET /make", "GET /list?page=3&of=x", "GET /list", "GET /poll?a=", "GET /key/a/b/c"])
def test_another_method_path_or_query_was_not_recorded(replay: Replay, what: str) -> None:
    method, _, path = what.partition(" ")
    assert httpx.request(method, replay.base_url + path).status_code == 404
    assert replay.mismatches == [f"{method} {path.partition('?')[0]} was not recorded"]


def test_a_connection_is_found_by_its_raw_path_and_played_as_often_as_it_was_recorded(replay: Replay) -> None:
    from websockets.sync.client import connect

    address = replay.base_url.replace("http", "ws") + "/ws/a%2Fb?api_key=mine"
    with connect(address) as socket:
        socket.send(b"\x00 no text at all")
        assert json.loads(socket.recv(timeout=outsiders.PATIENCE)) == {"type": "text"}
        socket.send('{"type": "ping"}')
        assert json.loads(socket.recv(timeout=outsiders.PATIENCE))["type"] == "pong"
    with pytest.raises(InvalidStatus, match="404"):
        connect(address)
    assert replay.mismatches[1:] == ["the WebSocket /ws/a%2Fb was not recorded so often"]
