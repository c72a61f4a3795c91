"""A runner of the documented API, as a program makes one."""

from __future__ import annotations

from typing import Any

from wyseos.mate import Client, create_task_runner
from wyseos.mate.models import CreateSessionRequest
from wyseos.mate.task_runner import TaskRunner
from wyseos.mate.websocket import WebSocketClient


def make_runner(client: Client, **request: Any) -> TaskRunner:
    made = client.session.create(CreateSessionRequest(task="Find trends", **request))
    session_info = client.session.get_info(made.session_id)
    ws_client = WebSocketClient(
        base_url=client.base_url,
        api_key=client.api_key or "",
        jwt_token=client.jwt_token or "",
        session_id=session_info.session_id,
        heartbeat_interval=30,
    )
    return create_task_runner(ws_client, client, session_info)
