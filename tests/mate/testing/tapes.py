"""A session recorded on a tape."""

from __future__ import annotations

import json
import time

from tests.mate.emulator import outsiders


def raw_session(base_url: str, api_key: str, mode: str = "") -> list[str]:
    """Drive a session and keep its frames as they came."""
    with outsiders.rest(base_url, api_key) as client:
        session_id = outsiders.create(client, mode)
        frames: list[str] = []
        with outsiders.line(base_url, session_id, api_key) as socket:
            outsiders.start(socket)
            outsiders.send(socket, {"type": "ping", "timestamp": time.time_ns()})
            before = None
            while before is None or before["type"] != "task_result":
                text = str(socket.recv(timeout=outsiders.PATIENCE))
                event = json.loads(text)
                if event["type"] == "pong":
                    continue
                frames.append(text)
                if event["type"] == "input":
                    outsiders.answer(socket, event, before)
                before = event
        frames.append(client.get(f"/session/info/{session_id}").text)
        frames.append(client.get("/session/message/lists", params={"session_id": session_id, "page_size": 3}).text)
    return frames
