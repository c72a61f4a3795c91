"""What comes in: by either loopback address, from a site that was named, told once, and such as JSON can tell again."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import httpx
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from tests.mate.emulator import outsiders
from wyseos.mate.emulator import Emulator, FaultError, Scenario

SITE = "http://localhost:3000"
UNTELLABLE = ['{"task": "x", "extra": {"a": 1e999}}', '{"task": "x", "extra": {"a": NaN}}', '{"task": "\\ud800 alone"}']


def has_ipv6() -> bool:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


@pytest.mark.skipif(not has_ipv6(), reason="no IPv6 here")
def test_both_loopback_addresses_are_answered(emulator: Emulator) -> None:
    base_url = emulator.base_url.replace("127.0.0.1", "[::1]")
    _, events = outsiders.play(base_url, emulator.api_key, scenario="short")
    assert outsiders.kinds(events) == ["task_result/task_result"]


@pytest.mark.parametrize("body", [*UNTELLABLE, '{"task": "\\ud83d"}', '{"\\udc00": 1, "task": "x"}'])
def test_what_no_json_could_tell_again_is_refused_as_a_request(emulator: Emulator, body: str) -> None:
    with outsiders.rest(emulator.base_url, emulator.api_key) as client:
        answer = client.post("/session/create", content=body)
        assert (answer.status_code, answer.json()["code"]) == (400, 4000)
        assert answer.json()["msg"].startswith("the body is not JSON: ")
        assert client.get("/session/lists/current").json()["data"] in ([], None)
    assert emulator.sessions == {}


def test_a_whole_character_is_taken_however_it_is_written(emulator: Emulator) -> None:
    with outsiders.rest(emulator.base_url, emulator.api_key) as client:
        made = client.post("/session/create", content='{"task": "\\ud83d\\ude00 😀"}').json()["data"]["session_id"]
        assert client.get(f"/session/info/{made}").json()["data"]["task"][0]["content"] == "😀 😀"


@pytest.mark.parametrize(
    "text", ['{"type": "ping", "timestamp": 1e999}', '{"type": "ping", "a": "\\ud800", "timestamp": 1}']
)
def test_nor_as_a_message(emulator: Emulator, text: str) -> None:
    with (
        outsiders.rest(emulator.base_url, emulator.api_key) as client,
        outsiders.line(emulator.base_url, outsiders.create(client), emulator.api_key) as line,
    ):
        line.send(text)
        answer = outsiders.receive(line)
        assert (answer["type"], answer["code"]) == ("error", 4000)


@pytest.mark.parametrize("value", ["1e999", "NaN", '"\\ud800"'])
def test_nor_as_an_order(emulator: Emulator, value: str) -> None:
    order = f'{{"kind": "wrong_shape", "data": {value}}}'
    answer = httpx.post(f"{emulator.base_url}/_emulator/faults", content=order)
    assert (answer.status_code, answer.json()["code"]) == (400, 4000)
    with pytest.raises(FaultError):
        emulator.fault("wrong_shape", data=float("inf"))
    with pytest.raises(ValueError, match="credits must be a number, not inf"):
        Emulator(credits=float("inf"))


def test_an_event_that_no_json_could_tell_is_never_sent_nor_remembered() -> None:
    scenario = Scenario("unchecked", [{"raw": {"type": "new", "value": float("nan")}}, {"result": "never"}])
    with Emulator(scenario, speed=0) as emulator, outsiders.rest(emulator.base_url, emulator.api_key) as client:
        session_id, events = outsiders.play(emulator.base_url, emulator.api_key)
        history = client.get("/session/message/lists", params={"session_id": session_id})
    assert outsiders.kinds(events) == ["error"]
    assert history.status_code == 200
    json.loads(history.text, parse_constant=pytest.fail)


def test_an_order_has_a_limit(emulator: Emulator) -> None:
    answer = httpx.post(f"{emulator.base_url}/_emulator/faults", content=b'{"kind": "' + b"x" * 2**20 + b'"}')
    assert (answer.status_code, answer.json()["msg"]) == (413, "the body is larger than 1048576 bytes")


def test_a_query_parameter_that_is_told_twice_is_a_violation(emulator: Emulator) -> None:
    with outsiders.rest(emulator.base_url, emulator.api_key) as client:
        session_id = outsiders.create(client)
        answer = client.get("/team/lists?page_size=5&page_size=5")
        assert (answer.status_code, answer.json()["msg"]) == (400, "page_size: it is told more than once")
    key = f"api_key={emulator.api_key}"
    url = f"{emulator.base_url.replace('http', 'ws')}/session/ws/{session_id}?{key}&{key}"
    with pytest.raises(InvalidStatus) as caught:
        connect(url, logger=outsiders.SILENT)
    assert caught.value.response.status_code == 400
    told = [str(violation) for violation in emulator.violations]
    assert told == [
        "list_teams: page_size: it is told more than once",
        "connection: api_key: it is told more than once",
    ]


def test_no_site_is_let_in_unless_it_is_named() -> None:
    with Emulator(speed=0, cors=[SITE]) as emulator, outsiders.rest(emulator.base_url, emulator.api_key) as client:
        asked = {"origin": SITE, "access-control-request-method": "GET", "access-control-request-headers": "x-api-key"}
        allowed = client.options("/team/lists", headers=asked)
        answer = client.get("/team/lists", headers={"origin": SITE})
        foreign = client.get("/team/lists", headers={"origin": "http://localhost:3001"})
        control = client.get("/_emulator/state", headers={"origin": SITE})
        session_id = outsiders.create(client)
        url = f"{emulator.base_url.replace('http', 'ws')}/session/ws/{session_id}?api_key={emulator.api_key}"
        with connect(url, origin=Origin(SITE), logger=outsiders.SILENT) as line:
            outsiders.send(line, {"type": "ping", "timestamp": 1})
            assert outsiders.receive(line)["type"] == "pong"
    assert (allowed.status_code, allowed.headers["access-control-allow-origin"]) == (200, SITE)
    assert "x-api-key" in allowed.headers["access-control-allow-headers"]
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (200, SITE)
    assert (foreign.status_code, control.status_code) == (403, 403)
    assert "access-control-allow-origin" not in foreign.headers


@pytest.mark.parametrize(
    "origin", ["*", "null", "localhost:3000", "http://localhost:3000/", "ftp://x", "http://*.example"]
)
def test_what_no_browser_tells_as_its_origin_is_refused(origin: str) -> None:
    with pytest.raises(ValueError, match=r"cors: .* is no origin; name one as http://localhost:3000"):
        Emulator(cors=[origin])


def test_ids_are_others_each_time_without_a_seed_and_the_same_with_one() -> None:
    def made(seed: int | None) -> str:
        with Emulator(seed=seed) as emulator, outsiders.rest(emulator.base_url, emulator.api_key) as client:
            return outsiders.create(client)

    assert made(None) != made(None)
    assert made(7) == made(7) != made(8)
    with Emulator() as emulator, outsiders.rest(emulator.base_url, emulator.api_key) as client:
        assert outsiders.create(client) == made(0)


def test_a_round_whose_scenario_is_gone_after_a_restart_ends_with_a_word(tmp_path: Path) -> None:
    mine, state = tmp_path / "mine.yaml", tmp_path / "state"
    mine.write_text("steps: [{question: 'For whom?'}, {result: Fine}]", "utf-8")
    with (
        Emulator(mine, speed=0, state=state) as emulator,
        outsiders.rest(emulator.base_url, emulator.api_key) as client,
    ):
        session_id = outsiders.create(client)
        with outsiders.line(emulator.base_url, session_id, emulator.api_key) as line:
            outsiders.start(line)
            outsiders.receive(line)
    with Emulator(speed=0, state=state) as emulator, outsiders.rest(emulator.base_url, emulator.api_key) as client:
        for _ in range(2):
            with outsiders.line(emulator.base_url, session_id, emulator.api_key) as line:
                outsiders.send(line, {"type": "ping", "timestamp": 1})
                assert outsiders.receive(line)["type"] in ("error", "pong")
        info = client.get(f"/session/info/{session_id}").json()["data"]
        history = client.get("/session/message/lists", params={"session_id": session_id}).json()["data"]["data"]
    told = "the round can't go on after the restart: no scenario 'mine'; there are "
    assert info["status"] == "error"
    assert [event["error"].startswith(told) for event in history if event["type"] == "error"] == [True]
