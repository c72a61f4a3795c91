"""A replay answers as was recorded, byte for byte, by method, path, query and body; what was not is told."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.mate.emulator import outsiders
from tests.mate.testing.tapes import raw_session
from wyseos.mate.emulator import Emulator
from wyseos.mate.testing import Recorder, Replay
from wyseos.mate.testing.cassette import CassetteWriter


@pytest.mark.parametrize("mode", ["", "marketing"])
def test_a_replay_tells_what_was_recorded_byte_for_byte(tape: Path, mode: str) -> None:
    with Emulator(speed=0) as emulator, Recorder(emulator.base_url, tape) as recorder:
        recorded = raw_session(recorder.base_url, emulator.api_key, mode)
        assert emulator.violations == []
    with Replay(tape) as replay:
        assert raw_session(replay.base_url, replay.api_key, mode) == recorded
        assert replay.mismatches == []


def test_the_virtual_clock_moves_as_long_as_it_took(tape: Path) -> None:
    with Emulator(speed=10) as emulator, Recorder(emulator.base_url, tape) as recorder:
        raw_session(recorder.base_url, emulator.api_key)
    with Replay(tape) as replay:
        before, began = replay.clock.now(), time.perf_counter()
        raw_session(replay.base_url, replay.api_key)
        moved = (replay.clock.now() - before).total_seconds()
        taken = time.perf_counter() - began
    assert moved > 0.3
    assert taken < moved


def test_a_closed_and_a_cut_connection_are_replayed_as_such(tape: Path) -> None:
    def endings(base_url: str, api_key: str, session_id: str) -> list[tuple[Any, int]]:
        found = []
        for _ in range(2):
            with outsiders.line(base_url, session_id, api_key) as socket:
                with pytest.raises(ConnectionClosed):
                    outsiders.receive(socket)
                found.append((socket.close_code, len(socket.close_reason or "")))
        return found

    with Emulator(speed=0) as emulator, Recorder(emulator.base_url, tape) as recorder:
        emulator.fault("close", frame=0, code=4001, reason="go")
        emulator.fault("cut", frame=0, skip=1)
        with outsiders.rest(recorder.base_url, emulator.api_key) as client:
            session_id = outsiders.create(client)
        recorded = endings(recorder.base_url, emulator.api_key, session_id)
    with Replay(tape) as replay:
        assert endings(replay.base_url, "any", session_id) == recorded == [(4001, 2), (1006, 0)]


def test_polls_are_answered_in_their_order_and_the_last_one_again(tape: Path) -> None:
    def states(base_url: str, api_key: str, polls: int) -> list[str]:
        with outsiders.rest(base_url, api_key) as client:
            made = client.post("/dashboard/product/create", json={"product": "Notes"}).json()["data"]
            path = f"/dashboard/product/candidates/{made['product_id']}/info"
            return [client.get(path).json()["data"]["status"] for _ in range(polls)]

    with Emulator() as emulator, Recorder(emulator.base_url, tape) as recorder:
        states(recorder.base_url, emulator.api_key, 3)
    with Replay(tape) as replay:
        assert states(replay.base_url, "any", 4) == ["pending", "processing", "completed", "completed"]


def test_a_client_that_does_something_else_is_noticed(tape: Path) -> None:
    with Emulator(speed=0) as emulator, Recorder(emulator.base_url, tape) as recorder:
        outsiders.play(recorder.base_url, emulator.api_key, scenario="short")
    with Replay(tape) as replay, outsiders.rest(replay.base_url, "any") as client:
        session_id = outsiders.create(client, task="Another task")
        with outsiders.line(replay.base_url, session_id, "any") as socket:
            outsiders.start(socket, "Another task")
            outsiders.receive(socket)
        assert client.get("/team/lists").status_code == 404
        with pytest.raises(InvalidStatus), outsiders.line(replay.base_url, "session_0", "any"):
            raise AssertionError("the connection was opened")
        wheres = [mismatch.partition(":")[0] for mismatch in replay.mismatches]
    assert wheres == [
        "POST /session/create",
        "the connection",
        "GET /team/lists was not recorded",
        "the WebSocket /session/ws/session_0 was not recorded",
    ]


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
