"""The control endpoints: faults and state over plain HTTP, and only for this machine."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.mate.emulator import outsiders
from wyseos.mate.emulator import Emulator


@pytest.fixture
def control(emulator: Emulator) -> Any:
    with httpx.Client(base_url=f"{emulator.base_url}/_emulator", verify=False) as opened:
        yield opened


def test_faults_are_armed_listed_and_cleared_over_http(
    emulator: Emulator, client: httpx.Client, control: httpx.Client
) -> None:
    armed = control.post("/faults", json={"kind": "status", "status": 502, "operation": "list_teams"})
    assert client.get("/team/lists").status_code == 502

    (listed,) = control.get("/faults").json()
    assert listed == armed.json() | {"hits": 1}
    assert (listed["options"]["status"], listed["times"]) == (502, 1)
    assert control.delete("/faults").json() == control.get("/faults").json() == []


def test_chaos_is_armed_over_http(emulator: Emulator, control: httpx.Client) -> None:
    assert [fault["probability"] for fault in control.post("/chaos", json={"cut": 0.1, "slow": 0.2}).json()] == [
        0.1,
        0.2,
    ]


@pytest.mark.parametrize(
    ("path", "content", "told"),
    [
        ("/faults", '{"kind": "flood"}', "kind: 'flood' can't be here"),
        ("/faults", "{", "not JSON"),
        ("/faults", "[]", "a JSON object"),
        ("/chaos", '{"cut": 3}', "probability"),
        ("/chaos", '{"cut": "often"}', "cut: probability: 'often' is of the wrong kind"),
    ],
)
def test_an_order_that_cannot_be_understood_is_refused(
    control: httpx.Client, path: str, content: str, told: str
) -> None:
    answer = control.post(path, content=content)
    assert (answer.status_code, answer.json()["code"]) == (400, 4000)
    assert told in answer.json()["msg"]


def test_the_state_tells_of_sessions_and_violations(
    emulator: Emulator, client: httpx.Client, control: httpx.Client
) -> None:
    session_id, events = outsiders.play(emulator.base_url, emulator.api_key, scenario="rich_browser")
    client.get("/team/lists?size=1")
    state = control.get("/state").json()
    told = control.get(f"/sessions/{session_id}").json()

    assert [(session["session_id"], session["starts"]) for session in state["sessions"]] == [(session_id, 1)]
    assert state["violations"] == control.get("/violations").json() == [str(emulator.violations[0])]
    assert told["screenshot"] == events[1]["message"]["data"]["screenshot"]
    assert [event["kind"] for event in told["events"]] == ["text", "rich browser", "rich browser", "task_result"]


def test_no_key_is_told(emulator: Emulator, client: httpx.Client, control: httpx.Client) -> None:
    made = client.post("/user/apikey/new", json={"name": "laptop"}).json()["data"]["api_key"]
    told = control.get("/state").text + control.get("/faults").text
    assert [key for key in (emulator.api_key, emulator.jwt_token, made) if key in told] == []


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "evil.example"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"host": "127.0.0.1.evil.example"},
    ],
)
@pytest.mark.parametrize("path", ["/_emulator/state", "/_emulator/faults", "/"])
def test_other_sites_are_refused(emulator: Emulator, path: str, headers: dict[str, str]) -> None:
    assert httpx.get(emulator.base_url + path, headers=headers, verify=False).status_code == 403


def test_an_unknown_session_is_not_found(control: httpx.Client) -> None:
    assert control.get("/sessions/session_0").status_code == 404
