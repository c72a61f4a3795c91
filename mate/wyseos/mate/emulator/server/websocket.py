"""The live half: one connection of one session, its handshake, what the client sends, and what it is sent."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

from starlette.websockets import WebSocket

from wyseos.mate.emulator.faults.frames import Frames
from wyseos.mate.emulator.faults.requests import at_handshake
from wyseos.mate.emulator.scenario.actions import Json
from wyseos.mate.emulator.scenario.scenario import ScenarioError
from wyseos.mate.emulator.server.contract import Problem, Violation
from wyseos.mate.emulator.server.refusal import INVALID, Refusal
from wyseos.mate.emulator.server.rest import refuse
from wyseos.mate.emulator.server.service import Service
from wyseos.mate.emulator.server.strict_json import read_json
from wyseos.mate.emulator.server.transport import transport_of
from wyseos.mate.emulator.state.session import ENDED, Session


async def serve_line(service: Service, websocket: WebSocket) -> None:
    """Serve one WebSocket from its handshake to its end."""
    session_id = websocket.path_params["session_id"]
    struck = await at_handshake(service.faults, websocket, session_id)
    if struck is not None:
        await websocket.send_denial_response(struck)
        return
    try:
        _refuse_repeated(service, websocket)
        service.state.requester(websocket.query_params.get("api_key"), websocket.query_params.get("authorization"))
        session = service.state.session(session_id)
    except Refusal as refusal:
        await websocket.send_denial_response(refuse(refusal))
        return
    await websocket.accept()
    await SessionConnection(service, session, websocket).run()


def _refuse_repeated(service: Service, websocket: WebSocket) -> None:
    for name in websocket.query_params:
        if len(websocket.query_params.getlist(name)) > 1:
            service.state.violations.append(Violation("connection", name, "it is told more than once"))
            raise Refusal(INVALID, f"{name}: it is told more than once")


class SessionConnection:
    """An open connection.

    Args:
        service: the service.
        session: the session it belongs to.
        websocket: accepted already.
    """

    def __init__(self, service: Service, session: Session, websocket: WebSocket) -> None:
        self._service = service
        self._session = session
        self._websocket = websocket
        self._frames = Frames(service.faults, session.id, websocket, transport_of(websocket))

    def tell(self, text: str) -> None:
        """Send an event."""
        self._frames.put(text)

    def hang_up(self, code: int, reason: str) -> None:
        """Close the connection after the events that are under way."""
        self._frames.put_close(code, reason)

    async def run(self) -> None:
        """Read what the client sends and write what the session says, until the connection ends."""
        writer = asyncio.create_task(self._frames.write(), name=f"connection of {self._session.id}")
        self._session.listeners.add(self)
        self._service.resume(self._session)
        try:
            await self._read()
        finally:
            self._session.listeners.discard(self)
            writer.cancel()
            await asyncio.wait([writer])

    async def _read(self) -> None:
        while True:
            message = await self._websocket.receive()
            if message["type"] == "websocket.disconnect":
                return
            await self._take(message.get("text"))

    async def _take(self, text: str | None) -> None:
        message, problem = self._read_message(text)
        if problem is not None:
            self._violated(f"message {message.get('type', '')}".strip(), problem)
            return
        kind = message["type"]
        struck = self._frames.at_message(kind)
        if struck is None or struck.options.get("taken", True):
            _MESSAGES[kind](self, message)
        if struck is not None:
            await self._frames.apply(struck)

    def _read_message(self, text: str | None) -> tuple[Json, Problem | None]:
        try:
            message = read_json(text if text is not None else "")
        except (ValueError, RecursionError):
            return {}, Problem("", "a frame is one JSON object, as text")
        if not isinstance(message, dict):
            return {}, Problem("", "a frame is one JSON object")
        self._read_confirmation(message)
        shape = self._service.contract.message_shape(message)
        if shape is None:
            return message, Problem("data.input_type" if message.get("type") == "input" else "type", "no such message")
        return message, shape.problem(message)

    def _read_confirmation(self, message: Json) -> None:
        """Take an answer to an `x_confirm` that bears its name for the plan's answer that it is."""
        data, request = message.get("data"), self._session.open_request
        is_asked = request is not None and request.event["message"]["type"] == "x_confirm"
        if is_asked and isinstance(data, dict) and data.get("input_type") == "x_confirm":
            data["input_type"] = "plan"

    def _violated(self, where: str, problem: Problem) -> None:
        """Note what the contract does not allow, and answer it as the service would: with 4000 and the field."""
        self._service.state.violations.append(Violation(where, problem.field, problem.reason, self._session.id))
        reason = f"{problem.field}: {problem.reason}" if problem.field else problem.reason
        told = {"source": "system", "source_component": "system", "content": reason}
        self.tell(json.dumps({"type": "error", **told, "code": INVALID, "error": reason}))

    # ---- the messages

    def _start(self, message: Json) -> None:
        session = self._session
        session.starts.append(message)
        if session.info["status"] == "paused":
            self._go_on()
        elif session.info["status"] == "active":
            self._violated("message start", Problem("type", "the session is at work already"))
        else:
            self._begin(message["data"])

    def _begin(self, data: Json) -> None:
        session = self._session
        task = "\n".join(entry["content"] for entry in data["messages"])
        attachments = data.get("attachments", [])
        session.info["attachments"] += attachments
        try:
            self._service.start(session, task, data.get("extra", {}))
        except ScenarioError as error:
            self._violated("message start", Problem("data.extra.scenario", str(error)))
            return
        self._remember(task, attachments)

    def _input(self, message: Json) -> None:
        data, session = message["data"], self._session
        request = session.open_request
        if request is None or session.answer is None or session.answer.done():
            self._violated("message input", Problem("data.request_id", "nothing was asked"))
        elif data["request_id"] != request.request_id:
            self._violated("message input", Problem("data.request_id", "another question is open"))
        elif data["input_type"] != request.expects:
            self._violated(
                "message input", Problem("data.input_type", f"this question is answered with {request.expects}")
            )
        else:
            self._remember(
                data.get("text") or data.get("response", {}).get("content") or "", data.get("attachments", [])
            )
            session.answer.set_result(data)

    def _remember(self, content: str, attachments: list[Json]) -> None:
        """Put what the user said into the history."""
        if content:
            by_user = {"source": "user", "source_component": "user", "source_type": "user"}
            self._session.remember({"type": "text", **by_user, "content": content, "attachments": attachments})

    def _pause(self, message: Json) -> None:
        if self._session.info["status"] == "active":
            self._session.going.clear()
            self._session.set_status("paused")

    def _go_on(self) -> None:
        self._session.set_status("active")
        self._session.going.set()

    def _stop(self, message: Json) -> None:
        session = self._session
        if session.runner is None or session.info["status"] in ENDED:
            return
        session.runner.cancel()
        session.going.set()
        self._service.stopped(session)

    def _ping(self, message: Json) -> None:
        if not self._service.faults.strike("no_pong", session_id=self._session.id):
            self._frames.put_apart(json.dumps({"type": "pong", "timestamp": message["timestamp"]}))

    def _pong(self, message: Json) -> None:
        """Nothing is to be done: the client is there."""


_MESSAGES: dict[str, Callable[[SessionConnection, Json], Any]] = {
    "start": SessionConnection._start,
    "input": SessionConnection._input,
    "pause": SessionConnection._pause,
    "stop": SessionConnection._stop,
    "ping": SessionConnection._ping,
    "pong": SessionConnection._pong,
}
