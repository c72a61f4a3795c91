"""The documented `WebSocketClient` by itself: messages as dicts, over a connection that lives through cuts."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from wyseos.mate import Client, ClientOptions
from wyseos.mate.emulator import Emulator
from wyseos.mate.errors import ConfigError, ValidationError, WebSocketError, WyseError
from wyseos.mate.models import CreateSessionRequest
from wyseos.mate.rest.warmup import THREAD as LOADING
from wyseos.mate.websocket import WebSocketClient

START = {"type": "start", "data": {"messages": [{"type": "task", "content": "Find trends"}]}}


class Heard:
    """What the handlers were called with."""

    def __init__(self, line: WebSocketClient, *, answers: bool = True) -> None:
        self.messages: list[dict[str, Any]] = []
        self.calls: list[str] = []
        self.errors: list[WebSocketError] = []
        self.over = threading.Event()
        self.gone = threading.Event()
        line.set_message_handler(self._message)
        line.set_connect_handler(lambda: self.calls.append("connect"))
        line.set_disconnect_handler(self._disconnect)
        line.set_error_handler(self.errors.append)
        self._line = line
        self._answers = answers

    def _message(self, message: dict[str, Any]) -> None:
        self.messages.append(message)
        if message["type"] == "input" and self._answers:
            answer = {"input_type": "plan", "request_id": message["message"]["data"]["request_id"]}
            self._line.send_message({"type": "input", "data": {**answer, "response": {"accepted": True}}})
        if message["type"] == "task_result":
            self.over.set()

    def _disconnect(self) -> None:
        self.calls.append("disconnect")
        self.gone.set()


@pytest.fixture
def line(wyseos_emulator: Emulator) -> Iterator[WebSocketClient]:
    with Client(base_url=wyseos_emulator.base_url, api_key=wyseos_emulator.api_key) as client:
        session_id = client.session.create(CreateSessionRequest(task="Find trends")).session_id
    line = WebSocketClient(wyseos_emulator.base_url, wyseos_emulator.api_key, session_id=session_id)
    yield line
    line.disconnect()


def test_messages_are_sent_and_received_as_dicts(line: WebSocketClient, wyseos_emulator: Emulator) -> None:
    heard = Heard(line)
    line.connect()
    assert line.connected
    line.send_message(START)
    assert heard.over.wait(10)
    line.disconnect()
    assert heard.gone.wait(10)
    [session] = wyseos_emulator.sessions.values()
    kept = [message for message in session.messages if message.get("source_component") != "user"]
    assert heard.messages[:20] == kept[:20]
    assert heard.calls == ["connect", "disconnect"]
    assert wyseos_emulator.violations == []


def test_a_cut_is_mended_without_a_word(line: WebSocketClient, wyseos_emulator: Emulator) -> None:
    wyseos_emulator.fault("cut", frame=8)
    heard = Heard(line)
    line.connect()
    line.send_message(START)
    assert heard.over.wait(10)
    assert len({message["message_id"] for message in heard.messages}) == len(heard.messages)
    assert heard.calls == ["connect"]


def test_stop_pause_and_ping_are_messages_too(line: WebSocketClient, wyseos_emulator: Emulator) -> None:
    line.connect(line.session_id)
    line.connect()
    for send in (line.send_ping, line.send_pause, line.send_stop):
        send()
    assert wyseos_emulator.violations == []


def test_without_a_connection_nothing_can_be_sent(line: WebSocketClient) -> None:
    with pytest.raises(WebSocketError, match="not open"):
        line.send_ping()
    line.disconnect()
    assert not line.connected


def test_a_connection_that_cannot_be_opened_is_an_error_that_tells_why(wyseos_emulator: Emulator) -> None:
    line = WebSocketClient(wyseos_emulator.base_url, wyseos_emulator.api_key, session_id="nowhere")
    with pytest.raises(WebSocketError, match="HTTP 404") as failed:
        line.connect()
    assert failed.value.session_id == "nowhere"
    assert not line.connected


def test_a_refused_connection_is_told_to_the_error_handler_as_well(wyseos_emulator: Emulator) -> None:
    line = WebSocketClient(wyseos_emulator.base_url, "wrong", "s1")
    heard = Heard(line)
    with pytest.raises(WebSocketError) as caught:
        line.connect()
    assert heard.errors == [caught.value]
    assert heard.calls == []


def test_a_session_without_an_id_and_a_wrong_address_are_refused() -> None:
    before = set(threading.enumerate())
    with pytest.raises(ValidationError):
        WebSocketClient("http://127.0.0.1:1", "key").connect()
    assert set(threading.enumerate()) <= before
    with pytest.raises(ConfigError):
        WebSocketClient("ftp://127.0.0.1", "key")


def test_a_connection_that_breaks_for_good_is_told_to_the_error_handler(
    line: WebSocketClient, wyseos_emulator: Emulator
) -> None:
    wyseos_emulator.fault("close", frame=1, code=1008, reason="policy")
    heard = Heard(line, answers=False)
    line.connect()
    line.send_message(START)
    assert heard.gone.wait(10)
    assert [error.message for error in heard.errors] == ["the service closed the connection with code 1008: policy"]
    assert heard.calls == ["connect", "disconnect"]


def test_what_a_handler_raises_closes_the_connection_and_is_told_as_any_threads_exception(
    line: WebSocketClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = threading.Event()
    raised: list[Any] = []

    def hook(arguments: Any) -> None:
        raised.append(arguments.exc_type)
        told.set()

    def fails(_: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(threading, "excepthook", hook)
    line.set_message_handler(fails)
    line.connect()
    line.send_message(START)
    assert told.wait(10)
    assert (raised, line.connected) == ([ZeroDivisionError], False)


def raises() -> Any:
    raise LookupError("of the user's own")


@pytest.mark.parametrize("fails", ["token function", "bad token", "certificates", "connect handler"])
def test_a_connection_that_fails_by_the_users_own_doing_tells_it_and_leaves_nothing_behind(
    wyseos_emulator: Emulator, tmp_path: Path, fails: str
) -> None:
    (tmp_path / "bad.pem").write_text("nonsense")
    base_url, key = wyseos_emulator.base_url, wyseos_emulator.api_key
    options = {
        "token function": lambda: ClientOptions(jwt_token=raises, base_url=base_url),
        "bad token": lambda: ClientOptions(jwt_token=lambda: 5, base_url=base_url),  # type: ignore[arg-type,return-value]
        "certificates": lambda: ClientOptions(key, base_url="https://127.0.0.1:1", ca_bundle=tmp_path / "bad.pem"),
        "connect handler": lambda: ClientOptions(key, base_url=base_url),
    }[fails]()
    before = set(threading.enumerate())
    line = WebSocketClient(options=options, session_id="session_01")
    if fails == "connect handler":
        line.set_connect_handler(raises)
    with pytest.raises((LookupError, WyseError)):
        line.connect()
    for thread in threading.enumerate():
        if thread.name == LOADING:
            thread.join(60)  # it ends by itself, and nobody waits for it
    assert (line.connected, set(threading.enumerate()) - before) == (False, set())
