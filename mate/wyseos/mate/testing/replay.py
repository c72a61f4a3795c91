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
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import Scope
from starlette.websockets import WebSocket, WebSocketDisconnect

from wyseos.mate.emulator import Clock, LocalServer, OnlyThisMachine, hang_up
from wyseos.mate.testing.cassette import Entry, load_cassette
from wyseos.mate.testing.redaction import HIDDEN, is_secret_name

METHODS = ["GET", "POST", "PUT", "DELETE", "PATCH"]
# Of an answer's headers those that an SDK acts on.
KEPT = ("content-type", "retry-after", "location", "date", "x-request-id")
_BODILESS = (204, 304)


class Replay:
    """Plays a cassette back.

    A request is answered as the same one was (method, path, query and body), in the order in which it was recorded.
    Once its answers are used up, the last one is given again, and `mismatches` says so. A connection sends what it
    sent, and waits where the recorded client said something.

    Args:
        path: the cassette.
        speed: 1 takes as long as it took, 0 takes no time: only `clock` moves. Any credential is accepted.

    Raises:
        CassetteError: the file is no cassette, or damaged; names the line.

    Example:
        with Replay("session.jsonl") as replay:
            client = Client(ClientOptions(api_key=replay.api_key, base_url=replay.base_url))
    """

    def __init__(self, path: str | Path, speed: float = 0) -> None:
        self.clock = Clock(speed)
        self.api_key = "replayed-key"
        self.mismatches: list[str] = []
        self._requests = _Requests()
        self._connections: dict[str, deque[list[Entry]]] = defaultdict(deque)
        self._sort(load_cassette(path))
        routes = [
            WebSocketRoute("/{path:path}", self._connection),
            Route("/{path:path}", self._request, methods=METHODS),
        ]
        self._server = LocalServer(OnlyThisMachine(Starlette(routes=routes)))
        self._server.start()

    def _sort(self, entries: list[Entry]) -> None:
        connections: dict[int, list[Entry]] = {}
        for entry in entries:
            if entry["kind"] == "rest":
                self._requests.add(entry)
            elif entry["kind"] == "open":
                connections[entry["line"]] = [entry]
                self._connections[entry["path"]].append(connections[entry["line"]])
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
        try:
            body = (await request.body()).decode("utf-8", "replace")
        except ClientDisconnect:
            return Response(status_code=400)  # nobody reads it
        what = f"{request.method} {_raw_path(request.scope)}"
        entry, notes = self._requests.find(request.method, _raw_path(request.scope), request.url.query, body)
        self.mismatches += [f"{what}{note}" for note in notes]
        if entry is None:
            return self._unknown(what)
        await self.clock.wait(entry.get("took", 0))
        content = entry["answer"]
        answer = base64.b64decode(content["base64"]) if isinstance(content, dict) else content
        headers = {name: value for name, value in entry["headers"].items() if name.lower() in KEPT}
        return Response(None if entry["status"] in _BODILESS else answer, entry["status"], headers)

    def _unknown(self, what: str, again: str = "") -> Response:
        told = f"{what} was not recorded{again}"
        self.mismatches.append(told)
        return JSONResponse({"code": 4203, "msg": told, "data": None}, 404)

    def _compare(self, where: str, recorded: str, said: str) -> None:
        """Note where the client says something else than when it was recorded."""
        if not _is_same(_parsed(recorded), _parsed(said)):
            self.mismatches.append(f"{where}{_said(said, recorded)}")

    # ---- the connection

    async def _connection(self, websocket: WebSocket) -> None:
        path = _raw_path(websocket.scope)
        recorded = next((each for each in self._connections if _is_same(each, path)), None)
        if recorded is None or not (entries := self._connections[recorded]):
            again = "" if recorded is None else " so often"
            await websocket.send_denial_response(self._unknown(f"the WebSocket {path}", again))
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
            received = await websocket.receive()
            if received["type"] == "websocket.disconnect":
                raise WebSocketDisconnect(received.get("code", 1000))
            text = received.get("text") or (received.get("bytes") or b"").decode("utf-8", "replace")
            message = _parsed(text)
            kind = message.get("type") if isinstance(message, dict) else None
            if kind == "ping":
                await websocket.send_json({"type": "pong", "timestamp": message.get("timestamp")})
            elif kind != "pong":
                return text


