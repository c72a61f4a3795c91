"""A deadline for blocking sockets.

A timeout of a socket is per read: a server that sends a byte now and then outlives it for ever (fault row 6). Here each
read and write asks how much time is left in all. Asynchronous code has `asyncio.timeout` and needs none of this.
"""

from __future__ import annotations

import math
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from types import ModuleType
from typing import Any

from wyseos.mate.rest.name_lookup import look_up, told_to
from wyseos.runtime.clock import monotonic

__all__ = ["DeadlineBackend", "in_request", "request_until"]

# When the request that this thread or task is making must be over; never, outside of requests.
_until: ContextVar[float] = ContextVar("wyseos_request_until", default=math.inf)

# A write of a large buffer may be many waits: this much is written between two readings of the clock.
_SLICE = 64 * 1024


@contextmanager
def request_until(until: float) -> Iterator[None]:
    """Mark the time of one request.

    Args:
        until: when it must be over, on the clock of `wyseos.runtime.clock`.
    """
    token = _until.set(until)
    try:
        yield
    finally:
        _until.reset(token)


def in_request() -> bool:
    """Whether this thread or task is making a request of ours."""
    return _until.get() < math.inf


def _left(timeout: float | None, too_late: type[Exception]) -> float:
    left = _until.get() - monotonic()
    if left <= 0:
        raise too_late("the deadline has passed")
    return left if timeout is None else min(left, timeout)


class _Stream:
    """A connection whose reads and writes end at the deadline."""

    def __init__(self, core: ModuleType, stream: Any) -> None:
        self._core = core
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data: bytes = self._stream.read(max_bytes, _left(timeout, self._core.ReadTimeout))
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        for start in range(0, len(buffer), _SLICE):
            self._stream.write(buffer[start : start + _SLICE], _left(timeout, self._core.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> _Stream:
        limit = _left(timeout, self._core.ConnectTimeout)
        return _Stream(self._core, self._stream.start_tls(ssl_context, server_hostname, limit))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class DeadlineBackend:
    """Makes connections that know the deadline of the request they serve.

    Args:
        core: httpcore or httpcore2.
        backend: makes the connections themselves.
    """

    def __init__(self, core: ModuleType, backend: Any) -> None:
        self._core = core
        self._backend = backend

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Any = None,
    ) -> _Stream:
        with told_to(self._core):
            addresses = look_up(host, port, _left(timeout, self._core.ConnectTimeout))
        failure: Exception | None = None
        for address in addresses:
            limit = _left(timeout, self._core.ConnectTimeout)
            try:
                sockets = self._backend.connect_tcp(address, port, limit, local_address, socket_options)
            except (self._core.ConnectError, self._core.ConnectTimeout) as error:
                failure = error
            else:
                return _Stream(self._core, sockets)
        raise failure or self._core.ConnectError("the host has no address")
