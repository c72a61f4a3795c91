"""Connections that end with what is cancelled on them.

httpcore closes a connection whose handshake fails, but not one whose TLS or SOCKS handshake is cancelled: nobody knows
its socket then, and it stays open until it is collected. Here whatever breaks off on a stream closes it; and hosts are
looked up in a thread that nobody has to wait for. Blocking code is not cancelled.
"""

from __future__ import annotations

import ssl
from collections.abc import Awaitable, Iterable
from typing import Any, TypeVar

import httpcore

from wyseos.mate.rest.name_lookup import first_of, look_up_async

__all__ = ["ClosingBackend"]

T = TypeVar("T")


class _Stream(httpcore.AsyncNetworkStream):
    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        self._stream = stream

    async def _do(self, work: Awaitable[T]) -> T:
        try:
            return await work
        except BaseException:
            await self._stream.aclose()
            raise

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return await self._do(self._stream.read(max_bytes, timeout))

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        await self._do(self._stream.write(buffer, timeout))

    async def aclose(self) -> None:
        await self._stream.aclose()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        return _Stream(await self._do(self._stream.start_tls(ssl_context, server_hostname, timeout)))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class ClosingBackend(httpcore.AsyncNetworkBackend):
    """Makes connections that end with what is cancelled on them.

    Args:
        backend: makes the connections themselves.
    """

    def __init__(self, backend: httpcore.AsyncNetworkBackend) -> None:
        self._backend = backend

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        async def connect(address: str) -> httpcore.AsyncNetworkStream:
            return await self._backend.connect_tcp(address, port, timeout, local_address, socket_options)

        try:
            addresses = await look_up_async(host, port, timeout)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout("the name was not looked up in time") from error
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error
        return _Stream(await first_of(addresses, connect, httpcore.AsyncNetworkStream.aclose))
