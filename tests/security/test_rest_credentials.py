"""Rows 1 and 6 for REST: a credential shows nowhere, and injects nothing."""

from __future__ import annotations

import asyncio
import copy
import gzip
import logging
import os
import pickle
import re
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.calls import CANARY, read
from tests.support.faces import Ask, both_faces
from tests.support.raw_server import Connection, RawServer, envelope, http, ok
from wyseos.mate import (
    AsyncClient,
    Client,
    ClientOptions,
    ConfigError,
    NetworkError,
    WyseError,
    load_config,
)

# Row 1: a credential shows nowhere.


def echo_key(connection: Connection) -> None:
    """An error page that repeats what it was sent, as debug pages do."""
    connection.send(http(b"<html>" + connection.request.raw, status=500))


def reset(connection: Connection) -> None:
    connection.reset()


def shown_by(error: BaseException) -> str:
    """All that an error shows, with the locals of the SDK's frames; those of tests hold the key, being given it."""
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    ours = [frame for frame in frames if "/mate/wyseos/" in frame.f_code.co_filename]
    return f"{[frame.f_locals for frame in ours]} {error} {error!r} {vars(error)}"


@both_faces
@pytest.mark.parametrize("credential", ["api_key", "jwt_token"])
@pytest.mark.parametrize(
    "script",
    [
        echo_key,
        reset,
        envelope(4000, f"bad key {CANARY}"),
        http(f"<html>{CANARY}".encode()),
        http(status=302, headers={"Location": f"http://127.0.0.1:1/?api_key={CANARY}"}),
        http(gzip.compress(b"x" * 99)[:-20], headers={"Content-Encoding": "gzip"}),
        envelope(4000, "no", headers={"X-Request-Id": CANARY}),
    ],
)
def test_security_01_a_credential_shows_in_no_log_and_no_error(
    ask: Ask, credential: str, script: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    settings = {"api_key": None, credential: CANARY}
    with RawServer((script,)) as server, pytest.raises(WyseError) as caught:
        ask(read, base_url=server.base_url, max_retries=1, **settings)
    assert CANARY in server.requests[0].raw.decode("latin-1")
    assert CANARY not in caplog.text
    assert CANARY not in shown_by(caught.value)
    assert CANARY.encode() not in pickle.dumps(caught.value)


@both_faces
def test_security_01_no_frame_of_a_library_below_is_in_the_traceback(ask: Ask) -> None:
    """Those frames hold the request's bytes in their locals."""
    with RawServer((reset,)) as server, pytest.raises(NetworkError) as caught:
        ask(read, base_url=server.base_url, max_retries=0)
    files = [frame.f_code.co_filename for frame, _ in traceback.walk_tb(caught.value.__traceback__)]
    assert [name for name in files if re.search(r"/(httpx|httpcore|h11|anyio)/", name)] == []
    assert (caught.value.__context__, caught.value.__cause__) == (None, None)
    assert getattr(caught.value.cause, "__traceback__", None) is None


def test_security_01_a_cancelled_call_shows_no_frame_of_a_library_either() -> None:
    async def main(base_url: str) -> BaseException | None:
        async with AsyncClient(api_key=CANARY, base_url=base_url) as client:
            waiting = asyncio.create_task(client.session.get_info("s-1"))
            await asyncio.to_thread(server.arrived.wait, 10)
            waiting.cancel()
            (outcome,) = await asyncio.gather(waiting, return_exceptions=True)
            return outcome if isinstance(outcome, BaseException) else None

    with RawServer((lambda connection: connection.hang(),)) as server:
        error = asyncio.run(main(server.base_url))
    assert isinstance(error, asyncio.CancelledError)
    files = [frame.f_code.co_filename for frame, _ in traceback.walk_tb(error.__traceback__)]
    assert [name for name in files if re.search(r"/(httpx|httpcore|h11|anyio)/", name)] == []


def test_security_01_an_interrupted_call_shows_no_frame_of_what_lies_below() -> None:
    def interrupt(request: httpx.Request) -> httpx.Response:
        raise KeyboardInterrupt

    transport = httpx.MockTransport(interrupt)
    with Client(api_key=CANARY, transport=transport) as client, pytest.raises(KeyboardInterrupt) as caught:
        read(client)
    frames = [frame for frame, _ in traceback.walk_tb(caught.value.__traceback__)]
    assert "interrupt" not in [frame.f_code.co_name for frame in frames]


def test_security_01_frames_that_hold_the_header_print_it_masked() -> None:
    """What we do not catch passes through frames whose locals many a crash reporter prints."""

    def crash(request: httpx.Request) -> httpx.Response:
        headers = request.headers.raw
        raise ZeroDivisionError(len(headers))

    transport = httpx.MockTransport(crash)
    with Client(api_key=CANARY, transport=transport) as client, pytest.raises(ZeroDivisionError) as caught:
        read(client)
    frames = [frame for frame, _ in traceback.walk_tb(caught.value.__traceback__)]
    assert "***" in repr(frames[-1].f_locals)
    assert CANARY not in repr(frames[-1].f_locals)


@both_faces
def test_security_01_the_query_of_a_url_is_in_no_log(ask: Ask, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with RawServer((ok([]),)) as server:
        ask(lambda client: client.request("GET", "/new", query={"q": CANARY}), base_url=server.base_url)
    assert server.requests[0].query == {"q": CANARY}
    assert CANARY not in caplog.text


def test_security_01_settings_print_copy_and_explain_without_their_secrets() -> None:
    options = ClientOptions(api_key=CANARY, jwt_token=CANARY, proxy=f"http://user:{CANARY}@127.0.0.1:3128")
    shown = f"{options!r} {options} {options.explain()} {vars(options)} {Client(options)!r} {copy.deepcopy(options)!r}"
    assert CANARY not in shown
    assert options.api_key == CANARY


def test_security_01_settings_are_not_pickled() -> None:
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(ClientOptions(api_key=CANARY))


def from_arguments(path: Path) -> None:
    ClientOptions(api_key=CANARY, timeout=0)


def from_environment(path: Path) -> None:
    os.environ["WYSEOS_API_KEY"] = CANARY
    ClientOptions(timeout=0)


@pytest.mark.parametrize("make", [from_arguments, from_environment, load_config])
def test_security_01_a_wrong_setting_shows_no_key_in_its_traceback(
    make: Callable[[Path], Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("WYSEOS_API_KEY", "")  # given back after the test
    path = tmp_path / "mate.yaml"
    path.write_text(f"mate: {{api_key: {CANARY}, timeout: 0}}")
    with pytest.raises(ConfigError, match="timeout") as caught:
        make(path)
    assert CANARY not in shown_by(caught.value)


@pytest.mark.parametrize("name", ["httpx", "httpcore"])
def test_security_01_the_logs_of_other_users_of_httpx_are_left_alone(name: str) -> None:
    """Only our own requests are kept out."""
    record = logging.LogRecord(f"{name}.http11", logging.DEBUG, "", 0, "theirs", (), None)
    assert logging.getLogger(f"{name}.http11").filter(record)


# Row 6: no header through a key.


@pytest.mark.parametrize("bad", [f"{CANARY}\r\nX-Evil: 1", f"{CANARY}\n", f"{CANARY}\x00", f"{CANARY}é", f" {CANARY}"])
@pytest.mark.parametrize("name", ["api_key", "jwt_token"])
def test_security_06_a_key_with_a_line_end_is_refused_and_not_quoted(name: str, bad: str) -> None:
    settings: dict[str, Any] = {name: bad}
    with pytest.raises(ConfigError) as caught:
        ClientOptions(**settings)
    assert name == caught.value.field
    assert CANARY not in str(caught.value)


def test_security_06_a_token_function_is_held_to_the_same() -> None:
    with Client(jwt_token=lambda: f"{CANARY}\r\nX-Evil: 1") as client, pytest.raises(ConfigError) as caught:
        read(client)
    assert CANARY not in str(caught.value)


@pytest.mark.parametrize(
    "headers", [{"X-A": "a\r\nX-Evil: 1"}, {"X-A\r\n": "a"}, {"X-A": "a\x00"}, {"x-api-key": "k"}, {"": ""}]
)
def test_security_06_an_extra_header_is_held_to_the_same(headers: dict[str, str]) -> None:
    with pytest.raises(ConfigError):
        ClientOptions(headers=headers)


@both_faces
def test_security_06_a_query_cannot_be_injected(ask: Ask) -> None:
    with RawServer((ok({"data": []}),)) as server:
        ask(lambda client: client.session.get_messages("a&role=x\r\n#é"), base_url=server.base_url)
    assert server.requests[0].query["session_id"] == "a&role=x\r\n#é"
    assert "role" not in server.requests[0].query
