"""A session with the emulator replayed byte for byte."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.mate.emulator import outsiders
from tests.mate.testing.tapes import raw_session
from wyseos.mate.emulator import Emulator
from wyseos.mate.testing import Recorder, Replay


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
