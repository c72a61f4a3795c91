"""The rows of the fault table about connections, times and places of REST calls, on real sockets, for both clients."""

from __future__ import annotations

import asyncio
import gzip
import socket
import ssl
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import trustme

from tests.support.calls import SESSION, read, write
from tests.support.faces import Ask, Do, both_faces
from tests.support.raw_server import PATIENCE, Connection, RawServer, Script, http, ok
from wyseos.mate import AsyncClient, Client, NetworkError
from wyseos.mate.client import Request
from wyseos.mate.files import NamedFile
from wyseos.mate.rest.retry import Failure


def unused_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


def reset(connection: Connection) -> None:
    connection.reset()


def hang(connection: Connection) -> None:
    connection.hang()


def cut_body(connection: Connection) -> None:
    connection.send(http(b'{"code": 0', length=400))
    connection.sock.shutdown(socket.SHUT_RDWR)


@both_faces
@pytest.mark.parametrize("do", [read, write])
def test_fault_01_a_refused_connection_is_tried_again_then_told(ask: Ask, do: Do) -> None:
    with pytest.raises(NetworkError) as caught:
        ask(do, base_url=f"http://127.0.0.1:{unused_port()}", max_retries=2)
    assert (caught.value.fault, caught.value.may_have_been_taken, caught.value.retryable) == (
        Failure.REFUSED,
        False,
        True,
    )


@both_faces
def test_fault_01_a_service_that_comes_back_is_reached(ask: Ask) -> None:
    """The first try finds nobody; a hook starts the server before the second one."""
    port = unused_port()
    servers: list[RawServer] = []

    def start_before_second_try(request: Request) -> None:
        if request.attempt == 2:
            servers.append(RawServer((ok(SESSION),), port=port))

    try:
        info = ask(read, base_url=f"http://127.0.0.1:{port}", before_request=start_before_second_try)
    finally:
        for server in servers:
            server.close()
    assert info.session_id == "s-1"


@both_faces
def test_fault_02_an_unknown_host_is_named_after_at_most_two_more_tries(ask: Ask) -> None:
    attempts: list[int] = []
    with pytest.raises(NetworkError, match=r"nowhere\.invalid") as caught:
        ask(
            read,
            base_url="https://nowhere.invalid",
            max_retries=9,
            before_request=lambda request: attempts.append(request.attempt),
        )
    assert (caught.value.fault, attempts) == (Failure.UNKNOWN_HOST, [1, 2, 3])


def server_context(authority: trustme.CA, *names: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names).configure_cert(context)
    return context


@both_faces
def test_fault_03_a_bad_certificate_is_told_and_not_tried_again(ask: Ask) -> None:
    attempts: list[int] = []
    with (
        RawServer((ok(SESSION),), tls=server_context(trustme.CA(), "127.0.0.1")) as server,
        pytest.raises(NetworkError, match="certificate") as caught,
    ):
        ask(read, base_url=server.base_url, before_request=lambda request: attempts.append(request.attempt))
    assert (caught.value.fault, attempts, server.requests) == (Failure.CERTIFICATE, [1], [])


@both_faces
def test_fault_03_the_authority_in_ca_bundle_is_trusted(ask: Ask, tmp_path: Path) -> None:
    authority, bundle = trustme.CA(), tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(bundle))
    with RawServer((ok(SESSION),), tls=server_context(authority, "127.0.0.1")) as server:
        assert ask(read, base_url=server.base_url, ca_bundle=bundle).session_id == "s-1"


@both_faces
def test_fault_04_a_connection_that_does_not_come_about_in_time_is_tried_again(ask: Ask) -> None:
    """The TLS handshake never ends: the server takes the connection and says nothing."""
    attempts: list[int] = []
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(NetworkError) as caught:
        ask(
            write,
            base_url=f"https://127.0.0.1:{silent.getsockname()[1]}",
            timeout=1,
            max_retries=1,
            before_request=lambda request: attempts.append(request.attempt),
        )
    assert (
        caught.value.fault,
        caught.value.may_have_been_taken,
        attempts,
    ) == (Failure.CONNECT_TIMEOUT, False, [1, 2])


@both_faces
def test_fault_05_a_read_timeout_of_a_get_is_tried_again(ask: Ask) -> None:
    with RawServer((hang, ok(SESSION))) as server:
        assert ask(read, base_url=server.base_url, timeout=1).session_id == "s-1"
    assert len(server.requests) == 2


@both_faces
def test_fault_05_a_read_timeout_of_a_post_is_not_and_may_have_been_taken(ask: Ask) -> None:
    with RawServer((hang,)) as server, pytest.raises(NetworkError) as caught:
        ask(write, base_url=server.base_url, timeout=1)
    assert (caught.value.fault, caught.value.may_have_been_taken, len(server.requests)) == (
        Failure.TIMED_OUT,
        True,
        1,
    )
    assert "may have" in str(caught.value)


