"""A server in a thread of its own: started and stopped at once."""

from __future__ import annotations

import gc
import logging
import socket
import threading
import time
import warnings

import httpx
import pytest

from tests.mate.emulator import outsiders
from wyseos.mate.emulator import Emulator
from wyseos.mate.emulator.server.loopback import LocalServer


def test_it_starts_within_300_ms_and_stops_as_fast() -> None:
    began = time.perf_counter()
    with Emulator():
        started = time.perf_counter() - began
    assert started < 0.3
    assert time.perf_counter() - began < 0.6


def test_closing_twice_does_nothing_and_leaves_no_thread() -> None:
    emulator = Emulator()
    emulator.close()
    emulator.close()
    assert [thread.name for thread in threading.enumerate() if thread.name == "wyseos emulator"] == []
    with pytest.raises(httpx.ConnectError):
        httpx.get(emulator.base_url)


def test_it_stops_at_once_while_a_session_waits_and_a_request_hangs(caplog: pytest.LogCaptureFixture) -> None:
    emulator = Emulator("patient")
    emulator.fault("slow", seconds=60, operation="list_teams")
    with outsiders.rest(emulator.base_url, emulator.api_key) as client:
        session_id = outsiders.create(client)
        with outsiders.line(emulator.base_url, session_id, emulator.api_key) as socket:
            outsiders.start(socket)
            outsiders.receive(socket)
            with pytest.raises(httpx.ReadTimeout):
                client.get("/team/lists", timeout=0.05)
            began = time.perf_counter()
            emulator.close()
    assert time.perf_counter() - began < 1
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


def test_what_is_accepted_just_as_it_stops_is_closed_as_well() -> None:
    server, late, stopping = LocalServer(app=None), list[socket.socket](), threading.Event()
    server.start()
    loop, stop = server._loop, server._stop
    assert loop is not None
    assert stop is not None

    def connect_and_stop() -> None:
        """Runs in the server's loop, which so takes the connections in the very turn in which it is stopped."""
        late.extend(socket.create_connection(("127.0.0.1", int(server.base_url.rpartition(":")[2]))) for _ in range(3))
        loop.call_soon(stop.set)
        stopping.set()

    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        loop.call_soon_threadsafe(connect_and_stop)
        assert stopping.wait(5)
        server.close()
        for connection in late:
            connection.close()
        gc.collect()
    assert [str(warning.message) for warning in told] == []
