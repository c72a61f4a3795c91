"""Connections that end with what is cancelled on them.

httpcore closes a connection whose handshake fails, but not one whose TLS or SOCKS handshake is cancelled: nobody knows
its socket then, and it stays open until it is collected. Here whatever breaks off on a stream closes it; and hosts are
looked up in a thread that nobody has to wait for. Blocking code is not cancelled.
"""

from __future__ import annotations

import select
import socket
import ssl
from collections.abc import Awaitable
from types import ModuleType
from typing import Any, TypeVar

from wyseos.mate.rest.name_lookup import first_of, look_up_async, told_to

__all__ = ["ClosingBackend"]

T = TypeVar("T")


class _Stream:
    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self._socket: socket.socket | None = None

    async def _do(self, work: Awaitable[T]) -> T:
        try:
            return await work
        except BaseException:
            await self._stream.aclose()
            raise

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data: bytes = await self._do(self._stream.read(max_bytes, timeout))
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        await self._do(self._stream.write(buffer, timeout))

    async def aclose(self) -> None:
        await self._stream.aclose()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> _Stream:
        return _Stream(await self._do(self._stream.start_tls(ssl_context, server_hostname, timeout)))

    def get_extra_info(self, info: str) -> Any:
        if info != "is_readable":
            return self._stream.get_extra_info(info)
        # Asked of each idle connection at each request, where finding the socket is nearly all that it costs.
        if self._socket is None:
            self._socket = self._stream.get_extra_info("socket")
        return is_readable(self._socket)


def is_readable(connected: socket.socket | None) -> bool:
    """Whether something can be read from a connection that waits for nothing: its end, most often; or it is gone."""
    if connected is None or connected.fileno() < 0:
        return True
    if not hasattr(select, "poll"):  # Windows, where any number will do for `select`
        return bool(select.select([connected], [], [], 0)[0])
    poll = select.poll()
    poll.register(connected, select.POLLIN)
    return bool(poll.poll(0))


class ClosingBackend:
    """Makes connections that end with what is cancelled on them.

    Args:
        core: httpcore or httpcore2.
        backend: makes the connections themselves.
    """

    def __init__(self, core: ModuleType, backend: Any) -> None:
        self._core = core
        self._backend = backend

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Any = None,
    ) -> _Stream:
        async def connect(address: str) -> Any:
            return await self._backend.connect_tcp(address, port, timeout, local_address, socket_options)

        with told_to(self._core):
            addresses = await look_up_async(host, port, timeout)
        return _Stream(await first_of(addresses, connect, lambda late: late.aclose()))
