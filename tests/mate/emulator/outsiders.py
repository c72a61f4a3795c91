"""Bare clients, written from the protocol page alone: no import of ours, plain httpx and plain websockets.

What they can do, any program in any language can; what they see is what goes over the wire.
"""

from __future__ import annotations

import json
import logging
import socket as sockets
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx
from websockets.sync.client import ClientConnection, connect

Json = dict[str, Any]
PATIENCE = 60.0
# The library logs addresses with their keys; every other log is watched for them.
SILENT = logging.Logger("outsider")
TASK = "Compare three note apps"


def rest(base_url: str, api_key: str) -> httpx.Client:
    """A bare REST client with an API key; it meets no TLS, and to load whom it could trust takes longer than a test."""
    return httpx.Client(base_url=base_url, headers={"x-api-key": api_key}, timeout=PATIENCE, verify=False)


def create(client: httpx.Client, mode: str = "", task: str = TASK, **more: Any) -> str:
    answer = client.post("/session/create", json={"task": task, "mode": mode, **more}).json()
    return str(answer["data"]["session_id"])


def line(base_url: str, session_id: str, api_key: str) -> ClientConnection:
    """An open WebSocket of a session."""
    address = base_url.replace("http://", "ws://")
    return connect(
        f"{address}/session/ws/{session_id}?api_key={api_key}",
        max_size=2**26,
        compression=None,
        close_timeout=0.2,
        logger=SILENT,
    )


def bare_handshake(base_url: str, session_id: str, api_key: str) -> sockets.socket:
    """A plain socket over which a WebSocket handshake was sent; the answer is still to come."""
    parts = urlsplit(base_url)
    bare = sockets.create_connection((parts.hostname, parts.port), PATIENCE)
    head = (
        f"GET /session/ws/{session_id}?api_key={api_key} HTTP/1.1",
        f"Host: {parts.netloc}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
    )
    bare.sendall("\r\n".join((*head, "", "")).encode())
    return bare


def send(socket: ClientConnection, message: Json) -> None:
    socket.send(json.dumps(message))


def receive(socket: ClientConnection) -> Json:
    event: Json = json.loads(socket.recv(timeout=PATIENCE))
    return event


def start(socket: ClientConnection, task: str = TASK, **extra: Any) -> None:
    data: Json = {"messages": [{"type": "task", "content": task}]}
    send(socket, {"type": "start", "data": data | ({"extra": extra} if extra else {})})


def answer(socket: ClientConnection, event: Json, before: Json | None) -> None:
    """Answer an input as the page says: by the x_confirm, the plan before it, or the analyst; else in text."""
    request_id = event["message"]["data"]["request_id"]
    after_plan = before is not None and before["type"] == "plan" and before["message"]["type"] != "update_task_status"
    if event["message"]["type"] == "x_confirm" or after_plan:
        data = {"input_type": "plan", "request_id": request_id, "response": {"accepted": True}}
    else:
        data = {"input_type": "text", "request_id": request_id, "text": "It is right."}
    send(socket, {"type": "input", "data": data})


def events(socket: ClientConnection) -> Iterator[Json]:
    """Follow a session, answering what it asks, up to its result or its error."""
    before = None
    while True:
        event = receive(socket)
        yield event
        if event["type"] == "input":
            answer(socket, event, before)
        if event["type"] in ("task_result", "error"):
            return
        before = event


def kinds(found: list[Json]) -> list[str]:
    """Name each event by its type and its message's type."""
    return [
        "/".join(part for part in (event["type"], (event.get("message") or {}).get("type")) if part) for event in found
    ]


def outcome(client: httpx.Client, session_id: str) -> str:
    """Ask for a session's status until it has ended; pytest's time limit ends this if it does not."""
    status = "active"
    while status == "active":
        status = client.get(f"/session/info/{session_id}").json()["data"]["status"]
    return status


def play(base_url: str, api_key: str, mode: str = "", **extra: Any) -> tuple[str, list[Json]]:
    """Drive a whole session; return its id and what it was sent."""
    with rest(base_url, api_key) as client:
        session_id = create(client, mode)
    with line(base_url, session_id, api_key) as socket:
        start(socket, **extra)
        return session_id, list(events(socket))


def data(response: httpx.Response) -> Any:
    """The answer's data, once it is sure that there is one."""
    envelope = response.json()
    assert (response.status_code, envelope["code"], envelope["msg"]) == (200, 0, "success")
    return envelope["data"]


def refusal(response: httpx.Response) -> tuple[int, int]:
    envelope = response.json()
    assert envelope["data"] is None
    return response.status_code, envelope["code"]
