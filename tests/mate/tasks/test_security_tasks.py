"""The rows of the security page that a task's line can break."""

from __future__ import annotations

import asyncio
import inspect
import logging
import os
import pickle
import signal
import socket
import ssl
import subprocess
import sys
import traceback
from pathlib import Path
from typing import Any

import pytest
import trustme

from tests.mate.tasks.conftest import Run
from wyseos.mate.config import ClientOptions
from wyseos.mate.emulator import Emulator
from wyseos.mate.errors import ConfigError, WebSocketError
from wyseos.mate.tasks.io.connection import open_socket
from wyseos.mate.tasks.io.engine import address_of
from wyseos.mate.tasks.io.unopened import ConnectionEnded
from wyseos.mate.tasks.protocol.reconnect import Cause
from wyseos.mate.websocket import WebSocketClient

CANARY = "canary-key-7f3a"


@pytest.mark.wyseos(api_key=CANARY)
@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "cut", "frame": 3},
        {"kind": "stray", "frame": 3},
        {"kind": "handshake_status", "status": 401},
        {"kind": "handshake_redirect"},
        {"kind": "handshake_refuse"},
        {"kind": "close", "frame": 2, "code": 1008},
    ],
)
def test_row_1_no_logger_and_no_result_shows_the_key(
    wyseos_emulator: Emulator, run: Run, fault: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    wyseos_emulator.fault(**fault)
    with caplog.at_level(logging.DEBUG):
        logging.getLogger("websockets").setLevel(logging.DEBUG)
        events, result = run(wyseos_emulator)
    assert CANARY not in caplog.text
    assert CANARY not in repr((events, result))


@pytest.mark.wyseos(api_key=CANARY)
def test_row_1_an_error_does_not_carry_the_key(wyseos_emulator: Emulator) -> None:
    line = WebSocketClient(wyseos_emulator.base_url, CANARY, session_id="nowhere")
    with pytest.raises(WebSocketError) as failed:
        line.connect()
    told = traceback.TracebackException.from_exception(failed.value, capture_locals=True)
    assert CANARY not in "".join(told.format())
    assert CANARY.encode() not in pickle.dumps(failed.value)


def test_row_2_a_redirected_handshake_sends_nothing_to_the_other_place(wyseos_emulator: Emulator, run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as sink:
        sink.setblocking(False)
        wyseos_emulator.fault("handshake_redirect", location=f"http://127.0.0.1:{sink.getsockname()[1]}/")
        _, result = run(wyseos_emulator)
        assert "HTTP 307" in (result.error or "")
        with pytest.raises(BlockingIOError):
            sink.accept()


def test_row_3_a_key_in_the_clear_is_refused() -> None:
    with pytest.raises(ConfigError, match="allow_insecure"):
        WebSocketClient("http://example.com", "key")


async def test_row_4_an_untrusted_certificate_ends_it_at_once(tmp_path: Path) -> None:
    ours, theirs = trustme.CA(), trustme.CA()
    ours.cert_pem.write_to_path(tmp_path / "ca.pem")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    theirs.issue_cert("127.0.0.1").configure_cert(context)
    server = await asyncio.start_server(lambda reader, writer: writer.close(), "127.0.0.1", 0, ssl=context)
    async with server:
        port = server.sockets[0].getsockname()[1]
        options = ClientOptions("key", base_url=f"https://127.0.0.1:{port}", ca_bundle=str(tmp_path / "ca.pem"))
        with pytest.raises(ConnectionEnded) as ended:
            await open_socket(address_of(options, "s1", 1000))
    assert "certificate" in ended.value.ending.reason
    assert ended.value.ending.cause is Cause.BAD_CERTIFICATE


@pytest.mark.parametrize(
    ("base_url", "reason"),
    [("http://127.0.0.1:1", "no connection to"), ("http://does-not-exist.invalid", "is not known")],
)
async def test_what_cannot_be_reached_is_told_with_its_host(base_url: str, reason: str) -> None:
    options = ClientOptions("key", base_url=base_url, allow_insecure=True)
    with pytest.raises(ConnectionEnded, match=reason):
        await open_socket(address_of(options, "s1", 1000))


async def test_a_handshake_that_is_never_answered_times_out() -> None:
    from wyseos.runtime.records import evolve

    with socket.create_server(("127.0.0.1", 0)) as silent:
        options = ClientOptions("key", base_url=f"http://127.0.0.1:{silent.getsockname()[1]}")
        with pytest.raises(ConnectionEnded, match="did not answer"):
            await open_socket(evolve(address_of(options, "s1", 1000), timeout=0.05))


def test_row_5_an_id_cannot_leave_its_path() -> None:
    options = ClientOptions("key", base_url="http://127.0.0.1:1/base")
    assert address_of(options, "a/../b?c", 1).url == "ws://127.0.0.1:1/base/session/ws/a%2F..%2Fb%3Fc"


def test_row_8_compression_is_not_offered() -> None:
    from wyseos.mate.tasks.io import connection

    assert "compression=None" in inspect.getsource(connection.open_socket)


INTERRUPTED = """
import os, signal, threading, time
from wyseos.mate import Client
began = []
def interrupt():
    began.append(time.monotonic())
    os.kill(os.getpid(), signal.SIGINT)
try:
    with Client() as client:
        client.run("Find trends", on_event=lambda event: threading.Timer(0.05, interrupt).start())
except KeyboardInterrupt as error:
    print(time.monotonic() - began[0] < 10.0, *error.__notes__)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGINT") or os.name == "nt", reason="needs POSIX signals")
def test_fault_36_ctrl_c_gets_out_of_a_half_open_connection_long_before_it_is_known_to_be_dead(
    wyseos_emulator: Emulator,
) -> None:
    wyseos_emulator.fault("half_open", frame=1)
    environment = {
        **os.environ,
        "WYSEOS_BASE_URL": wyseos_emulator.base_url,
        "WYSEOS_API_KEY": wyseos_emulator.api_key,
    }
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED], env=environment, capture_output=True, text=True, timeout=30, check=False
    )
    [session] = wyseos_emulator.sessions
    assert done.stdout.startswith("True The session goes on without this program: client.attach(")
    assert session in done.stdout
