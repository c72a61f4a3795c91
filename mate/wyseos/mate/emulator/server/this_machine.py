"""Answers only what comes from this machine, on every route: the emulator runs beside a browser (security row 14).

A page of another site may send requests here, and after its name is bound anew (DNS rebinding) even read the answers:
its `Host` or its `Origin` gives it away. A site that was named explicitly may use the service's own routes.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket

from wyseos.mate.emulator.server.refusal import Refusal
from wyseos.mate.emulator.server.rest import refuse
from wyseos.runtime.urls import is_loopback


class OnlyThisMachine:
    """An ASGI app around another one.

    Args:
        app: what answers what is let through.
        origins: sites whose pages are let through to the service itself; never to the control endpoints.
    """

    def __init__(self, app: ASGIApp, origins: Collection[str] = ()) -> None:
        self._app = app
        self._origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or refuse it before anything of it is read."""
        if scope["type"] not in ("http", "websocket") or _is_from_here(scope, self._origins):
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await refuse(Refusal(403, "only for this machine", 403))(scope, receive, send)
        else:
            await WebSocket(scope, receive, send).close()  # before it is accepted: the handshake is answered with 403


def _is_from_here(scope: Scope, origins: Collection[str]) -> bool:
    headers = {name: value.decode("latin-1") for name, value in scope["headers"] if name in (b"host", b"origin")}
    host, origin = headers.get(b"host", ""), headers.get(b"origin")
    try:
        is_ours = "@" not in host and is_loopback(urlsplit(f"//{host}").hostname or "")
    except ValueError:
        return False
    is_welcome = origin in origins and not (scope["path"] == "/" or scope["path"].startswith("/_emulator"))
    return is_ours and (origin in (None, f"http://{host}") or is_welcome)


def checked_origins(origins: Sequence[str]) -> list[str]:
    """Take origins as a browser tells them; anything else would never be met.

    Raises:
        ValueError: one is none.
    """
    wanted = [origins] if isinstance(origins, str) else list(origins)
    for origin in wanted:
        parts = urlsplit(origin)
        if parts.scheme not in ("http", "https") or origin != f"{parts.scheme}://{parts.netloc}" or "*" in origin:
            raise ValueError(f"cors: {origin!r} is no origin; name one as http://localhost:3000")
    return wanted
