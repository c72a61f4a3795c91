"""A WebSocket server below any library: it says bytes and need not read, as no honest one does."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import socket
import threading
from typing import Self

from tests.support.raw_server import ok, read_request

_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


class RawWebSocket:
    """Answers REST as a service does that made a session, and pushes bytes over each WebSocket without ever reading.

    Args:
        data: what is pushed at a time.
        pushes: how often.
        receive_buffer: bytes that the system keeps of what is never read.
    """

    def __init__(self, data: bytes, pushes: int, receive_buffer: int) -> None:
        self._data, self._pushes = data, pushes
        self._listener = socket.socket()
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self._listener.bind(("127.0.0.1", 0))
        self._listener.listen()
        self.base_url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.pushed = 0
        self._sockets: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for sock in self._sockets:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(60)

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                sock, _ = self._listener.accept()
                self._sockets.append(sock)
                self._threads.append(threading.Thread(target=self._serve, args=(sock,), daemon=True))
                self._threads[-1].start()

    def _serve(self, sock: socket.socket) -> None:
        with contextlib.suppress(OSError), sock:
            while (request := read_request(sock)) is not None:
                key = request.headers.get("sec-websocket-key")
                if key is None:
                    sock.sendall(ok({"session_id": "session-1", "status": "running", "data": [], "total": 0}))
                    continue
                accepted = base64.b64encode(
                    hashlib.sha1((key + _GUID).encode(), usedforsecurity=False).digest()
                ).decode()
                head = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                sock.sendall(f"{head}Sec-WebSocket-Accept: {accepted}\r\n\r\n".encode())
                for _ in range(self._pushes):
                    sock.sendall(self._data)
                    self.pushed += len(self._data)
