"""The recorder: what it passes on, and what it tells."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from websockets.exceptions import InvalidStatus

from tests.mate.emulator import outsiders
from wyseos.mate.emulator import Emulator
from wyseos.mate.testing import Recorder, Replay
from wyseos.mate.testing.cassette import load_cassette


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
