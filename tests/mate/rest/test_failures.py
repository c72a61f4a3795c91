"""What a failure below means, in the same words for the same fault, over real sockets."""

from __future__ import annotations

import gzip
import socket
import ssl
import zlib
from collections.abc import Callable
from typing import Any

import pytest
import trustme

from tests.support.faces import Ask, both_faces, call_async, call_sync
from tests.support.raw_server import Connection, RawServer, Script, http
from wyseos.mate import NetworkError, WyseError
from wyseos.mate.errors import APIError
from wyseos.mate.rest.failures import reason_of


def ask_for_session(client: Any) -> Any:
    return client.session.get_info("s")


def told(ask: Ask, base_url: str, **settings: Any) -> str:
    with pytest.raises(NetworkError) as caught:
        ask(ask_for_session, base_url=base_url, max_retries=0, **settings)
    return caught.value.message.replace(base_url.partition("//")[2], "HOST")


def closed_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def cut_after(length: int) -> Script:
    def script(connection: Connection) -> None:
        connection.send(http(b"{" * length, length=100))
        connection.close()

    return script


SCRIPTS: dict[str, Callable[[int], Script]] = {
    "reset": lambda number: lambda connection: connection.reset(),
    "closed": lambda number: lambda connection: connection.close(),
    "cut": cut_after,
    "broken chunk": lambda number: f"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nz{number}\r\n".encode(),
}


@pytest.mark.parametrize("make", SCRIPTS.values(), ids=SCRIPTS)
def test_the_same_fault_has_the_same_words_whatever_the_client_and_the_time(make: Callable[[int], Script]) -> None:
    messages = set()
    for number, ask in enumerate((call_sync, call_async, call_sync, call_async), start=1):
        with RawServer((make(number),)) as server:
            messages.add(told(ask, server.base_url))
    assert len(messages) == 1, messages


def test_a_connection_refused_has_the_same_words_and_no_address_but_the_host() -> None:
    messages = {told(ask, f"http://127.0.0.1:{closed_port()}") for ask in (call_sync, call_async)}
    assert messages == {"GET /session/info/{session_id}: No connection to HOST (Connection refused)"}


def test_a_deadline_that_passes_has_the_same_words() -> None:
    with RawServer((lambda connection: connection.hang(),)) as server:
        messages = {told(ask, server.base_url, deadline=0.2) for ask in (call_sync, call_async)}
    assert messages == {"GET /session/info/{session_id}: The deadline passed before HOST had answered"}


def test_an_untrusted_certificate_has_the_same_words_without_a_line_of_the_libraries_source() -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    with RawServer((b"",), tls=context) as server:
        messages = {told(ask, server.base_url) for ask in (call_sync, call_async)}
    reason = "unable to get local issuer certificate"
    assert messages == {f"GET /session/info/{{session_id}}: The certificate of HOST is not trusted ({reason})"}


def test_of_several_addresses_that_failed_the_last_is_told() -> None:
    from wyseos.mate.rest.failures import deepest

    failure = OSError("all failed")
    failure.__cause__ = ExceptionGroup(
        "several", [ConnectionResetError(104, "x"), ConnectionRefusedError(111, "('::1')")]
    )
    assert reason_of(deepest(failure)) == reason_of(ConnectionRefusedError(111, "another text"))


def _raw_deflate(page: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(page) + packer.flush()


PAGE = b"<html>Bad gateway</html>" * 9
PACKED: dict[str, tuple[str, bytes]] = {
    "brotli": ("br", b"\x0b\x05\x80hello world\x03"),
    "raw deflate": ("deflate", _raw_deflate(PAGE)),
    "a character set": ("utf-8", PAGE),
    "two members": ("gzip", gzip.compress(PAGE) + gzip.compress(PAGE)),
    "twice": ("gzip, gzip", gzip.compress(gzip.compress(PAGE))),
    "cut": ("gzip", gzip.compress(PAGE)[:-9]),
    "not packed at all": ("gzip", PAGE),
}


@both_faces
@pytest.mark.parametrize(("encoding", "page"), PACKED.values(), ids=PACKED)
@pytest.mark.parametrize(("status", "tries", "tokens"), [(502, 2, 1), (401, 2, 2), (403, 1, 1)])
def test_a_refusal_keeps_all_that_it_is_however_its_page_is_packed(
    ask: Ask, status: int, tries: int, tokens: int, encoding: str, page: bytes
) -> None:
    asked: list[str] = []
    seen: list[int] = []

    def token() -> str:
        asked.append(f"token-{len(asked)}")
        return asked[-1]

    headers = {"Content-Encoding": encoding, "X-Request-Id": "r-1", "Content-Type": 'text/html; charset="utf-8"'}
    with RawServer((http(page, status, headers),)) as server, pytest.raises(APIError) as caught:
        ask(
            ask_for_session,
            base_url=server.base_url,
            max_retries=1,
            jwt_token=token,
            after_response=[lambda response: seen.append(response.status_code)],
        )
    error = caught.value
    assert (error.status_code, error.request_id) == (status, "r-1")
    assert error.details["endpoint"] == "GET /session/info/{session_id}"
    assert (len(server.requests), len(asked), seen) == (tries, tokens, [status] * tries)


@both_faces
@pytest.mark.parametrize("status", [401, 404, 502])
def test_a_refusal_counts_although_its_page_breaks_off(ask: Ask, status: int) -> None:
    def script(connection: Connection) -> None:
        connection.send(http(b"<html>half", status, {"X-Request-Id": "r-1"}, length=1000))
        connection.close()

    with RawServer((script,)) as server, pytest.raises(WyseError) as caught:
        ask(ask_for_session, base_url=server.base_url, max_retries=0)
    error = caught.value
    assert (error.status_code, error.request_id, error.details["body"]) == (status, "r-1", "<html>half")
