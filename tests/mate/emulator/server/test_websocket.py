"""What a connection does with each message of a client, and with what is none."""

from __future__ import annotations

import json
import logging
from typing import Any

import httpx
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect

from tests.mate.emulator import outsiders
from wyseos.mate.emulator import Emulator


def opened(emulator: Emulator, client: httpx.Client, **more: Any) -> tuple[str, ClientConnection]:
    session_id = outsiders.create(client, **more)
    return session_id, outsiders.line(emulator.base_url, session_id, emulator.api_key)


def status(client: httpx.Client, session_id: str) -> str:
    return str(client.get(f"/session/info/{session_id}").json()["data"]["status"])


def until(socket: ClientConnection, kind: str) -> dict[str, Any]:
    while True:
        event = outsiders.receive(socket)
        if event["type"] == kind:
            return event


def test_a_ping_is_answered_with_its_own_timestamp(emulator: Emulator, client: httpx.Client) -> None:
    _, socket = opened(emulator, client)
    with socket:
        outsiders.send(socket, {"type": "ping", "timestamp": 1748764800000})
        assert outsiders.receive(socket) == {"type": "pong", "timestamp": 1748764800000}


def test_a_refused_plan_comes_back_changed(emulator: Emulator, client: httpx.Client) -> None:
    _, socket = opened(emulator, client)
    with socket:
        outsiders.start(socket)
        asked = until(socket, "input")["message"]["data"]["request_id"]
        refusal = {"accepted": False, "content": "Look at prices as well"}
        outsiders.send(
            socket, {"type": "input", "data": {"input_type": "plan", "request_id": asked, "response": refusal}}
        )
        changed = outsiders.receive(socket)
        again = outsiders.receive(socket)

    assert changed["message"]["type"] == "update_plan"
    assert changed["message"]["data"][-1]["title"] == "Look at prices as well"
    assert again["type"] == "input"
    assert again["message"]["data"]["request_id"] != asked


def test_an_edited_plan_is_the_one_that_is_worked_on(emulator: Emulator, client: httpx.Client) -> None:
    _, socket = opened(emulator, client)
    edited = [{"id": "7", "title": "Just this", "status": "not_started"}]
    with socket:
        outsiders.start(socket)
        asked = until(socket, "input")["message"]["data"]["request_id"]
        response = {"accepted": True, "plan": edited}
        outsiders.send(
            socket, {"type": "input", "data": {"input_type": "plan", "request_id": asked, "response": response}}
        )
        rest = list(outsiders.events(socket))

    updates = [event["message"]["data"] for event in rest if event["type"] == "plan"]
    assert updates == [
        {"id": "7", "status": "in_progress", "title": "Just this"},
        {"id": "7", "status": "done", "title": "Just this"},
    ]


@pytest.mark.parametrize("input_type", ["plan", "x_confirm"])
def test_a_refused_x_confirm_leaves_the_action_undone(
    emulator: Emulator, client: httpx.Client, input_type: str
) -> None:
    _, socket = opened(emulator, client)
    with socket:
        outsiders.start(socket, scenario="rich_x_browser_action")
        asked = until(socket, "input")
        data = {
            "input_type": input_type,
            "request_id": asked["message"]["data"]["request_id"],
            "response": {"accepted": False},
        }
        outsiders.send(socket, {"type": "input", "data": data})
        names = outsiders.kinds(list(outsiders.events(socket)))

    assert asked["message"]["type"] == "x_confirm"
    assert names == ["text", "task_result/task_result"]


def test_a_plan_is_not_answered_as_an_x_confirm(emulator: Emulator, client: httpx.Client) -> None:
    _, socket = opened(emulator, client)
    with socket:
        outsiders.start(socket)
        request_id = until(socket, "input")["message"]["data"]["request_id"]
        data = {"input_type": "x_confirm", "request_id": request_id, "response": {"accepted": True}}
        outsiders.send(socket, {"type": "input", "data": data})
        assert until(socket, "error")["code"] == 4000


def test_stop_ends_the_session_with_a_stopped_result(emulator: Emulator, client: httpx.Client) -> None:
    session_id, socket = opened(emulator, client)
    with socket:
        outsiders.start(socket)
        until(socket, "input")
        outsiders.send(socket, {"type": "stop", "reason": "enough"})
        result = until(socket, "task_result")

    assert result["message"]["data"] == {"status": "stopped"}
    assert status(client, session_id) == "stopped"


def test_pause_holds_the_session_until_a_start(emulator: Emulator, client: httpx.Client) -> None:
    session_id, socket = opened(emulator, client)
    with socket:
        outsiders.start(socket, scenario="questions")
        first = until(socket, "input")
        outsiders.send(socket, {"type": "pause"})
        outsiders.answer(socket, first, None)
        # The pong comes after all that the pause let through.
        outsiders.send(socket, {"type": "ping", "timestamp": 1})
        assert outsiders.receive(socket)["type"] == "pong"
        assert status(client, session_id) == "paused"

        outsiders.start(socket)
        assert list(outsiders.events(socket))[-1]["type"] == "task_result"
    assert emulator.violations == []


