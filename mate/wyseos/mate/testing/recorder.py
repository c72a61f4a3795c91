"""Records a session: stands between an SDK and the service, passes everything on, and writes a redacted cassette."""

from __future__ import annotations

import asyncio
import base64
import json
import warnings
from collections.abc import Iterable
from hashlib import sha256
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import Scope
from starlette.websockets import WebSocket, WebSocketDisconnect
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed, ConnectionClosedError, InvalidStatus

from wyseos.mate.config import ClientOptions
from wyseos.mate.emulator import CUT, MOST_BODY, LocalServer, OnlyThisMachine, hang_up, read_body
from wyseos.mate.settings.urls import InsecureConnectionWarning, is_clear_text
from wyseos.mate.testing.cassette import CassetteWriter, Entry
from wyseos.mate.testing.redaction import Redactor, is_secret_name
from wyseos.mate.testing.replay import KEPT, METHODS
from wyseos.mate.testing.upstream import NoAnswer, Upstream, UpstreamAnswer
from wyseos.runtime.clock import monotonic


class Recorder:
    """Passes everything on to the service and records it.

    The service is reached as a client of the same settings reaches it: through its proxy, with its certificates and
    limits; no redirect is followed, and no clear text goes to another machine unless `allow_insecure` says so.

    Args:
        upstream: the service's address, or an emulator's; or a client's settings, of which the credential is not sent,
            but kept off the tape. With an address, all else comes from the environment.
        path: the cassette; it must not be there yet.
        redact: more texts that must not be kept, besides the credentials.

    Raises:
        ConfigError: the address or the settings cannot be used.
        FileExistsError: the cassette is there already.

    Example:
        with Recorder("https://api.wyseos.com", "session.jsonl") as recorder:
            client = Client(ClientOptions(api_key=key, base_url=recorder.base_url))
    """

    def __init__(self, upstream: str | ClientOptions, path: str | Path, redact: Iterable[str] = ()) -> None:
        options = upstream if isinstance(upstream, ClientOptions) else ClientOptions(base_url=upstream)
        _warn_of_clear_text(options)
        self._upstream = Upstream(options)
        self._redactor = Redactor(redact)
        for secret in filter(None, (options.kept("api_key"), options.kept("jwt_token"))):
            if not callable(secret):
                self._redactor.learn_own(secret.reveal())
        self._writer = CassetteWriter(path)
        self._began = monotonic()
        self._numbers = count(1)
        self._closed = False
        routes = [
            WebSocketRoute("/{path:path}", self._connection),
            Route("/{path:path}", self._request, methods=METHODS),
        ]
        self._server = LocalServer(OnlyThisMachine(Starlette(routes=routes)))
        self._server.start()

    @property
    def base_url(self) -> str:
        """The address for the SDK that is to be recorded."""
        return self._server.base_url

    def close(self) -> None:
        """Stop, take out of the whole cassette what was learnt to be secret on the way, and close it."""
        self._server.close()
        if self._redactor.learnt and not self._closed:
            self._writer.rewrite(self._redactor.entry)
        self._closed = True
        self._writer.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _note(self, kind: str, **told: Any) -> None:
        entry: Entry = {"kind": kind, "t": round(monotonic() - self._began, 6), **told}
        self._writer.write(entry)

    # ---- REST

    async def _request(self, request: Request) -> Response:
        began = monotonic()
        self._learn_from(request)
        try:
            if (body := await read_body(request, MOST_BODY)) is None:
                return Response(f"the body is larger than {MOST_BODY} bytes", 413, media_type="text/plain")
            answer = await self._upstream.ask(request.method, _target(request.scope), request.headers.raw, body)
        except (NoAnswer, ClientDisconnect) as error:
            return _unanswered(error)
        self._note(
            "rest",
            method=request.method,
            path=self._path(request.scope),
            query=self._redactor.query(request.url.query),
            asked=self._asked(request, body),
            status=answer.status,
            headers={name: self._redactor.text(answer.headers[name]) for name in KEPT if name in answer.headers},
            answer=self._content(answer),
            took=round(monotonic() - began, 6),
        )
        return Response(answer.content, answer.status, answer.headers)

    def _learn_from(self, request: Request | WebSocket) -> None:
        for name, value in request.headers.items():
            if is_secret_name(name):
                self._redactor.learn_own(value)
        for name, value in request.query_params.multi_items():
            if is_secret_name(name):
                self._redactor.learn_own(value)

    def _path(self, scope: Scope) -> str:
        return self._redactor.text(scope["raw_path"].decode("latin-1"))

    def _asked(self, request: Request, body: bytes) -> Any:
        """Keep what was asked: JSON as it is, of an upload only its size and hash."""
        if not body:
            return None
        if "json" in request.headers.get("content-type", "").lower():
            return self._redactor.text(body.decode("utf-8", "replace"))
        return {"bytes": len(body), "sha256": sha256(body).hexdigest()}

    def _content(self, answer: UpstreamAnswer) -> Any:
        try:
            return self._redactor.text(answer.content.decode())
        except UnicodeDecodeError:
            return {"base64": base64.b64encode(self._redactor.content(answer.content)).decode()}

    # ---- the connection

    async def _connection(self, websocket: WebSocket) -> None:
        number, scope = next(self._numbers), websocket.scope
        self._learn_from(websocket)
        try:
            upstream = await self._upstream.connect(_target(scope), websocket.headers.raw, scope["subprotocols"])
        except InvalidStatus as refused:
            body = bytes(refused.response.body or b"")
            await websocket.send_denial_response(Response(body, refused.response.status_code))
            return
        except NoAnswer as error:
            await websocket.send_denial_response(_unanswered(error))
            return
        await websocket.accept(upstream.subprotocol)
        self._note("open", line=number, path=self._path(scope))
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
        self._note("closed", line=number, code=code, reason=self._redactor.text(reason))
        await hang_up(websocket, code, reason)


def _target(scope: Scope) -> bytes:
    """Return what was asked for as it came: path and query, with their escapes."""
    query: bytes = scope["query_string"]
    return bytes(scope["raw_path"]) + (b"?" + query if query else b"")


def _unanswered(error: Exception) -> Response:
    """Tell that no whole answer came; that is not recorded. The error's text may hold a key, its name not."""
    reason = str(error) or type(error).__name__
    return Response(f"the service cannot be reached: {reason}", 502, media_type="text/plain")


def _warn_of_clear_text(options: ClientOptions) -> None:
    """Warn where credentials will cross a private network; to all others the settings refuse to go."""
    if is_clear_text(options.base_url) and not options.allow_insecure:
        host = urlsplit(options.base_url).hostname
        message = f"What is recorded crosses the network in the clear: {host} is not this machine. Use https://."
        warnings.warn(message, InsecureConnectionWarning, stacklevel=3)


def _is_heartbeat(text: str) -> bool:
    try:
        message = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(message, dict) and message.get("type") in ("ping", "pong")
