"""The ASGI app: both halves of the service, the files, the control endpoints and the status page."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import ASGIApp
from starlette.websockets import WebSocket

from wyseos.mate.emulator.server.control import control_routes
from wyseos.mate.emulator.server.refusal import INTERNAL, INVALID, NOT_FOUND, Refusal
from wyseos.mate.emulator.server.rest import refuse, rest_routes
from wyseos.mate.emulator.server.service import Service
from wyseos.mate.emulator.server.this_machine import OnlyThisMachine
from wyseos.mate.emulator.server.uploads import media_type
from wyseos.mate.emulator.server.websocket import serve_line


def make_app(service: Service, origins: Sequence[str] = ()) -> ASGIApp:
    """Put the app together; `origins` are the sites whose pages may use the service."""

    async def connection(websocket: WebSocket) -> None:
        await serve_line(service, websocket)

    async def file(request: Request) -> Response:
        # No key is asked for: a file's URL is permission enough, and no SDK may show a key to a URL of the service's.
        kept = service.state.shelves["file"].get(request.path_params["file_id"])
        if kept is None:
            return refuse(Refusal(NOT_FOUND, "file not found"))
        headers = {
            "content-disposition": "inline",
            "x-content-type-options": "nosniff",
            "content-security-policy": "sandbox",
        }
        return Response(kept["content"].encode("latin-1"), 200, headers, media_type(kept["file_name"]))

    routes = [
        *rest_routes(service),
        WebSocketRoute("/session/ws/{session_id}", connection),
        Route("/files/{file_id}/{file_name}", file),
        *control_routes(service),
    ]
    app = Starlette(routes=routes, exception_handlers={HTTPException: _refuse_http, Exception: _refuse_all})
    if origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=origins,
            allow_methods=["GET", "POST", "PUT", "DELETE"],
            allow_headers=["x-api-key", "authorization", "content-type"],
            expose_headers=["x-request-id", "retry-after"],
        )
    return OnlyThisMachine(app, origins)


async def _refuse_http(request: Request, error: Exception) -> Response:
    """Answer with an envelope what never reached an operation: an unknown path, a wrong method."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    response = refuse(Refusal(NOT_FOUND if status == 404 else INVALID, f"{request.method}: {error}", status))
    response.headers.update(getattr(error, "headers", None) or {})
    return response


async def _refuse_all(request: Request, error: Exception) -> Response:
    """Answer a mistake of the emulator's own as the service does; it is logged as well."""
    return refuse(Refusal(INTERNAL, "internal error"))
