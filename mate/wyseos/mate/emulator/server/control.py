"""The control endpoints below `/_emulator`, for tests in any language, and the status page that uses them."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Awaitable, Callable
from functools import cache
from importlib.resources import files
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from wyseos.mate.emulator.faults.kinds import KINDS
from wyseos.mate.emulator.faults.rules import FaultError, Faults
from wyseos.mate.emulator.scenario.actions import Json
from wyseos.mate.emulator.server.refusal import INVALID, Refusal
from wyseos.mate.emulator.server.rest import read_body, refuse
from wyseos.mate.emulator.server.service import Service
from wyseos.mate.emulator.server.strict_json import read_json
from wyseos.mate.emulator.state.session import Session

_SHOWN_EVENTS = 200
_MOST_BODY = 2**20

Handler = Callable[[Service, Request], Awaitable[Any]]


def control_routes(service: Service) -> list[Route]:
    """Make the routes of the control endpoints and of the status page."""
    return [Route("/", _guarded(service, _status_page)), *(_route(service, *told) for told in _ENDPOINTS)]


def _route(service: Service, method: str, path: str, handler: Handler) -> Route:
    return Route("/_emulator" + path, _guarded(service, handler), methods=[method])


def _guarded(service: Service, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        try:
            told = await handler(service, request)
        except Refusal as refusal:
            return refuse(refusal)
        return told if isinstance(told, Response) else JSONResponse(told)

    return endpoint


# ---- faults


async def _list_faults(service: Service, request: Request) -> Any:
    return [fault.as_json() for fault in service.faults.armed()]


async def _arm_fault(service: Service, request: Request) -> Any:
    told = await _body(request)
    try:
        return service.faults.arm(told).as_json()
    except FaultError as error:
        raise Refusal(INVALID, str(error)) from None


async def _arm_chaos(service: Service, request: Request) -> Any:
    told = await _body(request)
    try:
        service.faults.arm_chaos(told)
    except (FaultError, TypeError) as error:
        raise Refusal(INVALID, str(error)) from None
    return await _list_faults(service, request)


async def _clear_faults(service: Service, request: Request) -> Any:
    service.faults.clear()
    return []


async def _body(request: Request) -> Json:
    body = await read_body(request, _MOST_BODY)
    if body is None:
        raise Refusal(INVALID, f"the body is larger than {_MOST_BODY} bytes", 413)
    try:
        told = read_json(body)
    except (ValueError, RecursionError) as error:
        raise Refusal(INVALID, f"the body is not JSON: {error}") from None
    if not isinstance(told, dict):
        raise Refusal(INVALID, "the body is a JSON object")
    return told


# ---- what is to be seen


async def _violations(service: Service, request: Request) -> Any:
    return [str(violation) for violation in service.state.violations]


async def _state(service: Service, request: Request) -> Any:
    state = service.state
    return {
        "base_url": state.base_url,
        "scenario": service.scenario.name if service.scenario else "by mode",
        "speed": state.clock.speed,
        "credits": state.account["credits"],
        "kinds": sorted(KINDS),
        "sessions": [_summary(session) for session in reversed(list(state.sessions.values())[-_SHOWN_EVENTS:])],
        "faults": _told_faults(service.faults),
        "violations": [str(violation) for violation in state.violations[-_SHOWN_EVENTS:]],
    }


def _told_faults(faults: Faults) -> list[Json]:
    return [fault.as_json() for fault in faults.armed()]


def _summary(session: Session) -> Json:
    info = session.info
    return {
        "session_id": session.id,
        "name": info["name"],
        "mode": info["mode"] or "default",
        "status": info["status"],
        "created_at": info["created_at"],
        "messages": len(session.messages),
        "connections": len(session.listeners),
        "starts": len(session.starts),
        "waited": round(session.waited, 3),
    }


async def _session(service: Service, request: Request) -> Any:
    session = service.state.session(request.path_params["session_id"])
    screenshots = (_screenshot(event) for event in reversed(session.messages))
    return {
        **_summary(session),
        "events": [_told_event(event) for event in session.messages[-_SHOWN_EVENTS:]],
        "screenshot": next((picture for picture in screenshots if picture), ""),
    }


def _told_event(event: Json) -> Json:
    body = event.get("message") or {}
    data = json.dumps(body.get("data"), ensure_ascii=False)[:300] if body.get("data") else ""
    kind = " ".join(dict.fromkeys(part for part in (event["type"], body.get("type")) if part))
    told = {"time": event["created_at"][11:23], "kind": kind, "data": data}
    return told | {name: event.get(name, "") for name in ("source", "content")}


def _screenshot(event: Json) -> str:
    body = event.get("message") or {}
    return str(body["data"].get("screenshot", "")) if body.get("type") == "browser" else ""


# ---- the page


@cache
def _page() -> tuple[bytes, dict[str, str]]:
    """Read the page, and allow its own script and style by their hashes, and nothing else."""
    html = (files("wyseos.mate.emulator.server") / "status.html").read_text("utf-8")
    policy = (
        f"default-src 'none'; script-src {_hash_of('script', html)}; style-src {_hash_of('style', html)}; "
        "connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return html.encode(), {
        "content-security-policy": policy,
        "x-content-type-options": "nosniff",
        "cache-control": "no-store",
    }


def _hash_of(tag: str, html: str) -> str:
    content = html.partition(f"<{tag}>")[2].partition(f"</{tag}>")[0]
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


async def _status_page(service: Service, request: Request) -> Any:
    html, headers = _page()
    return Response(html, 200, headers, "text/html")


_ENDPOINTS: tuple[tuple[str, str, Handler], ...] = (
    ("GET", "/faults", _list_faults),
    ("POST", "/faults", _arm_fault),
    ("DELETE", "/faults", _clear_faults),
    ("POST", "/chaos", _arm_chaos),
    ("GET", "/violations", _violations),
    ("GET", "/state", _state),
    ("GET", "/sessions/{session_id}", _session),
)
