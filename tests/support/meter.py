"""Counts that do not depend on the machine's mood: calls of our functions, bytes held, what goes over the wire."""

from __future__ import annotations

import contextlib
import gc
import re
import socket
import sys
import threading
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any, Self

import wyseos.generated.models
import wyseos.mate
import wyseos.runtime.codec

# The folders of our code: what other libraries do to themselves is not ours to promise.
OURS = tuple(
    f"{Path(str(module.__file__)).parent}/" for module in (wyseos.mate, wyseos.generated.models, wyseos.runtime.codec)
)
_REQUEST = re.compile(rb"(?:GET|POST|PUT|PATCH|DELETE|HEAD) \S+ HTTP/1\.1\r\n")


class Calls:
    """How many functions of ours were called in a `with calls_counted()` block, in this thread."""

    def __init__(self) -> None:
        self.count = 0

    def look(self, frame: FrameType, event: str, _: Any) -> None:
        """Count a call; what `sys.setprofile` calls."""
        if event == "call" and frame.f_code.co_filename.startswith(OURS):
            self.count += 1


@contextmanager
def calls_counted() -> Iterator[Calls]:
    """Count the calls of our functions in this thread, generators' and coroutines' turns among them."""
    calls = Calls()
    before = sys.getprofile()
    sys.setprofile(calls.look)
    try:
        yield calls
    finally:
        sys.setprofile(before)


def held_by(work: Callable[[], object], times: int) -> float:
    """Return the bytes that what one `work` returns keeps, all that hangs on it included."""
    work()  # what is made once is not counted
    kept: list[object] = []
    gc.collect()
    with _traced():
        before = tracemalloc.get_traced_memory()[0]
        kept.extend(work() for _ in range(times))
        gc.collect()
        return (tracemalloc.get_traced_memory()[0] - before) / times


def peak_of(work: Callable[[], object]) -> int:
    """Return the most bytes that were held at once while the work was done, above those held before."""
    gc.collect()
    with _traced():
        before = tracemalloc.get_traced_memory()[0]
        tracemalloc.reset_peak()
        work()
        return tracemalloc.get_traced_memory()[1] - before


@contextmanager
def _traced() -> Iterator[None]:
    tracemalloc.start()
    try:
        yield
    finally:
        tracemalloc.stop()


class Wire:
    """A relay before a server on this machine: counts what a client sends.

    Args:
        port: the server's.
    """

    def __init__(self, port: int) -> None:
        self._to = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.base_url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.sent = bytearray()
        self.connections = 0
        self._sockets: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    @property
    def requests(self) -> int:
        """How many HTTP requests came, the handshake of a WebSocket among them."""
        return len(_REQUEST.findall(bytes(self.sent)))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        for sock in (self._listener, *self._sockets):
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
            sock.close()
        for thread in self._threads:
            thread.join()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near = self._listener.accept()[0]
                far = socket.create_connection(("127.0.0.1", self._to))
                self.connections += 1
                self._sockets += [near, far]
                self._start(near, far, self.sent.extend)
                self._start(far, near, len)

    def _start(self, source: socket.socket, target: socket.socket, note: Callable[[bytes], object]) -> None:
        thread = threading.Thread(target=self._pass_on, args=(source, target, note))
        self._threads.append(thread)
        thread.start()

    @staticmethod
    def _pass_on(source: socket.socket, target: socket.socket, note: Callable[[bytes], object]) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                note(data)
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)
