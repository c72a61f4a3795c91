"""Faults of REST and of the handshake, fault by fault, on real sockets."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from websockets.exceptions import InvalidHandshake, InvalidStatus

from tests.mate.emulator import outsiders
from wyseos.mate.emulator import Emulator


def teams(client: httpx.Client) -> httpx.Response:
    return client.get("/team/lists")


def test_a_status_with_retry_after_and_an_envelope(emulator: Emulator, client: httpx.Client) -> None:
    fault = emulator.fault("status", status=429, code=4201, retry_after=3, msg="slowly", operation="list_teams")
    answer = teams(client)

    assert (answer.status_code, answer.headers["retry-after"]) == (429, "3")
    assert answer.json() == {"code": 4201, "msg": "slowly", "data": None}
    assert (teams(client).status_code, fault.hits) == (200, 1)


def test_a_status_with_a_page_of_a_proxy(emulator: Emulator, client: httpx.Client) -> None:
    emulator.fault("status", status=502, html=True, msg="<bad>")
    answer = teams(client)
    assert (answer.status_code, answer.headers["content-type"]) == (502, "text/html; charset=utf-8")
    assert "502 &lt;bad&gt;" in answer.text


def test_a_code_under_http_200(emulator: Emulator, client: httpx.Client) -> None:
    emulator.fault("status", status=200, code=4200)
    assert (teams(client).status_code, emulator.faults.armed()[0].hits) == (200, 1)


@pytest.mark.parametrize(("taken", "sessions"), [(False, 0), (True, 1)])
def test_a_failed_request_can_have_been_taken(
    emulator: Emulator, client: httpx.Client, taken: bool, sessions: int
) -> None:
    emulator.fault("status", operation="create_session", taken=taken)
    assert client.post("/session/create", json={"task": "One"}).status_code == 503
    assert len(emulator.sessions) == sessions


def test_an_answer_that_is_not_json(emulator: Emulator, client: httpx.Client) -> None:
    emulator.fault("not_json", text="<html>")
    assert teams(client).text == "<html>"


def test_an_answer_of_another_shape(emulator: Emulator, client: httpx.Client) -> None:
    emulator.fault("wrong_shape", data=[1])
    assert teams(client).json()["data"] == [1]


def test_a_redirect(emulator: Emulator, client: httpx.Client) -> None:
    emulator.fault("redirect", location="http://127.0.0.1:1/")
    answer = teams(client)
    assert (answer.status_code, answer.headers["location"]) == (307, "http://127.0.0.1:1/")


def test_a_lost_history(emulator: Emulator, client: httpx.Client) -> None:
    session_id, events = outsiders.play(emulator.base_url, emulator.api_key, scenario="rich_skill")
    emulator.fault("lost_history", times=2)
    edges = {
        "session_id": session_id,
        "from_message_id": events[0]["message_id"],
        "to_message_id": events[1]["message_id"],
    }

    assert teams(client).json()["data"]["total"] == 3
    assert client.get("/session/message/lists", params={"session_id": session_id}).json()["data"]["data"] == []
    assert client.get("/session/message/between", params=edges).json()["data"] == []
    assert len(client.get("/session/message/between", params=edges).json()["data"]) == 2


def test_an_answer_with_the_live_services_quirks(emulator: Emulator, client: httpx.Client) -> None:
    emulator.fault("quirks", times=0)
    product = client.post("/dashboard/product/create", json={"product": "Notes"}).json()["data"]
    session_id, _ = outsiders.play(emulator.base_url, emulator.api_key, scenario="short")
    session = client.get(f"/session/info/{session_id}").json()["data"]
    (team, *_) = teams(client).json()["data"]["data"]

    assert isinstance(product["product_id"], int)
    assert (session["status"], session["updated_at"], session["intent_id"]) == ("released", "", None)
    assert {"avatar", "model"} & team.keys() == set()
    assert team["agents"][0]["undocumented"] == {"seen": True}


def test_a_late_answer_outlasts_a_short_patience(emulator: Emulator, client: httpx.Client) -> None:
    emulator.fault("slow", seconds=30)
    with pytest.raises(httpx.ReadTimeout):
        client.get("/team/lists", timeout=0.1)
    emulator.fault("slow", seconds=0)
    assert teams(client).status_code == 200


def test_a_body_that_drips_comes_in_pieces(emulator: Emulator, client: httpx.Client) -> None:
    whole = teams(client).content
    emulator.fault("drip", bytes=500, seconds=0.01)
    with client.stream("GET", "/team/lists") as answer:
        pieces = list(answer.iter_raw())
    assert (b"".join(pieces), len(pieces) > 3) == (whole, True)


@pytest.mark.parametrize("byte", [0, 1, 100])
def test_a_body_is_cut_at_the_byte(emulator: Emulator, client: httpx.Client, byte: int) -> None:
    whole = teams(client).content
    emulator.fault("cut_body", byte=byte)
    came: list[bytes] = []
    with client.stream("GET", "/team/lists") as answer:
        assert answer.headers["content-length"] == str(len(whole))
        with pytest.raises(httpx.RemoteProtocolError):
            came.extend(answer.iter_raw())
    assert b"".join(came) == whole[:byte]


@pytest.mark.parametrize(("reset", "expected"), [(False, httpx.RemoteProtocolError), (True, httpx.ReadError)])
def test_a_connection_that_is_closed_without_an_answer(
    emulator: Emulator, client: httpx.Client, reset: bool, expected: type[Exception]
) -> None:
    emulator.fault("refuse", reset=reset)
    with pytest.raises(expected):
        teams(client)
    assert teams(client).status_code == 200


def test_a_request_that_is_never_answered(emulator: Emulator, client: httpx.Client) -> None:
    fault = emulator.fault("hang", operation="create_session", taken=True)
    with pytest.raises(httpx.ReadTimeout):
        client.post("/session/create", json={"task": "One"}, timeout=0.1)
    assert (len(emulator.sessions), fault.hits) == (1, 1)


# ---- the handshake


def shake(emulator: Emulator, client: httpx.Client) -> None:
    with outsiders.line(emulator.base_url, outsiders.create(client), emulator.api_key) as socket:
        outsiders.send(socket, {"type": "ping", "timestamp": 1})
        assert outsiders.receive(socket)["type"] == "pong"


@pytest.mark.parametrize("options", [{"status": 503, "retry_after": 2}, {"status": 502, "html": True}])
def test_a_handshake_that_is_refused(emulator: Emulator, client: httpx.Client, options: dict[str, Any]) -> None:
    emulator.fault("handshake_status", **options)
    with pytest.raises(InvalidStatus) as refused:
        shake(emulator, client)
    answer = refused.value.response
    assert (answer.status_code, answer.headers.get("retry-after")) == (
        options["status"],
        "2" if "retry_after" in options else None,
    )
    shake(emulator, client)


def test_a_handshake_that_is_redirected(emulator: Emulator, client: httpx.Client) -> None:
    emulator.fault("handshake_redirect", location="http://127.0.0.1:1/there")
    session_id = outsiders.create(client)
    with outsiders.bare_handshake(emulator.base_url, session_id, emulator.api_key) as bare:
        head = bare.recv(4096).decode()
    assert head.startswith("HTTP/1.1 307")
    assert "location: http://127.0.0.1:1/there" in head


@pytest.mark.parametrize("reset", [False, True])
def test_a_handshake_that_is_cut_off(emulator: Emulator, client: httpx.Client, reset: bool) -> None:
    emulator.fault("handshake_refuse", reset=reset)
    with pytest.raises((InvalidHandshake, EOFError, ConnectionResetError)):
        shake(emulator, client)
    shake(emulator, client)


def test_a_handshake_that_is_never_answered(emulator: Emulator, client: httpx.Client) -> None:
    fault = emulator.fault("handshake_hang")
    session_id = outsiders.create(client)
    with outsiders.bare_handshake(emulator.base_url, session_id, emulator.api_key) as bare:
        bare.settimeout(0.1)
        with pytest.raises(TimeoutError):
            bare.recv(1)
    assert fault.hits == 1
    shake(emulator, client)
