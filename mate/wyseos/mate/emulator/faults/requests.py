"""How faults strike a REST request or a WebSocket's handshake."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from html import escape

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.websockets import WebSocket

from wyseos.mate.emulator.faults.kinds import HANDSHAKE, KINDS, REST
from wyseos.mate.emulator.faults.rules import Fault, Faults
from wyseos.mate.emulator.scenario.actions import Json
from wyseos.mate.emulator.server.quirks import depart
from wyseos.mate.emulator.server.transport import transport_of

Answer = Callable[[], Response]
_HISTORY = ("list_messages", "list_messages_between")
_REST_KINDS = tuple(name for name, kind in KINDS.items() if kind.place == REST)
_HANDSHAKE_KINDS = tuple(name for name, kind in KINDS.items() if kind.place == HANDSHAKE)


async def around(faults: Faults, request: Request, operation: str, answer: Answer) -> Response:
    """Answer a request, unless a fault strikes; a second one that would strike as well waits for the next request."""
    kinds = _REST_KINDS if operation in _HISTORY else tuple(kind for kind in _REST_KINDS if kind != "lost_history")
    facts = {"operation": operation, "session_id": _session_of(request)}
    for kind in kinds:
        for fault in faults.strike(kind, **facts):
            if fault.options.get("taken"):
                answer()
            return await _REST[kind](fault, request, answer)
    return answer()


def _session_of(request: Request) -> str | None:
    return request.path_params.get("session_id") or request.query_params.get("session_id")


async def _status(fault: Fault, request: Request, answer: Answer) -> Response:
    return error_page(fault)


def error_page(fault: Fault) -> Response:
    """Answer with a status, as the service does (an envelope) or as a proxy does (HTML), perhaps with Retry-After."""
    status, told = fault["status"], fault.options.get("msg") or f"fault: {fault['status']}"
    headers = {} if fault["retry_after"] is None else {"retry-after": str(fault["retry_after"])}
    if fault["html"]:
        page = f"<html><head><title>{status}</title></head><body><h1>{status} {escape(told)}</h1></body></html>"
        return Response(page, status, headers, "text/html")
    envelope = {"code": fault.options.get("code", status), "msg": told, "data": None}
    return Response(json.dumps(envelope), status, headers, "application/json")


async def _not_json(fault: Fault, request: Request, answer: Answer) -> Response:
    return Response(fault["text"], 200, media_type="application/json")


async def _wrong_shape(fault: Fault, request: Request, answer: Answer) -> Response:
    return Response(
        json.dumps({"code": 0, "msg": "success", "data": fault["data"]}), 200, media_type="application/json"
    )


async def _redirect(fault: Fault, request: Request, answer: Answer) -> Response:
    return Response(None, fault["status"], {"location": fault["location"]})


async def _lost_history(fault: Fault, request: Request, answer: Answer) -> Response:
    response = answer()
    envelope: Json = json.loads(bytes(response.body))
    if isinstance(envelope["data"], dict):
        envelope["data"] |= {"data": [], "total": 0, "total_page": 0}
    elif envelope["data"]:
        envelope["data"] = []
    return Response(json.dumps(envelope), response.status_code, media_type="application/json")


async def _quirks(fault: Fault, request: Request, answer: Answer) -> Response:
    response = answer()
    envelope: Json = json.loads(bytes(response.body))
    envelope["data"] = depart(envelope["data"])
    return Response(json.dumps(envelope), response.status_code, media_type="application/json")


async def _slow(fault: Fault, request: Request, answer: Answer) -> Response:
    await asyncio.sleep(fault["seconds"])
    return answer()


async def _drip(fault: Fault, request: Request, answer: Answer) -> Response:
    response = answer()
    body, step = bytes(response.body), fault["bytes"]

    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(body), step):
            yield body[start : start + step]
            await asyncio.sleep(fault["seconds"])

    return StreamingResponse(pieces(), response.status_code, dict(response.headers))


async def _cut_body(fault: Fault, request: Request, answer: Answer) -> Response:
    response = answer()
    body, transport = bytes(response.body), transport_of(request)

    async def pieces() -> AsyncIterator[bytes]:
        yield body[: fault["byte"]]
        transport.cut_after(0)
        yield body[fault["byte"] :]

    # The length that is told is that of the whole body.
    return StreamingResponse(pieces(), response.status_code, dict(response.headers))


async def _refuse(fault: Fault, request: Request, answer: Answer) -> Response:
    transport = transport_of(request)
    if fault["reset"]:
        transport.reset()
    else:
        transport.cut_after(0)
    return Response()


async def _hang(fault: Fault, request: Request, answer: Answer) -> Response:
    await _until_gone(request)
    return Response()


async def _until_gone(connection: Request | WebSocket) -> None:
    """Read what comes until the client has left."""
    while not (await connection.receive())["type"].endswith(".disconnect"):
        pass


_REST: dict[str, Callable[[Fault, Request, Answer], Awaitable[Response]]] = {
    "status": _status,
    "not_json": _not_json,
    "wrong_shape": _wrong_shape,
    "redirect": _redirect,
    "lost_history": _lost_history,
    "quirks": _quirks,
    "slow": _slow,
    "drip": _drip,
    "cut_body": _cut_body,
    "refuse": _refuse,
    "hang": _hang,
}


async def at_handshake(faults: Faults, connection: WebSocket, session_id: str) -> Response | None:
    """Answer a handshake with something else, if a fault strikes; None where it may go on."""
    for kind in _HANDSHAKE_KINDS:
        for fault in faults.strike(kind, session_id=session_id):
            return await _HANDSHAKES[kind](fault, connection)
    return None


async def _shake_status(fault: Fault, connection: WebSocket) -> Response:
    return error_page(fault)


async def _shake_redirect(fault: Fault, connection: WebSocket) -> Response:
    return Response(None, fault["status"], {"location": fault["location"]})


async def _shake_refuse(fault: Fault, connection: WebSocket) -> Response:
    transport = transport_of(connection)
    if fault["reset"]:
        transport.reset()
    else:
        transport.cut_after(0)
    return Response()


async def _shake_hang(fault: Fault, connection: WebSocket) -> Response:
    await _until_gone(connection)
    return Response()


_HANDSHAKES: dict[str, Callable[[Fault, WebSocket], Awaitable[Response]]] = {
    "handshake_status": _shake_status,
    "handshake_redirect": _shake_redirect,
    "handshake_refuse": _shake_refuse,
    "handshake_hang": _shake_hang,
}
