"""The recorder's way to the service: as a client of the same settings goes it, with what was asked byte for byte."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, cast

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidHandshake, InvalidProxy, InvalidStatus, ProxyError
from websockets.typing import Subprotocol

from wyseos.mate.config import ClientOptions
from wyseos.mate.errors import DecodeError
from wyseos.mate.rest.body import Body, CutShort
from wyseos.mate.rest.library import AsyncBaseTransport, Request, library
from wyseos.mate.rest.transport import make_async_pool

__all__ = ["MOST_FRAME", "Answer", "NoAnswer", "Upstream"]

MOST_FRAME = 64 * 1024 * 1024
# The library would tell addresses with their query, and so with keys.
_SILENT = logging.Logger("wyseos.mate.testing.recorder", level=logging.CRITICAL + 1)
# What belongs to one connection, or to this machine, and is not passed on.
_OF_ONE_CONNECTION = frozenset(
    {
        "accept-encoding", "connection", "content-encoding", "content-length", "host", "keep-alive", "origin",
        "proxy-authenticate", "proxy-authorization", "proxy-connection", "te", "trailer", "transfer-encoding",
        "upgrade",
    }
)  # fmt: skip
_NO_WEBSOCKET = (OSError, InvalidHandshake, InvalidProxy, ProxyError, ValueError)


class NoAnswer(Exception):
    """The service gave no whole answer; the text names no address and no credential."""


class Answer(NamedTuple):
    """An answer of the service, unpacked."""

    status: int
    headers: dict[str, str]
    content: bytes


_LIBRARY = library()
_HTTP: Any = _LIBRARY.http
_AnyUrl: Any = _HTTP.URL


class _Url(_AnyUrl):  # type: ignore[misc]  # of one of two libraries
    """A URL whose path and query are sent as they came: the library would write dots and escapes its own way."""

    target = b"/"

    @property
    def raw_path(self) -> bytes:
        return self.target


class _Connect(connect):
    """Opens a WebSocket; a redirect is an answer like any other, and is not followed."""

    def process_redirect(self, exc: Exception) -> Exception | str:
        return exc


class Upstream:
    """The service behind a recorder.

    Args:
        options: where it is, and how it is reached. Their credential is not sent: the recorded client sends its own.
    """

    def __init__(self, options: ClientOptions) -> None:
        self._options = options
        self._base = options.base_url.rstrip("/")

    async def ask(self, method: str, target: bytes, headers: Iterable[tuple[bytes, bytes]], content: bytes) -> Answer:
        """Pass a request on, and return its answer.

        Args:
            method: the method.
            target: path and query, as they came.
            headers: the client's; those of its connection are left out.
            content: the body.

        Raises:
            NoAnswer: there was none within `deadline`, or none that is whole and within `max_response_size`.
        """
        limits = dict.fromkeys(("connect", "read", "write", "pool"), self._options.timeout)
        passed = [*_passed(headers), (b"accept-encoding", b"identity")]
        request = _HTTP.Request(method, self._base, headers=passed, content=content, extensions={"timeout": limits})
        request.url = _Url(self._base)
        request.url.target = _HTTP.URL(self._base).raw_path.rstrip(b"/") + target
        try:
            async with asyncio.timeout(self._options.deadline), make_async_pool(self._options, _LIBRARY) as transport:
                return await self._answer(transport, request)
        except (_HTTP.HTTPError, _HTTP.InvalidURL, CutShort, DecodeError, TimeoutError) as error:
            raise NoAnswer(type(error).__name__) from None

    async def _answer(self, transport: AsyncBaseTransport, request: Request) -> Answer:
        answer = await transport.handle_async_request(request)
        parts: list[bytes] = []
        try:
            encoding = answer.headers.get("content-encoding", "")
            body = Body(encoding, self._options.max_response_size, parts.append)
            async for chunk in cast("AsyncIterable[bytes]", answer.stream):
                body.add(chunk)
            body.finish()
        finally:
            await answer.aclose()
        return Answer(answer.status_code, _told(answer.headers), b"".join(parts))

    async def connect(
        self, target: bytes, headers: Iterable[tuple[bytes, bytes]], subprotocols: Sequence[str]
    ) -> ClientConnection:
        """Open a WebSocket as the client asked for it.

        Raises:
            InvalidStatus: the service refused it; a redirect is refused too.
            NoAnswer: it cannot be opened.
        """
        address = self._base.replace("http", "ws", 1) + target.decode("latin-1")
        asked = [
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, value in _passed(headers)
            if not name.startswith(b"sec-websocket-")
        ]
        try:
            return await _Connect(
                address,
                ssl=self._options.tls() if address.startswith("wss:") else None,
                proxy=self._options.proxy,
                additional_headers=asked,
                subprotocols=[Subprotocol(name) for name in subprotocols] or None,
                open_timeout=self._options.timeout,
                max_size=MOST_FRAME,
                max_queue=1,
                compression=None,
                ping_interval=None,
                user_agent_header=None,
                logger=_SILENT,
            )
        except InvalidStatus:
            raise
        except _NO_WEBSOCKET as error:
            raise NoAnswer(type(error).__name__) from None


def _passed(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    return [(name, value) for name, value in headers if name.decode("latin-1").lower() not in _OF_ONE_CONNECTION]


def _told(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name.lower() not in _OF_ONE_CONNECTION}
