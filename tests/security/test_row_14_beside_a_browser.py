"""Row 14: the emulator answers this machine alone, on every route, and what opens something can't be guessed."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from tests.mate.emulator import outsiders
from wyseos.mate.emulator import Emulator
from wyseos.mate.emulator.server import rest

FOREIGN = [
    {"host": "evil.example"},
    {"host": "evil.example:80"},
    {"host": "[::1"},
    {"host": "evil.example@127.0.0.1"},
    {"origin": "https://evil.example"},
    {"origin": "null"},
    {"origin": "http://127.0.0.1.evil.example"},
]
ROUTES = ["/", "/_emulator/sessions", "/team/lists", "/session/info/x", "/files/x/y.txt", "/nothing"]


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
@pytest.mark.parametrize("path", ROUTES)
def test_no_route_answers_another_site(wyseos_emulator: Emulator, path: str, headers: dict[str, str]) -> None:
    shown = {"x-api-key": wyseos_emulator.api_key, **headers}
    answer = httpx.get(f"{wyseos_emulator.base_url}{path}", headers=shown)
    assert (answer.status_code, answer.json()["msg"]) == (403, "only for this machine")


@pytest.mark.parametrize("headers", FOREIGN[4:], ids=str)
def test_no_websocket_does_either(wyseos_emulator: Emulator, headers: dict[str, str]) -> None:
    with outsiders.rest(wyseos_emulator.base_url, wyseos_emulator.api_key) as client:
        session_id = outsiders.create(client)
    address = wyseos_emulator.base_url.replace("http", "ws")
    url = f"{address}/session/ws/{session_id}?api_key={wyseos_emulator.api_key}"
    with pytest.raises(InvalidStatus) as caught:
        connect(url, additional_headers=headers, logger=outsiders.SILENT)
    assert caught.value.response.status_code == 403


def test_this_machine_is_answered_by_each_of_its_names(wyseos_emulator: Emulator) -> None:
    port = wyseos_emulator.base_url.rpartition(":")[2]
    for host in ("127.0.0.1", "localhost", "[::1]"):
        headers = {"host": f"{host}:{port}", "origin": f"http://{host}:{port}", "x-api-key": wyseos_emulator.api_key}
        assert httpx.get(f"{wyseos_emulator.base_url}/team/lists", headers=headers).status_code == 200


def test_what_opens_something_is_not_told_by_the_seed() -> None:
    found: list[tuple[str, str]] = []
    for _ in range(2):
        with Emulator(speed=0, seed=7) as emulator, outsiders.rest(emulator.base_url, emulator.api_key) as client:
            made = client.post("/user/apikey/new", json={"name": "x"}).json()["data"]["api_key"]
            file = client.post("/session/upload", files={"files": ("a.txt", b"a")}).json()["data"][0]["file_url"]
            found.append((made, re.sub(r":\d+", "", file)))
    assert found[0][0] != found[1][0]
    assert found[0][1] != found[1][1]


def test_a_body_is_read_up_to_a_limit_and_of_nobody_unknown(
    wyseos_emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rest, "MOST_BODY", 1000)
    with outsiders.rest(wyseos_emulator.base_url, wyseos_emulator.api_key) as client:
        told = client.post("/session/create", json={"task": "x" * 2000})
        assert (told.status_code, told.json()["msg"]) == (413, "the body is larger than 1000 bytes")
        assert client.post("/session/create", json={"task": "x" * 500}).status_code == 200
    unknown = httpx.post(f"{wyseos_emulator.base_url}/session/create", json={"task": "x" * 2000})
    assert unknown.status_code == 401


@pytest.mark.skipif(os.name != "posix", reason="file rights are POSIX's")
def test_the_state_is_its_owners_alone(tmp_path: Path) -> None:
    with Emulator(speed=0, state=tmp_path / "state.db") as emulator:
        outsiders.play(emulator.base_url, emulator.api_key)
        rights: set[Any] = {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    assert rights == {0o600}
