"""What is kept over a restart, and what is not."""

from __future__ import annotations

import gc
from pathlib import Path

import httpx
import pytest

from tests.mate.emulator import outsiders
from wyseos.mate.emulator import Emulator, StateError


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "state.sqlite"


def test_everything_outlives_a_restart(file: Path) -> None:
    with Emulator(speed=0, state=file) as emulator, outsiders.rest(emulator.base_url, emulator.api_key) as client:
        session_id, _ = outsiders.play(emulator.base_url, emulator.api_key, "marketing")
        outsiders.outcome(client, session_id)
        made = client.post("/user/apikey/new", json={"name": "laptop"}).json()["data"]["api_key"]
        (upload,) = client.post("/session/upload", files={"files": ("a.txt", b"\xff\x00")}).json()["data"]
        paths = (
            f"/session/info/{session_id}",
            f"/session/message/lists?session_id={session_id}&page_size=100",
            f"/session/marketing/data/{session_id}",
            f"/browser/lists?session_id={session_id}",
            "/user/call/lists",
        )
        before = [client.get(path).json() for path in paths]
        keys = emulator.api_key, emulator.jwt_token

    with Emulator(speed=0, state=file) as emulator, outsiders.rest(emulator.base_url, made) as client:
        assert (emulator.api_key, emulator.jwt_token) == keys
        assert [client.get(path).json() for path in paths] == before
        assert client.get(httpx.URL(upload["file_url"]).path).content == b"\xff\x00"


def test_a_session_goes_on_where_a_restart_interrupted_it(file: Path) -> None:
    with Emulator(speed=0, state=file) as emulator, outsiders.rest(emulator.base_url, emulator.api_key) as client:
        session_id = outsiders.create(client)
        with outsiders.line(emulator.base_url, session_id, emulator.api_key) as socket:
            outsiders.start(socket, scenario="questions")
            asked = outsiders.receive(socket)
            outsiders.answer(socket, asked, None)
            said = [outsiders.receive(socket) for _ in range(2)]

    with Emulator(speed=0, state=file) as emulator, outsiders.rest(emulator.base_url, emulator.api_key) as client:
        with outsiders.line(emulator.base_url, session_id, emulator.api_key) as socket:
            outsiders.answer(socket, said[-1], None)
            rest = list(outsiders.events(socket))
        history = client.get("/session/message/lists", params={"session_id": session_id}).json()["data"]["data"]

    assert outsiders.kinds([asked, *said, *rest]) == ["input", "text", "input", "input", "task_result/task_result"]
    assert len({message["message_id"] for message in history}) == len(history) == 9
    assert emulator.violations == []


def test_without_a_file_nothing_is_kept() -> None:
    with Emulator(speed=0) as emulator:
        outsiders.play(emulator.base_url, emulator.api_key, scenario="short")
        assert len(emulator.sessions) == 1
    with Emulator(speed=0) as emulator:
        assert emulator.sessions == {}


def test_a_taken_port_leaves_the_file_closed(file: Path) -> None:
    with Emulator() as emulator, pytest.raises(OSError, match="in use"):
        Emulator(state=file, port=int(emulator.base_url.rpartition(":")[2]))
    gc.collect()  # an open file would tell of itself here


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("These are notes, not a database. " * 100, "utf-8")
    with pytest.raises(StateError, match=r"notes\.txt: this is no state of the emulator"):
        Emulator(state=file)
    assert file.read_text("utf-8").startswith("These are notes")