@pytest.mark.parametrize(
    ("message", "where", "field"),
    [
        ({"type": "start", "data": {"messages": []}}, "message start", "data.messages"),
        ({"type": "start", "data": {"messages": [{"type": "task"}]}}, "message start", "data.messages.0.content"),
        ({"type": "input", "data": {"input_type": "voice"}}, "message input", "data.input_type"),
        ({"type": "input", "data": {"input_type": "text", "request_id": "r"}}, "message input", "data.text"),
        (
            {"type": "input", "data": {"input_type": "text", "request_id": "r", "text": ""}},
            "message input",
            "data.request_id",
        ),
        ({"type": "ping"}, "message ping", "timestamp"),
        ({"type": "sing"}, "message sing", "type"),
        ({"type": 5}, "message 5", "type"),
        ([1], "message", ""),
    ],
)
def test_what_the_schema_does_not_allow_is_answered_with_4000_and_the_field(
    emulator: Emulator, client: httpx.Client, message: Any, where: str, field: str
) -> None:
    session_id, socket = opened(emulator, client)
    with socket:
        socket.send(json.dumps(message))
        error = outsiders.receive(socket)

    (violation,) = emulator.violations
    assert (error["type"], error["code"]) == ("error", 4000)
    assert error["error"].startswith(field)
    assert (violation.where, violation.field, violation.session_id) == (where, field, session_id)
    assert str(violation).startswith(where)


@pytest.mark.parametrize("frame", ["", "{", "[" * 100_000, b"\x00binary"])
def test_a_frame_that_is_no_json_object_is_a_violation(
    emulator: Emulator, client: httpx.Client, frame: str | bytes
) -> None:
    _, socket = opened(emulator, client)
    with socket:
        socket.send(frame)
        assert outsiders.receive(socket)["code"] == 4000
    assert len(emulator.violations) == 1


def test_a_second_start_while_at_work_is_a_violation(emulator: Emulator, client: httpx.Client) -> None:
    session_id, socket = opened(emulator, client)
    with socket:
        outsiders.start(socket)
        until(socket, "input")
        outsiders.start(socket)
        assert outsiders.receive(socket)["code"] == 4000

    assert len(emulator.sessions[session_id].starts) == 2
    assert [violation.where for violation in emulator.violations] == ["message start"]


def test_an_answer_of_the_wrong_kind_or_to_another_question_is_a_violation(
    emulator: Emulator, client: httpx.Client
) -> None:
    _, socket = opened(emulator, client)
    with socket:
        outsiders.start(socket)
        asked = until(socket, "input")["message"]["data"]["request_id"]
        outsiders.send(socket, {"type": "input", "data": {"input_type": "text", "request_id": asked, "text": "Yes"}})
        outsiders.send(socket, {"type": "input", "data": {"input_type": "text", "request_id": "req_0", "text": "Yes"}})
        assert [outsiders.receive(socket)["code"] for _ in range(2)] == [4000, 4000]
    assert [violation.field for violation in emulator.violations] == ["data.input_type", "data.request_id"]


def test_a_scenario_that_is_not_there_is_a_violation_that_names_the_others(
    emulator: Emulator, client: httpx.Client
) -> None:
    session_id, socket = opened(emulator, client)
    with socket:
        outsiders.start(socket, scenario="nonsense")
        assert "deep_search" in outsiders.receive(socket)["error"]
    assert status(client, session_id) == "created"


def test_a_scenario_can_be_chosen_when_the_session_is_made(emulator: Emulator, client: httpx.Client) -> None:
    _, socket = opened(emulator, client, extra={"scenario": "short"})
    with socket:
        outsiders.start(socket)
        assert outsiders.receive(socket)["type"] == "task_result"


def test_the_work_goes_on_while_no_one_listens(emulator: Emulator, client: httpx.Client) -> None:
    session_id, socket = opened(emulator, client)
    with socket:
        outsiders.start(socket, scenario="long")
        outsiders.receive(socket)
    assert outsiders.outcome(client, session_id) == "complete"
    found = client.get("/session/message/lists", params={"session_id": session_id, "sort_order": "DESC"}).json()["data"]
    assert found["total"] == 1002
    assert found["data"][0]["type"] == "task_result"


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?api_key=wrong",
        "?authorization=wrong",
        "?authorization=Bearer%20{jwt}",
        "?api_key={key}&authorization=wrong",
        "?x-api-key={key}",
    ],
)
def test_a_connection_without_a_right_key_in_its_query_is_refused_with_401(
    emulator: Emulator, client: httpx.Client, query: str
) -> None:
    session_id = outsiders.create(client)
    address = f"{emulator.base_url.replace('http', 'ws')}/session/ws/{session_id}"
    query = query.format(jwt=emulator.jwt_token, key=emulator.api_key)

    with (
        pytest.raises(InvalidStatus) as refused,
        connect(address + query, logger=outsiders.SILENT, additional_headers={"x-api-key": emulator.api_key}),
    ):
        raise AssertionError("the connection was opened")

    assert refused.value.response.status_code == 401


def test_a_jwt_in_the_query_opens_the_connection(emulator: Emulator, client: httpx.Client) -> None:
    session_id = outsiders.create(client)
    address = f"{emulator.base_url.replace('http', 'ws')}/session/ws/{session_id}?authorization={emulator.jwt_token}"
    with connect(address, logger=outsiders.SILENT) as socket:
        outsiders.send(socket, {"type": "ping", "timestamp": 1})
        assert outsiders.receive(socket)["type"] == "pong"


def test_a_connection_to_an_unknown_session_is_refused_with_404(
    emulator: Emulator, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(InvalidStatus) as refused, outsiders.line(emulator.base_url, "session_0", emulator.api_key):
        raise AssertionError("the connection was opened")
    assert refused.value.response.status_code == 404
    assert json.loads(refused.value.response.body)["code"] == 4203
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []
