"""Sessions, their messages, their marketing data and their files."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from wyseos.mate.emulator.scenario.actions import Json
from wyseos.mate.emulator.scenario.templating import topic_of
from wyseos.mate.emulator.server.endpoints.paging import page
from wyseos.mate.emulator.server.refusal import INVALID, Refusal, not_found
from wyseos.mate.emulator.server.uploads import Part
from wyseos.mate.emulator.state.service_state import Requester, ServiceState
from wyseos.mate.emulator.state.session import MARKETING_KINDS, Session

_MAX_FILE = 10 * 1024 * 1024
_IN_PROGRESS = ("active", "paused")
_OLDER_SHAPE = ("message_id", "source", "content", "created_at", "type", "source_type")


def create_session(state: ServiceState, requester: Requester, body: Json) -> Json:
    """Make a session; the work begins when `start` arrives over its connection."""
    state.require_credits()
    now = state.clock.stamp()
    info = {
        "session_id": state.new_id("session"),
        "name": topic_of(body["task"]),
        "status": "created",
        "browser_id": state.new_id("browser"),
        "team_id": "team_wyse_mate",
        "intent_id": body.get("intent_id", ""),
        "task": [{"role": "user", "content": body["task"]}],
        "attachments": [],
        "platform": body.get("platform", "api"),
        "mode": body.get("mode", ""),
        "visibility": "private",
        "extra": body.get("extra", {}),
        "created_at": now,
        "updated_at": now,
    }
    session = Session(info, state.store, state.clock)
    session.key_name = requester.key_name
    state.sessions[session.id] = session
    session.save()
    return {"session_id": session.id}


def get_session(state: ServiceState, requester: Requester, session_id: str) -> Json:
    """Tell of a session, with its last five messages in the older shape."""
    session = state.session(session_id)
    used = {"prompt_tokens": 40 * len(session.messages), "completion_tokens": 25 * len(session.messages)}
    return session.info | {
        "messages": [_older_shape(event) for event in session.messages[-5:]],
        "tokens": {"models": {"model_1": used}},
    }


def _older_shape(event: Json) -> Json:
    told = {name: event[name] for name in _OLDER_SHAPE if name in event}
    return told | {"message_type": (event.get("message") or {}).get("type", event["type"])}


def update_session_name(state: ServiceState, requester: Requester, session_id: str, body: Json) -> None:
    """Rename a session."""
    session = state.session(session_id)
    if body["session_id"] != session_id:
        raise Refusal(INVALID, "session_id: it differs from the one in the path")
    session.set_status(session.info["status"], name=body["title"])


def list_messages(
    state: ServiceState,
    requester: Requester,
    session_id: str,
    page_num: int,
    page_size: int,
    sort_order: str = "ASC",
    role: str = "",
    content: str = "",
    from_timestamp: str = "",
    to_timestamp: str = "",
) -> Json:
    """List a page of the history, filtered where a filter is given."""
    since, until = _moment(from_timestamp), _moment(to_timestamp)
    found = [
        event
        for event in state.session(session_id).messages
        if (not role or role in _roles(event))
        and content.casefold() in event.get("content", "").casefold()
        and (since is None or _moment(event["created_at"]) >= since)
        and (until is None or _moment(event["created_at"]) <= until)
    ]
    return page(found if sort_order == "ASC" else found[::-1], page_num, page_size)


def _roles(event: Json) -> tuple[str, ...]:
    by_user = event.get("source_component") == "user"
    return ("user" if by_user else "assistant", event.get("source", ""), event.get("source_component", ""))


def _moment(text: str) -> Any:
    """Read a timestamp; one without a time zone counts as UTC."""
    if not text:
        return None
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def list_messages_between(
    state: ServiceState, requester: Requester, session_id: str, from_message_id: str, to_message_id: str
) -> list[Json]:
    """List the messages from one to another, both included."""
    messages = state.session(session_id).messages
    places = {event["message_id"]: n for n, event in enumerate(messages)}
    for wanted in (from_message_id, to_message_id):
        if wanted not in places:
            raise not_found("message", wanted)
    return messages[places[from_message_id] : places[to_message_id] + 1]


def get_marketing_data(state: ServiceState, requester: Requester, session_id: str, type: str = "") -> Json:
    """Tell what a marketing session made; with a type, the other lists are empty."""
    kept = state.session(session_id).marketing
    return {kind: kept[kind] if type in ("", kind) else [] for kind in MARKETING_KINDS}


def upload_files(state: ServiceState, requester: Requester, files: list[Part], session_id: str = "") -> list[Json]:
    """Keep files and tell where they lie."""
    if session_id:
        state.session(session_id)
    for part in files:
        _check_file(part)
    return [
        {
            "file_name": part.file_name,
            "file_url": state.add_file(state.new_secret("file"), part.file_name or "", part.content),
        }
        for part in files
    ]


def _check_file(part: Part) -> None:
    if not part.file_name:
        raise Refusal(INVALID, "files: a file needs a name")
    if not part.content:
        raise Refusal(INVALID, f"files: {part.file_name} is empty")
    if len(part.content) > _MAX_FILE:
        raise Refusal(INVALID, f"files: {part.file_name} has more than {_MAX_FILE} bytes")


def list_current_sessions(state: ServiceState, requester: Requester, platform: str = "") -> list[Json]:
    """List the sessions in progress."""
    infos = [session.info for session in state.sessions.values() if session.info["status"] in _IN_PROGRESS]
    return [info for info in infos if platform in ("", info["platform"])]


HANDLERS = {
    handler.__name__: handler
    for handler in (
        create_session,
        get_session,
        update_session_name,
        list_messages,
        list_messages_between,
        get_marketing_data,
        upload_files,
        list_current_sessions,
    )
}
