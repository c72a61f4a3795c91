"""A session in the manner of 0.3.x: messages as plain dicts, answered one by one. See docs/migrate.md."""

import threading
from typing import Any

from wyseos.mate import Client
from wyseos.mate.config import load_config
from wyseos.mate.models import CreateSessionRequest
from wyseos.mate.plan import Plan
from wyseos.mate.websocket import MessageType, WebSocketClient

TASK = "Compare three solar lanterns"

client = Client(load_config("mate.yaml"))
session = client.session.get_info(client.session.create(CreateSessionRequest(task=TASK)).session_id)
ws_client = WebSocketClient(client.base_url, client.api_key, session.session_id, heartbeat_interval=30)

plan = Plan()
finished = threading.Event()


def on_message(message: dict[str, Any]) -> None:
    kind = WebSocketClient.get_message_type(message)
    if kind == MessageType.PLAN:
        if plan.apply_message(message):
            print(plan.get_overall_status().value)
    elif kind == MessageType.INPUT:
        request_id = WebSocketClient.get_request_id(message)
        if request_id is not None:
            ws_client.send_message(WebSocketClient.create_plan_acceptance_response(request_id))
    elif kind in (MessageType.TEXT, MessageType.PROGRESS):
        print(message.get("source", "unknown"), "-", message.get("content", ""))
    elif kind == MessageType.TASK_RESULT:
        print(message["content"])
        finished.set()


ws_client.set_message_handler(on_message)
ws_client.set_connect_handler(lambda: print("connected"))
ws_client.set_disconnect_handler(lambda: print("disconnected"))
ws_client.set_error_handler(lambda error: print("error:", error))
ws_client.connect(session.session_id)
start = {
    "type": MessageType.START,
    "data": {"messages": [{"type": "task", "content": TASK}], "attachments": [], "kb_ids": []},
}
ws_client.send_message(start)
finished.wait(30)
ws_client.disconnect()
print(plan.render_text())
client.close()
