"""Records a session: stands between an SDK and the service, passes everything on, and writes a redacted cassette."""

from __future__ import annotations

import asyncio
import base64
import json
import logging
import time
from collections.abc import Iterable
from hashlib import sha256
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, ConnectionClosedError, InvalidHandshake, InvalidStatus

from wyseos.mate.emulator import CUT, LocalServer, hang_up
from wyseos.mate.testing.cassette import CassetteWriter, Entry
from wyseos.mate.testing.redaction import Redactor

_METHODS = ["GET", "POST", "PUT", "DELETE", "PATCH"]
# Of the headers only those that an SDK acts on are kept, and only these are passed on.
_KEPT = ("content-type", "retry-after", "location")
_PASSED = (*_KEPT, "x-api-key", "authorization", "accept")
# The library would tell addresses with their query, and so with keys.
_SILENT = logging.Logger("wyseos.mate.testing.recorder", level=logging.CRITICAL + 1)
_MAX_FRAME = 64 * 1024 * 1024


class Recorder:
    """Passes everything on to the service and records it.

    Args:
        upstream: the service's address, or an emulator's.
        path: the cassette; it must not be there yet.
        redact: more texts that must not be kept, besides the credentials.

    Raises:
        FileExistsError: the cassette is there already.

    Example:
        with Recorder("https://api.wyseos.com", "session.jsonl") as recorder:
            client = Client(ClientOptions(api_key=key, base_url=recorder.base_url))
    """

    def __init__(self, upstream: str, path: str | Path, redact: Iterable[str] = ()) -> None:
        self._upstream = upstream.rstrip("/")
        self._redactor = Redactor(redact)
        self._writer = CassetteWriter(path)
        self._began = time.monotonic()
        self._numbers = count(1)
        routes = [
            WebSocketRoute("/{path:path}", self._connection),
            Route("/{path:path}", self._request, methods=_METHODS),
        ]
        self._server = LocalServer(Starlette(routes=routes))
        self._server.start()

    @property
    def base_url(self) -> str:
        """The address for the SDK that is to be recorded."""
        return self._server.base_url

    def close(self) -> None:
        """Stop, and close the cassette."""
        self._server.close()
        self._writer.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _note(self, kind: str, **told: Any) -> None:
        entry: Entry = {"kind": kind, "t": round(time.monotonic() - self._began, 6), **told}
        self._writer.write(entry)

    # ---- REST

    async def _request(self, request: Request) -> Response:
        body, began = await request.body(), time.monotonic()
        self._redactor.learn(request.headers.items())
        headers = {name: request.headers[name] for name in _PASSED if name in request.headers}
        async with httpx.AsyncClient(timeout=None, trust_env=False) as client:  # noqa: S113  # the SDK's own limit holds
            url = f"{self._upstream}{request.url.path}"
            try:
                answer = await client.request(
                    request.method, url, params=request.url.query, content=body, headers=headers
                )
            except httpx.TransportError as error:
                return _unreachable(error)
        self._note(
            "rest",
            method=request.method,
            path=request.url.path,
            query=self._redactor.query(request.url.query),
            asked=self._asked(request, body),
            status=answer.status_code,
            headers={name: answer.headers[name] for name in _KEPT if name in answer.headers},
            answer=self._content(answer.content),
            took=round(time.monotonic() - began, 6),
        )
        return Response(
            answer.content, answer.status_code, {n: answer.headers[n] for n in _KEPT if n in answer.headers}
        )

    def _asked(self, request: Request, body: bytes) -> Any:
        """Keep what was asked: JSON as it is, of an upload only its size and hash."""
        if not body:
            return None
        if request.headers.get("content-type", "").startswith("application/json"):
            return self._redactor.text(body.decode("utf-8", "replace"))
        return {"bytes": len(body), "sha256": sha256(body).hexdigest()}

    def _content(self, content: bytes) -> Any:
        try:
            return self._redactor.text(content.decode())
        except UnicodeDecodeError:
            return {"base64": base64.b64encode(content).decode()}

    # ---- the connection

    async def _connection(self, websocket: WebSocket) -> None:
        number, url = next(self._numbers), websocket.url
        self._redactor.query(url.query)
        address = f"{self._upstream.replace('http', 'ws', 1)}{url.path}?{url.query}"
        try:
            upstream = await connect(
                address, max_size=_MAX_FRAME, compression=None, ping_interval=None, proxy=None, logger=_SILENT
            )
        except InvalidStatus as refused:
            body = bytes(refused.response.body or b"")
            await websocket.send_denial_response(Response(body, refused.response.status_code))
            return
        except (OSError, InvalidHandshake) as error:
            await websocket.send_denial_response(_unreachable(error))
            return
        await websocket.accept()
        self._note("open", line=number, path=url.path)
        down = asyncio.create_task(self._pass_down(upstream, websocket, number))
        try:
            await self._pass_up(upstream, websocket, number)
            await upstream.close()
            await down
        finally:
            down.cancel()
            upstream.transport.abort()

    async def _pass_up(self, upstream: ClientConnection, websocket: WebSocket, number: int) -> None:
        """Pass on what the client sends, until it has left."""
        while (message := await websocket.receive())["type"] == "websocket.receive":
            text = message.get("text")
            if text is not None and not _is_heartbeat(text):
                self._note("sent", line=number, text=self._redactor.text(text))
            try:
                await upstream.send(text if text is not None else message["bytes"])
            except ConnectionClosed:
                return

    async def _pass_down(self, upstream: ClientConnection, websocket: WebSocket, number: int) -> None:
        """Pass on what the service sends, until it closes the connection or the client has left."""
        try:
            async for frame in upstream:
                await self._pass_frame(frame, websocket, number)
        except ConnectionClosedError:
            pass  # how it was closed is told below
        except WebSocketDisconnect:
            return
        if upstream.protocol.close_rcvd_then_sent is not False:
            await self._close(upstream, websocket, number)

    async def _pass_frame(self, frame: str | bytes, websocket: WebSocket, number: int) -> None:
        if isinstance(frame, bytes):
            await websocket.send_bytes(frame)
            return
        if not _is_heartbeat(frame):
            self._note("got", line=number, text=self._redactor.text(frame))
        await websocket.send_text(frame)

    async def _close(self, upstream: ClientConnection, websocket: WebSocket, number: int) -> None:
        """Close the client's connection as the service closed its own: with its code, or without a word."""
        code, reason = upstream.close_code or CUT, upstream.close_reason or ""
        self._note("closed", line=number, code=code, reason=reason)
        await hang_up(websocket, code, reason)


def _unreachable(error: Exception) -> Response:
    """Tell that the service cannot be reached; that is not recorded. The error's text may hold a key, its name not."""
    return Response(f"the service cannot be reached: {type(error).__name__}", 502, media_type="text/plain")


def _is_heartbeat(text: str) -> bool:
    try:
        message = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(message, dict) and message.get("type") in ("ping", "pong")
