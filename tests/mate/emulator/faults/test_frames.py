"""Faults of the connection, fault by fault, on real sockets."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import httpx
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection

from tests.mate.emulator import outsiders
from wyseos.mate.emulator import Emulator


def texts(events: list[dict[str, Any]]) -> list[str]:
    return [event["content"].split(" ")[1] for event in events if event["type"] == "text"]


def until_closed(socket: ClientConnection) -> list[dict[str, Any]]:
    """Receive until the connection ends."""
    found = []
    while True:
        try:
            found.append(outsiders.receive(socket))
        except ConnectionClosed:
            return found


def follow(emulator: Emulator, count: int) -> list[dict[str, Any]]:
    """Start the long scenario and receive so many events."""
    with (
        outsiders.rest(emulator.base_url, emulator.api_key) as client,
        outsiders.line(emulator.base_url, outsiders.create(client), emulator.api_key) as socket,
    ):
        outsiders.start(socket, scenario="long")
        return [outsiders.receive(socket) for _ in range(count)]


@pytest.fixture
def socket(emulator: Emulator, client: httpx.Client) -> Any:
    with outsiders.line(emulator.base_url, outsiders.create(client), emulator.api_key) as opened:
        yield opened


@pytest.mark.parametrize("reset", [False, True])
@pytest.mark.parametrize("frame", [0, 1, 17])
def test_a_connection_is_cut_after_the_event(emulator: Emulator, client: httpx.Client, frame: int, reset: bool) -> None:
    fault = emulator.fault("cut", frame=frame, reset=reset)
    session_id = outsiders.create(client)
    with outsiders.line(emulator.base_url, session_id, emulator.api_key) as socket:
        with suppress(ConnectionClosed):
            outsiders.start(socket, scenario="long")
        came = until_closed(socket)

    # A reset may overtake what was written just before it; a plain cut may not.
    assert len(came) <= frame if reset else len(came) == frame
    assert (socket.close_code, fault.hits) == (1006, 1)


def test_a_cut_session_goes_on_when_the_connection_is_opened_again(emulator: Emulator, client: httpx.Client) -> None:
    emulator.fault("cut", frame=3)
    session_id = outsiders.create(client)
    with outsiders.line(emulator.base_url, session_id, emulator.api_key) as socket:
        outsiders.start(socket)
        before = until_closed(socket)
    history = client.get("/session/message/lists", params={"session_id": session_id}).json()["data"]["data"]
    with outsiders.line(emulator.base_url, session_id, emulator.api_key) as socket:
        outsiders.answer(socket, before[-1], before[-2])
        after = list(outsiders.events(socket))

    assert before == [event for event in history if event["source"] != "user"]
    assert after[-1]["type"] == "task_result"
    assert emulator.violations == []


def test_a_connection_is_cut_at_the_byte(emulator: Emulator, client: httpx.Client) -> None:
    session_id = outsiders.create(client)
    emulator.fault("cut", byte=37)
    with outsiders.bare_handshake(emulator.base_url, session_id, emulator.api_key) as bare:
        came = b""
        while not came.endswith(b"\r\n\r\n"):
            came += bare.recv(1)
        start = b'{"type":"start","data":{"messages":[{"type":"task","content":"Go"}]}}'
        bare.sendall(b"\x81" + bytes([0x80 | len(start)]) + bytes(4) + start)
        frames = b""
        while piece := bare.recv(4096):
            frames += piece
    assert (len(frames), frames[:1]) == (37, b"\x81")


def test_a_half_open_connection_neither_says_nor_hears_anything(emulator: Emulator, client: httpx.Client) -> None:
    emulator.fault("half_open", frame=1)
    session_id = outsiders.create(client)
    with outsiders.line(emulator.base_url, session_id, emulator.api_key) as socket:
        outsiders.start(socket, scenario="long")
        assert outsiders.receive(socket)["type"] == "text"
        outsiders.send(socket, {"type": "ping", "timestamp": 1})
        with pytest.raises(TimeoutError):
            socket.recv(timeout=0.2)
    assert outsiders.outcome(client, session_id) == "complete"


@pytest.mark.parametrize("code", [1000, 1001, 1008, 1011, 1012, 1013, 4001])
def test_a_connection_is_closed_with_the_code(emulator: Emulator, socket: ClientConnection, code: int) -> None:
    emulator.fault("close", frame=2, code=code, reason="because")
    outsiders.start(socket, scenario="long")
    assert len(until_closed(socket)) == 2
    assert (socket.close_code, socket.close_reason) == (code, "because")


@pytest.mark.parametrize(("taken", "status"), [(True, "active"), (False, "created")])
def test_a_connection_is_cut_as_the_client_speaks(
    emulator: Emulator, client: httpx.Client, taken: bool, status: str
) -> None:
    emulator.fault("cut", message="start", taken=taken)
    session_id = outsiders.create(client)
    with outsiders.line(emulator.base_url, session_id, emulator.api_key) as socket:
        outsiders.start(socket)
        until_closed(socket)
    assert client.get(f"/session/info/{session_id}").json()["data"]["status"] == status


def test_a_stray_frame_comes_as_the_client_speaks(emulator: Emulator, socket: ClientConnection) -> None:
    emulator.fault("stray", message="ping", text="{")
    outsiders.send(socket, {"type": "ping", "timestamp": 1})
    assert {socket.recv(timeout=outsiders.PATIENCE) for _ in range(2)} == {"{", '{"type": "pong", "timestamp": 1}'}


def test_an_event_comes_twice(emulator: Emulator) -> None:
    emulator.fault("duplicate", frame=2)
    assert texts(follow(emulator, 4)) == ["1", "2", "2", "3"]


def test_two_events_come_the_other_way_round(emulator: Emulator) -> None:
    emulator.fault("reorder", frame=2)
    assert texts(follow(emulator, 4)) == ["1", "3", "2", "4"]


def test_an_event_is_lost_on_the_connection_and_stands_in_the_history(emulator: Emulator, client: httpx.Client) -> None:
    emulator.fault("lose", frame=2)
    assert texts(follow(emulator, 3)) == ["1", "3", "4"]
    (session_id,) = emulator.sessions
    asked = {"session_id": session_id, "content": "Message 2 of"}
    assert client.get("/session/message/lists", params=asked).json()["data"]["total"] == 1


def test_an_events_body_comes_as_a_text(emulator: Emulator) -> None:
    emulator.fault("text_body", frame=1)
    _, events = outsiders.play(emulator.base_url, emulator.api_key, scenario="short")
    assert json.loads(events[0]["message"])["metadata"] == {"type": "final_answer"}


def test_an_event_is_over_the_size_limit(emulator: Emulator) -> None:
    emulator.fault("oversize", frame=2, bytes=3_000_000)
    events = follow(emulator, 3)
    assert texts(events) == ["1", "2", "3"]
    assert [len(event.get("padding", "")) for event in events] == [0, 3_000_000, 0]


@pytest.mark.parametrize(
    ("options", "frame"),
    [({"text": "not json"}, "not json"), ({"text": ""}, ""), ({"binary": "ab"}, b"ab"), ({}, "stray")],
)
def test_a_stray_frame_comes_in_between(
    emulator: Emulator, socket: ClientConnection, options: dict[str, Any], frame: str | bytes
) -> None:
    emulator.fault("stray", frame=1, **options)
    outsiders.start(socket, scenario="long")
    assert outsiders.receive(socket)["type"] == "text"
    assert socket.recv(timeout=outsiders.PATIENCE) == frame
    assert outsiders.receive(socket)["type"] == "text"


def test_a_text_frame_of_bad_utf8_ends_a_strict_client(emulator: Emulator, socket: ClientConnection) -> None:
    emulator.fault("stray", frame=1, bad_utf8=True)
    outsiders.start(socket, scenario="long")
    assert len(until_closed(socket)) == 1
    assert socket.protocol.close_sent is not None
    assert socket.protocol.close_sent.code == 1007


@pytest.mark.parametrize(
    ("options", "kind"), [({}, "brand_new"), ({"type": "song"}, "song"), ({"rich": "hologram"}, "rich/hologram")]
)
def test_an_event_of_an_unknown_kind_comes(emulator: Emulator, options: dict[str, Any], kind: str) -> None:
    emulator.fault("unknown_type", frame=1, **options)
    assert outsiders.kinds(follow(emulator, 3)) == ["text", kind, "text"]


def test_a_ping_stays_without_a_pong(emulator: Emulator, socket: ClientConnection) -> None:
    emulator.fault("no_pong")
    outsiders.send(socket, {"type": "ping", "timestamp": 1})
    outsiders.send(socket, {"type": "ping", "timestamp": 2})
    assert outsiders.receive(socket)["timestamp"] == 2


def test_a_scenario_brings_its_own_faults() -> None:
    from wyseos.mate.emulator.scenario.scenario import parse_scenario

    steps = [
        {"text": "Message 1"},
        {"fault": {"kind": "duplicate", "frame": 2}},
        {"text": "Message 2"},
        {"result": "Fine"},
    ]
    scenario = parse_scenario({"faults": [{"kind": "reorder", "frame": 3}], "steps": steps})
    with Emulator(scenario, speed=0) as emulator:
        _, events = outsiders.play(emulator.base_url, emulator.api_key)
        armed = {fault.session_id for fault in emulator.faults.armed()}
        assert armed == set(emulator.sessions)
    assert texts(events) == ["1", "2", "2"]


def test_chaos_of_the_same_seed_strikes_at_the_same_events() -> None:
    def came() -> list[str]:
        with Emulator(speed=0, seed=3, chaos={"duplicate": 0.1, "lose": 0.1}) as emulator:
            return texts(follow(emulator, 300))

    first = came()
    assert first == came()
    assert len(set(first)) < 300 < int(first[-1]) + 100
