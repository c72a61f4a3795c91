# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Self

from wyseos.runtime.model import Model, reads_rows
from wyseos.runtime.reading import (
    Field,
    element,
    freeform,
    listing,
    model,
    moment,
    number,
    source_object,
    text,
    unknown_fields,
    write,
)
from wyseos.runtime.records import define, field

from .attachments import Attachments
from .session_message import SessionMessage
from .session_status import SESSION_STATUS_VALUES, SessionStatus
from .session_task_result import SessionTaskResult
from .session_tokens import SessionTokens
from .user_task_message import UserTaskMessage
from .visibility import VISIBILITY_VALUES, Visibility


@reads_rows
@define
class SessionInfo(Model):
    """A session.

    Args:
        session_id: The session's id.
        name: The session's name.
        status: How far a session is.
        browser_id: The browser it works with.
        team_id: The team that works on it.
        intent_id: The intent it belongs to.
        task: What was asked for.
        task_result: What came out of a session's task.
        attachments: The files that came with the task.
        platform: Where it was started from. Known: `web`, `api`, `extension`; the service may name more.
        mode: How it works. Known: empty (default), `deep_search`, `marketing`; the service may name more.
        visibility: Who may see a session.
        extra: Free-form, as given when it was created.
        created_at: When it was created.
        updated_at: When it last changed.
        messages: The last five messages, in an older shape.
        duration: How long it has run, in seconds.
        error_message: Why it failed.
        tokens: The tokens that a session used.
    """

    session_id: str
    name: str | None = field(default=None, kw_only=True)
    status: SessionStatus | str | None = field(default=None, kw_only=True)
    browser_id: str | None = field(default=None, kw_only=True)
    team_id: str | None = field(default=None, kw_only=True)
    intent_id: str | None = field(default=None, kw_only=True)
    task: list[UserTaskMessage] = field(factory=list, kw_only=True)
    task_result: SessionTaskResult | None = field(default=None, kw_only=True)
    attachments: list[Attachments] = field(factory=list, kw_only=True)
    platform: str | None = field(default=None, kw_only=True)
    mode: str | None = field(default=None, kw_only=True)
    visibility: Visibility | str | None = field(default=None, kw_only=True)
    extra: dict[str, Any] | None = field(default=None, kw_only=True)
    created_at: datetime | None = field(default=None, kw_only=True)
    updated_at: datetime | None = field(default=None, kw_only=True)
    messages: list[SessionMessage] = field(factory=list, kw_only=True)
    duration: float | None = field(default=None, kw_only=True)
    error_message: str | None = field(default=None, kw_only=True)
    tokens: SessionTokens | None = field(default=None, kw_only=True)
    additional_properties: dict[str, Any] = field(factory=dict, init=False)
    _source: Mapping[str, Any] = field(factory=dict, init=False, repr=False, eq=False)

    FIELDS: ClassVar[tuple[Field, ...]]

    @classmethod
    def from_dict(cls, source: Mapping[str, Any]) -> Self:
        """Read it from a decoded JSON object, forgiving each field by itself; nothing of the object is lost."""
        if type(source) is not dict:
            source_object(cls, source)
        get = source.get
        self = cls.__new__(cls)
        self.session_id = v if type(v := get("session_id")) is str else text(v)
        self.name = v if (v := get("name")) is None or type(v) is str else text(v)
        self.status = v if (v := get("status")) is None or type(v) is str else text(v)
        self.browser_id = v if (v := get("browser_id")) is None or type(v) is str else text(v)
        self.team_id = v if (v := get("team_id")) is None or type(v) is str else text(v)
        self.intent_id = v if (v := get("intent_id")) is None or type(v) is str else text(v)
        self.task = (_read_task(v) if (v := get("task")) is not None else None) or []
        self.task_result = _read_task_result(v) if (v := get("task_result")) is not None else None
        self.attachments = (_read_attachments(v) if (v := get("attachments")) is not None else None) or []
        self.platform = v if (v := get("platform")) is None or type(v) is str else text(v)
        self.mode = v if (v := get("mode")) is None or type(v) is str else text(v)
        self.visibility = v if (v := get("visibility")) is None or type(v) is str else text(v)
        self.extra = freeform(get("extra"))
        self.created_at = moment(v) if (v := get("created_at")) is not None else None
        self.updated_at = moment(v) if (v := get("updated_at")) is not None else None
        self.messages = (_read_messages(v) if (v := get("messages")) is not None else None) or []
        self.duration = number(v) if (v := get("duration")) is not None else None
        self.error_message = v if (v := get("error_message")) is None or type(v) is str else text(v)
        self.tokens = _read_tokens(v) if (v := get("tokens")) is not None else None
        self.additional_properties = {} if source.keys() <= _NAMES else unknown_fields(source, _NAMES)
        self._source = source
        return self

    def to_dict(self) -> dict[str, Any]:
        """Write it as a plain, JSON-ready dict; a field that was read and not changed goes back as it came."""
        return write(self)


_read_task = listing(element(UserTaskMessage))
_read_task_result = model(SessionTaskResult)
_read_attachments = listing(element(Attachments))
_read_messages = listing(element(SessionMessage))
_read_tokens = model(SessionTokens)
SessionInfo.FIELDS = (
    Field("session_id", "session_id", text, True),
    Field("name", "name", text, False),
    Field("status", "status", text, False, values=SESSION_STATUS_VALUES),
    Field("browser_id", "browser_id", text, False),
    Field("team_id", "team_id", text, False),
    Field("intent_id", "intent_id", text, False),
    Field("task", "task", _read_task, False, empty=[]),
    Field("task_result", "task_result", _read_task_result, False),
    Field("attachments", "attachments", _read_attachments, False, empty=[]),
    Field("platform", "platform", text, False),
    Field("mode", "mode", text, False),
    Field("visibility", "visibility", text, False, values=VISIBILITY_VALUES),
    Field("extra", "extra", freeform, False),
    Field("created_at", "created_at", moment, False),
    Field("updated_at", "updated_at", moment, False),
    Field("messages", "messages", _read_messages, False, empty=[]),
    Field("duration", "duration", number, False),
    Field("error_message", "error_message", text, False),
    Field("tokens", "tokens", _read_tokens, False),
)
_NAMES = frozenset(field.wire for field in SessionInfo.FIELDS)
