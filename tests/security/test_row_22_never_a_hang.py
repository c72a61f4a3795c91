"""Row 22: no header, date, certificate, token or file makes a call hang, or raise what no page speaks of."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.raw_server import Connection, RawServer, Script, envelope, ok
from wyseos.mate import Client, ClientOptions, WyseError
from wyseos.mate.files import NamedFile
from wyseos.mate.websocket import WebSocketClient

PATIENCE = 60.0


def ends(work: Callable[[], object]) -> BaseException | None:
    """What a call raises; it must end."""
    raised: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001  # whatever it is
            raised.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(PATIENCE)
    assert not thread.is_alive()
    return raised[0] if raised else None


def told(work: Callable[[], object]) -> WyseError:
    """The error of ours that a call raises."""
    error = ends(work)
    assert isinstance(error, WyseError), repr(error)
    return error


def saying(text: str) -> Script:
    def script(connection: Connection) -> None:
        connection.send(text.encode("latin-1"))
        connection.close()

    return script


HEADS = {
    "too little": "HTTP/1.1 101 X\r\n\r\n",
    "another key": "HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: upgrade\r\nSec-WebSocket-Accept: \xe9\r\n\r\n",
    "an extension": "HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: upgrade\r\n"
    "Sec-WebSocket-Extensions: x; =\r\n\r\n",
    "an endless wait": "HTTP/1.1 403 X\r\nRetry-After: 99999999999999999999\r\n\r\n",
    "a wait beyond the calendar": "HTTP/1.1 403 X\r\nRetry-After: Fri, 31 Dec 9999 23:59:59 -2400\r\n\r\n",
    "an endless length": "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
    "a negative length": "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
    "no length": "HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\n",
    "many headers": "HTTP/1.1 200 OK\r\n" + "A: b\r\n" * 50_000 + "\r\n",
    "a long header": "HTTP/1.1 200 OK\r\nA: " + "x" * 1_000_000 + "\r\n\r\n",
    "chunks of chunks": "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, chunked\r\n\r\n",
    "no status": "HTTP/1.1 999 OK\r\n\r\n",
    "a NUL": "HTTP/1.1 401 x\r\nWWW-Authenticate: \x00\r\n\r\n",
    "no HTTP": "\r\n\r\n",
    "nothing": "",
}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS.keys())
def test_no_answer_hangs_a_call_or_raises_anything_else(head: str) -> None:
    with RawServer((saying(head),)) as server:
        options = ClientOptions("a-key", base_url=server.base_url, max_retries=0, timeout=5)
        with Client(options) as client:
            told(lambda: client.team.get_list())


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS.keys())
def test_no_answer_hangs_a_connection_or_raises_anything_else(head: str) -> None:
    with RawServer((saying(head),)) as server:
        told(WebSocketClient(server.base_url, "a-key", "session_0").connect)


DATES = [
    "Fri, 31 Dec 9999 23:59:59 -2400", "Mon, 01 Jan 0001 00:00:00 +2300", "Fri, 31 Dec 9999 23:59:59 GMT", "0", "-1",
    "99999999999999999999 Jan 2020 00:00:00", "Mon, 01 Jan 2020 00:00:00 +99999999999999", "1e400", "nan", "inf",
    "1, 2", "Mon, 32 Foo 2020", "(" * 5000, '"' * 5000, "x" * 10_000, "",
]  # fmt: skip


@pytest.mark.parametrize("date", DATES, ids=range(len(DATES)))
@pytest.mark.parametrize("status", [200, 429, 503])
def test_no_date_and_no_wait_is_an_error_of_its_own(date: str, status: int) -> None:
    answer = envelope(0 if status == 200 else 4201, "later", {"data": []}, status, {"Date": date, "Retry-After": date})
    with RawServer((answer,)) as server, Client(_once(server)) as client:
        error = ends(lambda: client.team.get_list())
    assert error is None if status == 200 else isinstance(error, WyseError)


def _once(server: RawServer, **settings: Any) -> ClientOptions:
    return ClientOptions("a-key", base_url=server.base_url, max_retries=0, timeout=5, **settings)


@pytest.mark.parametrize("name", ["Content-Length", "content-length", "Transfer-Encoding", "Upgrade", "Trailer"])
def test_a_header_about_the_body_is_refused_before_anything_is_sent(name: str) -> None:
    with RawServer((ok({}),)) as server:
        assert "it is set with the body" in str(told(lambda: _once(server, headers={name: "5"})))

        def hook(request: Any) -> None:
            request.headers[name] = "5"

        with Client(_once(server, before_request=hook)) as client:
            assert "it is set with the body" in str(told(lambda: client.user.create_api_key("x")))
        assert server.requests == []


class Odd(io.BytesIO):
    """A file whose size is ten bytes, and which reads otherwise."""

    def __init__(self, read: Callable[[int], Any]) -> None:
        super().__init__(b"x" * 10)
        self._odd = read

    def read(self, size: int | None = -1, /) -> bytes:
        found: bytes = self._odd(size or 0)
        return found


def _failing(size: int) -> bytes:
    raise OSError(5, "Input/output error")


READS: dict[str, Callable[[int], Any]] = {
    "more than asked for": lambda size: b"x" * (size + 1),
    "without end": lambda size: b"x" * 5_000_000,
    "text": lambda size: "x" * size,
    "None": lambda size: None,
    "nothing": lambda size: b"",
    "an error of the disk": _failing,
}


@pytest.mark.parametrize("read", READS.values(), ids=READS.keys())
def test_a_file_that_reads_otherwise_than_it_says_is_told(read: Callable[[int], Any]) -> None:
    with RawServer((ok([]),)) as server, Client(_once(server)) as client:
        error = told(lambda: client.file_upload.upload_file(NamedFile("a.txt", Odd(read))))
    assert "a.txt" in str(error)


@pytest.mark.parametrize("what", ["missing", "no certificates", "a token that is none"])
def test_what_a_connection_needs_and_cannot_use_is_told_at_once(what: str, tmp_path: Path) -> None:
    (tmp_path / "none.pem").write_text("nonsense")
    places = {"missing": tmp_path / "missing.pem", "no certificates": tmp_path / "none.pem"}
    settings: dict[str, Any] = {"api_key": "a-key", "ca_bundle": places.get(what)}
    if what == "a token that is none":
        settings = {"jwt_token": lambda: "two\r\nlines"}
    with RawServer((saying(""),)) as server:
        base_url = server.base_url.replace("http", "https")
        told(lambda: WebSocketClient(options=ClientOptions(base_url=base_url, **settings), session_id="s").connect())
