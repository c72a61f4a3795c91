"""Messages of the service, as events and as the dicts that go over the wire."""

from __future__ import annotations

from typing import Any

from wyseos.generated.events import event_from_dict

Json = dict[str, Any]

STEPS = [
    {"id": "1", "title": "Research", "status": "not_started"},
    {"id": "2", "title": "Write", "status": "not_started"},
]


def text(message_id: str | None = "m", content: str = "hello") -> Json:
    return {"type": "text", "message_id": message_id, "content": content}


def progress(message_id: str = "m") -> Json:
    return {"type": "progress", "message_id": message_id, "content": "working"}


def warning(message_id: str = "m") -> Json:
    return {"type": "warning", "message_id": message_id, "content": "careful"}


def unknown(message_id: str = "m") -> Json:
    return {"type": "brand_new", "message_id": message_id}


def plan(message_id: str = "m", steps: list[Json] | None = None, kind: str = "create_plan") -> Json:
    return {
        "type": "plan",
        "message_id": message_id,
        "message": {"type": kind, "data": STEPS if steps is None else steps},
    }


def plan_status(message_id: str = "m", step: str = "1", status: str = "done") -> Json:
    data = {"id": step, "status": status, "title": "Research"}
    return {"type": "plan", "message_id": message_id, "message": {"type": "update_task_status", "data": data}}


def question(message_id: str = "m", request_id: str = "r", kind: str = "", source: str = "wyse_mate") -> Json:
    body = {"type": kind, "data": {"request_id": request_id}}
    return {"type": "input", "message_id": message_id, "source": source, "content": "Shall I?", "message": body}


def result(message_id: str = "m", content: str = "42", status: str | None = None) -> Json:
    data = {} if status is None else {"status": status}
    return {"type": "task_result", "message_id": message_id, "content": content, "message": {"type": "", "data": data}}


def error(message_id: str = "m", code: int = 4201) -> Json:
    return {"type": "error", "message_id": message_id, "code": code, "error": "rate limited"}


def follow_up(message_id: str = "m") -> Json:
    body = {"type": "follow_up_suggestion", "data": [{"content": "Go on", "display_type": "button", "url": ""}]}
    return {"type": "rich", "message_id": message_id, "message": body}


def draft(message_id: str, draft_id: str, content: str, index: int | None) -> Json:
    body = {"type": "writer_twitter", "data": {"draft_id": draft_id, "content": content}}
    chunk = {"delta": True, "chunk_id": f"c{index}", "chunk_index": index}
    return {"type": "rich", "message_id": message_id, **chunk, "message": body}


def stream_end(message_id: str = "m", kind: str = "writer_twitter") -> Json:
    return {"type": "rich", "message_id": message_id, "delta": False, "message": {"type": kind, "data": None}}


def browser(message_id: str = "m", screenshot: str = "aGk=") -> Json:
    data = {"action": "click", "text": "Sign in", "screenshot": screenshot, "url": "https://example.com"}
    return {"type": "rich", "message_id": message_id, "message": {"type": "browser", "data": data}}


def own(message_id: str = "m") -> Json:
    return {"type": "text", "message_id": message_id, "source": "user", "source_component": "user", "content": "Yes"}


def event(message: Json) -> Any:
    return event_from_dict(message)


def events(*messages: Json) -> list[Any]:
    return [event_from_dict(message) for message in messages]
