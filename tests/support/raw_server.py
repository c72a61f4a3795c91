"""A server that answers byte for byte as a test says: cut bodies, drips, resets, bad TLS, whatever a real one does.

A test gives scripts, one a request; the last one serves all that follow. A script is a function that is given the
connection, or a whole answer as bytes.
"""

from __future__ import annotations

import contextlib
import json
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self, TypeAlias
from urllib.parse import parse_qsl, urlsplit

# A server of a test never waits longer than this for anything.
PATIENCE = 60.0


@dataclass
class Received:
    """One request as it came."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes
    raw: bytes

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]

    @property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.target).query))

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Connection:
    """What a script does things with."""

    sock: socket.socket
    request: Received
    stopped: threading.Event

    def send(self, data: bytes) -> None:
        self.sock.sendall(data)

    def drip(self, data: bytes, pause: float) -> None:
        """Send one byte after the other with a pause (seconds), until the client has had enough."""
        for position in range(len(data)):
            if self.stopped.wait(pause):
                return
            self.send(data[position : position + 1])

    def hang(self) -> None:
        """Say nothing more until the client goes away."""
        with contextlib.suppress(OSError):
            while self.sock.recv(65536):
                pass

    def close(self) -> None:
        self.sock.close()

    def reset(self) -> None:
        """Break the connection off with a RST."""
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.sock.close()


Script: TypeAlias = Callable[[Connection], None] | bytes


def http(
    body: bytes = b"", status: int = 200, headers: Mapping[str, str] | None = None, length: int | None = None
) -> bytes:
    """An HTTP answer; `length` can lie about the body."""
    told = {"Content-Length": str(len(body) if length is None else length), **(headers or {})}
    head = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    return f"HTTP/1.1 {status} Told\r\n{head}\r\n".encode() + body


def ok(data: Any = None, headers: Mapping[str, str] | None = None) -> bytes:
    """The service's answer when all is well."""
    return envelope(0, "ok", data, headers=headers)


def envelope(
    code: Any, msg: str = "", data: Any = None, status: int = 200, headers: Mapping[str, str] | None = None
) -> bytes:
    """An answer of the service."""
    body = json.dumps({"code": code, "msg": msg, "data": data}).encode()
    return http(body, status, {"Content-Type": "application/json", **(headers or {})})


@dataclass
class RawServer:
    """Listens on a loopback port of its own.

    Args:
        scripts: what to answer, one after the other.
        tls: to speak TLS with.
        port: the port; 0 for any that is free.

    `requests` holds what came, `connections` counts them, and `arrived` is set once a request has come.
    """

    scripts: tuple[Script, ...]
    tls: ssl.SSLContext | None = None
    port: int = 0
    requests: list[Received] = field(default_factory=list)
    connections: int = 0
    arrived: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self.port = self._listener.getsockname()[1]
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        self._sockets: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    @property
    def base_url(self) -> str:
        return f"{'https' if self.tls else 'http'}://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop, and wait until all threads have ended."""
        self._stopped.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for sock in self._sockets:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(PATIENCE)

    def _accept(self) -> None:
        while not self._stopped.is_set():
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            self._sockets.append(sock)
            self.connections += 1
            thread = threading.Thread(target=self._serve, args=(sock,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, plain: socket.socket) -> None:
        # The client may leave at any moment: that is what half of the tests are about.
        with contextlib.suppress(OSError), plain:
            plain.settimeout(PATIENCE)
            with self.tls.wrap_socket(plain, server_side=True) if self.tls else plain as sock:
                while (request := read_request(sock)) is not None:
                    self._answer(Connection(sock, request, self._stopped))

    def _answer(self, connection: Connection) -> None:
        with self._lock:
            script = self.scripts[min(len(self.requests), len(self.scripts) - 1)]
            self.requests.append(connection.request)
        self.arrived.set()
        if isinstance(script, bytes):
            connection.send(script)
        else:
            script(connection)


def read_request(sock: socket.socket) -> Received | None:
    """Read one request; None when the client has gone."""
    raw = b""
    while b"\r\n\r\n" not in raw:
        chunk = sock.recv(65536)
        if not chunk:
            return None
        raw += chunk
    head, _, body = raw.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    method, target, _ = first.split(" ", 2)
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    while len(body) < int(headers.get("content-length", 0)):
        chunk = sock.recv(65536)
        if not chunk:
            return None
        body += chunk
    return Received(method, target, headers, body, head + b"\r\n\r\n" + body)