class _Requests:
    """The requests of a tape, and how often each was asked for."""

    def __init__(self) -> None:
        self._entries: dict[str, list[Entry]] = defaultdict(list)
        self._used: set[int] = set()
        self._asked_again: set[int] = set()

    def add(self, entry: Entry) -> None:
        """Add one, in the order of the tape."""
        self._entries[entry["method"]].append(entry)

    def find(self, method: str, path: str, query: str, body: str) -> tuple[Entry | None, list[str]]:
        """Return what answers a request, None if nothing does, and what is to be noted about that."""
        asked = _pairs(query)
        found = [
            entry
            for entry in self._entries.get(method, ())
            if _is_same(entry["path"], path) and _is_same(_pairs(entry["query"]), asked)
        ]
        # What stands on the tape as it was asked comes before what only may be the same.
        found.sort(key=lambda entry: entry["path"] != path)
        fitting = [entry for entry in found if _fits(entry.get("asked"), body)]
        if not found:
            return None, []
        entry, is_new = self._next(fitting or found)
        notes = [] if fitting else [_said(body, entry.get("asked"))]
        return entry, notes + ([] if is_new else self._again(entry, len(fitting or found)))

    def _next(self, entries: list[Entry]) -> tuple[Entry, bool]:
        fresh = next((entry for entry in entries if id(entry) not in self._used), None)
        entry = entries[-1] if fresh is None else fresh
        self._used.add(id(entry))
        return entry, fresh is not None

    def _again(self, entry: Entry, often: int) -> list[str]:
        """Say once that an answer is given more often than it was recorded."""
        if id(entry) in self._asked_again:
            return []
        self._asked_again.add(id(entry))
        return [f" was asked for again: recorded {often} time{'s' if often > 1 else ''}"]


def _raw_path(scope: Scope) -> str:
    path: bytes = scope["raw_path"]
    return path.decode("latin-1")


def _pairs(query: str) -> list[list[str]]:
    """Return the parameters of a query but for those that authenticate."""
    pairs = parse_qsl(query, keep_blank_values=True)
    return sorted([name, value] for name, value in pairs if not is_secret_name(name))


def _fits(recorded: Any, body: str) -> bool:
    """Whether a request said what was recorded; of an upload nothing is compared."""
    return isinstance(recorded, dict) or _is_same(_parsed(recorded or ""), _parsed(body))


def _is_same(recorded: Any, said: Any) -> bool:
    """Whether two values are the same; where one was redacted, anything may stand."""
    if isinstance(recorded, str) and isinstance(said, str):
        return recorded == said or (HIDDEN in recorded and _is_like(recorded, said))
    if isinstance(recorded, dict) and isinstance(said, dict):
        return recorded.keys() == said.keys() and all(_is_same(recorded[name], said[name]) for name in recorded)
    if isinstance(recorded, list) and isinstance(said, list):
        return len(recorded) == len(said) and all(map(_is_same, recorded, said))
    return bool(recorded == said) and isinstance(recorded, bool) == isinstance(said, bool)


def _is_like(recorded: str, said: str) -> bool:
    """Whether a text has the parts that stand around what was redacted, in their order."""
    first, *middle, last = recorded.split(HIDDEN)
    if not said.startswith(first):
        return False
    at = len(first)
    for part in middle:
        found = said.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return len(said) - at >= len(last) and said.endswith(last)


def _said(said: str, recorded: Any) -> str:
    return f": said {said[:200]}, recorded {str(recorded)[:200]}"


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text
