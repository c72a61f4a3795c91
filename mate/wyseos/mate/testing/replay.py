"""Replays a cassette: a server that answers as the recorded service did, event by event, byte for byte."""

from __future__ import annotations

import base64
import json
from collections import defaultdict, deque
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from wyseos.mate.emulator import Clock, LocalServer, hang_up
from wyseos.mate.testing.cassette import Entry, load_cassette

_METHODS = ["GET", "POST", "PUT", "DELETE", "PATCH"]
_AUTH = ("api_key", "authorization")
_Key = tuple[str, str, tuple[tuple[str, str], ...]]


class Replay:
    """Plays a cassette back.

    Requests are answered in the order in which each was recorded; the last answer is given again once they are used
    up. A connection sends what it sent, and waits where the recorded client said something.

    Args:
        path: the cassette.
        speed: 1 takes as long as it took, 0 takes no time: only `clock` moves. Any credential is accepted.

    Raises:
        CassetteError: the file is no cassette.

    Example:
        with Replay("session.jsonl") as replay:
            client = Client(ClientOptions(api_key=replay.api_key, base_url=replay.base_url))
    """

    def __init__(self, path: str | Path, speed: float = 0) -> None:
        self.clock = Clock(speed)
        self.api_key = "replayed-key"
        self.mismatches: list[str] = []
        self._recorded_answers: dict[_Key, deque[Entry]] = defaultdict(deque)
        self._recorded_connections: dict[str, deque[list[Entry]]] = defaultdict(deque)
        self._sort(load_cassette(path))
        routes = [
            WebSocketRoute("/{path:path}", self._connection),
            Route("/{path:path}", self._request, methods=_METHODS),
        ]
        self._server = LocalServer(Starlette(routes=routes))
        self._server.start()

    def _sort(self, entries: list[Entry]) -> None:
        connections: dict[int, list[Entry]] = {}
        for entry in entries:
            if entry["kind"] == "rest":
                self._recorded_answers[_key(entry["method"], entry["path"], entry["query"])].append(entry)
            elif entry["kind"] == "open":
                connections[entry["line"]] = [entry]
                self._recorded_connections[entry["path"]].append(connections[entry["line"]])
            else:
                connections[entry["line"]].append(entry)

    @property
    def base_url(self) -> str:
        """The address for the SDK."""
        return self._server.base_url

    def close(self) -> None:
        """Stop."""
        self._server.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    # ---- REST

    async def _request(self, request: Request) -> Response:
        entries = self._recorded_answers.get(_key(request.method, request.url.path, request.url.query))
        if not entries:
            return self._unknown(f"{request.method} {request.url.path}")
        entry = entries.popleft() if len(entries) > 1 else entries[0]
        self._compare(
            f"{request.method} {request.url.path}",
            entry.get("asked"),
            (await request.body()).decode("utf-8", "replace"),
        )
        await self.clock.wait(entry.get("took", 0))
        content = entry["answer"]
        body = base64.b64decode(content["base64"]) if isinstance(content, dict) else content
        return Response(body, entry["status"], entry["headers"])

    def _unknown(self, what: str) -> Response:
        self.mismatches.append(f"{what} was not recorded")
        return JSONResponse({"code": 4203, "msg": f"{what} was not recorded", "data": None}, 404)

    def _compare(self, where: str, recorded: Any, said: str) -> None:
        """Note where the client says something else than when it was recorded; of an upload nothing is compared."""
        if isinstance(recorded, str) and _parsed(recorded) != _parsed(said):
            self.mismatches.append(f"{where}: said {said[:200]}, recorded {recorded[:200]}")

    # ---- the connection

    async def _connection(self, websocket: WebSocket) -> None:
        entries = self._recorded_connections.get(websocket.url.path)
        if not entries:
            await websocket.send_denial_response(self._unknown(f"the WebSocket {websocket.url.path}"))
            return
        await websocket.accept()
        try:
            await self._play(websocket, entries.popleft())
        except WebSocketDisconnect:
            return

    async def _play(self, websocket: WebSocket, entries: list[Entry]) -> None:
        before = entries[0]["t"]
        for entry in entries[1:]:
            if entry["kind"] == "sent":
                self._compare("the connection", entry["text"], await self._hear(websocket))
            else:
                await self.clock.wait(max(entry["t"] - before, 0))
            if entry["kind"] == "got":
                await websocket.send_text(entry["text"])
            elif entry["kind"] == "closed":
                await hang_up(websocket, entry["code"], entry["reason"])
                return
            before = entry["t"]
        # The recorded client left here; this one may still be about to.
        while True:
            await self._hear(websocket)

    async def _hear(self, websocket: WebSocket) -> str:
        """Wait for what the client says, and answer its pings meanwhile."""
        while True:
            text = await websocket.receive_text()
            message = _parsed(text)
            kind = message.get("type") if isinstance(message, dict) else None
            if kind == "ping":
                await websocket.send_json({"type": "pong", "timestamp": message["timestamp"]})
            elif kind != "pong":
                return text


def _key(method: str, path: str, query: str) -> _Key:
    pairs = parse_qsl(query, keep_blank_values=True)
    return method, path, tuple(sorted((name, value) for name, value in pairs if name not in _AUTH))


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text