def drip_body(connection: Connection) -> None:
    connection.send(http(length=10_000))
    connection.drip(b" " * 10_000, pause=0.02)


def drip_head(connection: Connection) -> None:
    connection.drip(http(b" " * 10_000), pause=0.02)


@both_faces
@pytest.mark.parametrize("script", [drip_body, drip_head])
def test_fault_06_the_deadline_ends_what_drips(ask: Ask, script: Script) -> None:
    began = time.monotonic()
    with RawServer((script,)) as server, pytest.raises(NetworkError, match="deadline") as caught:
        ask(read, base_url=server.base_url, deadline=0.4)
    assert caught.value.fault == Failure.DEADLINE
    assert time.monotonic() - began < 3


@both_faces
def test_fault_06_the_deadline_ends_a_slow_send(ask: Ask) -> None:
    """The server takes the connection and reads nothing: the buffers between are soon full."""
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(NetworkError, match="deadline") as caught:
        ask(
            lambda client: client.file_upload.upload_file(NamedFile("a.txt", bytes(9_000_000))),
            base_url=f"http://127.0.0.1:{silent.getsockname()[1]}",
            deadline=0.4,
        )
    assert (caught.value.fault, caught.value.may_have_been_taken) == (Failure.DEADLINE, True)


def cut_packed_body(connection: Connection) -> None:
    """The transfer is whole, but what was packed into it is not."""
    connection.send(http(gzip.compress(b'{"code": 0}')[:-9], headers={"Content-Encoding": "gzip"}))


@both_faces
@pytest.mark.parametrize("script", [cut_body, cut_packed_body, reset])
def test_fault_07_a_get_cut_short_is_tried_again(ask: Ask, script: Script) -> None:
    with RawServer((script, ok(SESSION))) as server:
        assert ask(read, base_url=server.base_url).session_id == "s-1"


@both_faces
@pytest.mark.parametrize("script", [cut_body, reset])
def test_fault_07_a_post_cut_short_is_not(ask: Ask, script: Script) -> None:
    with RawServer((script, ok({"session_id": "twice"}))) as server, pytest.raises(NetworkError) as caught:
        ask(write, base_url=server.base_url)
    assert (caught.value.fault, caught.value.may_have_been_taken, len(server.requests)) == (Failure.CUT, True, 1)


# ---- more calls than connections


async def test_fault_54_outages_and_cancellations_cost_no_place() -> None:
    """Four outages in which all wait, some are cancelled and the rest run out of time: then all is as before."""
    async with AsyncClient(api_key="k", base_url="http://127.0.0.1:9", max_connections=5, max_retries=0) as client:
        with RawServer((Connection.hang,)) as silent:
            away = client.with_options(base_url=silent.base_url, deadline=0.2)
            for _ in range(4):
                calls = [asyncio.create_task(away.team.get_list()) for _ in range(40)]
                await asyncio.sleep(0)
                for call in calls[::3]:
                    call.cancel()
                ended = await asyncio.gather(*calls, return_exceptions=True)
                assert {type(each) for each in ended} == {NetworkError, asyncio.CancelledError}
            gate = next(iter(away._transport._pools.values())).gate
            assert gate._value == 5
            await away.aclose()


async def test_fault_54_who_came_first_is_served_first_and_none_waits_for_ever() -> None:
    with RawServer((ok(SESSION),)) as server:
        async with AsyncClient(api_key="k", base_url=server.base_url, max_connections=1) as client:
            names = [f"s-{n}" for n in range(20)]
            await asyncio.gather(*(client.session.get_info(name) for name in names))
    assert [request.path.rpartition("/")[2] for request in server.requests] == names
    assert server.connections == 1


@both_faces
def test_fault_54_a_call_that_waited_too_long_was_never_sent(ask: Ask) -> None:
    release = threading.Event()

    def slow(connection: Connection) -> None:
        release.wait(PATIENCE)
        connection.send(ok({"session_id": "s-1"}))

    def both(client: Any) -> Any:
        second = client.with_options(deadline=0.2, max_retries=0)
        if isinstance(client, Client):
            with ThreadPoolExecutor(1) as pool:
                first = pool.submit(write, client)
                server.arrived.wait(PATIENCE)
                try:
                    return write(second)
                finally:
                    release.set()
                    first.result()
        return _both_awaited(client, second)

    async def _both_awaited(client: Any, second: Any) -> Any:
        first = asyncio.create_task(write(client))
        await asyncio.to_thread(server.arrived.wait, PATIENCE)
        try:
            return await write(second)
        finally:
            release.set()
            await first

    with RawServer((slow,)) as server, pytest.raises(NetworkError, match="No free connection") as caught:
        ask(both, base_url=server.base_url, max_connections=1)
    assert (caught.value.may_have_been_taken, len(server.requests)) == (False, 1)
