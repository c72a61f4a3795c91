"""Cassettes: a session with the emulator recorded, redacted, and replayed byte for byte."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.mate.emulator import outsiders
from wyseos.mate.emulator import Emulator
from wyseos.mate.testing import CassetteError, Recorder, Replay
from wyseos.mate.testing.cassette import load_cassette


@pytest.fixture
def tape(tmp_path: Path) -> Path:
    return tmp_path / "session.jsonl"


def raw_session(base_url: str, api_key: str, mode: str = "") -> list[str]:
    """Drive a session and keep its frames as they came."""
    with outsiders.rest(base_url, api_key) as client:
        session_id = outsiders.create(client, mode)
        frames: list[str] = []
        with outsiders.line(base_url, session_id, api_key) as socket:
            outsiders.start(socket)
            outsiders.send(socket, {"type": "ping", "timestamp": time.time_ns()})
            before = None
            while before is None or before["type"] != "task_result":
                text = str(socket.recv(timeout=outsiders.PATIENCE))
                event = json.loads(text)
                if event["type"] == "pong":
                    continue
                frames.append(text)
                if event["type"] == "input":
                    outsiders.answer(socket, event, before)
                before = event
        frames.append(client.get(f"/session/info/{session_id}").text)
        frames.append(client.get("/session/message/lists", params={"session_id": session_id, "page_size": 3}).text)
    return frames


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


def test_no_credential_is_on_the_tape(tape: Path) -> None:
    with Emulator(speed=0) as emulator, Recorder(emulator.base_url, tape, redact=["three note apps"]) as recorder:
        raw_session(recorder.base_url, emulator.api_key)
        with outsiders.rest(recorder.base_url, emulator.api_key) as client:
            made = client.post("/user/apikey/new", json={"name": "laptop"}).json()["data"]["api_key"]
            client.post("/session/upload", files={"files": ("a.txt", b"private words")})
        with httpx.Client(base_url=recorder.base_url, headers={"Authorization": emulator.jwt_token}) as client:
            assert client.get("/team/lists").status_code == 200
        secrets = (emulator.api_key, emulator.jwt_token, made, "private words", "three note apps")

    told = tape.read_text("utf-8")
    assert [secret for secret in secrets if secret in told] == []
    assert "REDACTED" in told


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


def test_a_refused_connection_stays_refused_through_the_recorder(tape: Path) -> None:
    with (
        Emulator(speed=0) as emulator,
        Recorder(emulator.base_url, tape) as recorder,
        pytest.raises(InvalidStatus, match="401"),
        outsiders.line(recorder.base_url, "session_0", "wrong"),
    ):
        raise AssertionError("the connection was opened")


def test_a_service_that_is_not_there_is_told_and_not_recorded(tape: Path) -> None:
    with Recorder("http://127.0.0.1:1", tape) as recorder:
        answer = httpx.get(f"{recorder.base_url}/team/lists", headers={"x-api-key": "canary-key"})
        with pytest.raises(InvalidStatus, match="502"), outsiders.line(recorder.base_url, "session_0", "canary-key"):
            raise AssertionError("the connection was opened")
    assert (answer.status_code, answer.text) == (502, "the service cannot be reached: ConnectError")
    assert load_cassette(tape) == []


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


def test_a_binary_answer_is_kept_as_it_is(tape: Path) -> None:
    with (
        Emulator() as emulator,
        Recorder(emulator.base_url, tape) as recorder,
        outsiders.rest(recorder.base_url, emulator.api_key) as client,
    ):
        (file,) = client.post("/session/upload", files={"files": ("a.bin", b"\xff\xfe\x00")}).json()["data"]
        path = httpx.URL(file["file_url"]).path
        client.get(path)
    with Replay(tape) as replay:
        assert httpx.get(replay.base_url + path).content == b"\xff\xfe\x00"


def test_a_tape_is_never_written_over(tape: Path) -> None:
    tape.write_text("mine", "utf-8")
    with pytest.raises(FileExistsError):
        Recorder("http://127.0.0.1:9", tape)
    assert tape.read_text("utf-8") == "mine"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "line 1: this is no wyseos cassette"),
        ('{"format": "wyseos cassette", "version": 2}', "line 1: this is no wyseos cassette of version 1"),
        ("{", "line 1: this is not JSON"),
        ("[]", "line 1: this is no object"),
        ('{"format": "wyseos cassette", "version": 1}\n{"kind": "got", "t": 1, "line": 1}', "line 2: text is missing"),
        ('{"format": "wyseos cassette", "version": 1}\n{"kind": "song", "t": 1}', "line 2: kind is missing or unknown"),
    ],
)
def test_a_file_that_is_no_tape_is_told_with_its_line(tape: Path, content: str, told: str) -> None:
    tape.write_text(content, "utf-8")
    with pytest.raises(CassetteError, match=told):
        load_cassette(tape)
