# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Literal, Self

from wyseos.runtime.model import Model, reads_rows
from wyseos.runtime.reading import (
    Field,
    element,
    flag,
    integer,
    listing,
    model,
    moment,
    source_object,
    text,
    unknown_fields,
    write,
)
from wyseos.runtime.records import define, field

from .attachments import Attachments
from .plan_status_message import PlanStatusMessage
from .source_component import SOURCE_COMPONENT_VALUES, SourceComponent


@reads_rows
@define
class PlanStatusEvent(Model):
    """How far one step of the plan is.

    Args:
        type: The kind of message.
        message: The body of a plan's status.
        message_id: The message's id.
        source: The name of who it comes from.
        source_component: What kind of thing a message comes from.
        source_type: The kind of its source.
        content: What it says, in markdown.
        created_at: When it was made.
        browser_id: The browser it tells of.
        session_round: The round of the session it belongs to.
        timestamp: When it was sent, in ms since the epoch.
        attachments: The files that come with it.
        code: 0 success; 4000 invalid parameter; 4200 at capacity, retry later; 4201 rate limited, retry
            later; 4202 too many tasks, retry later; 4203 not found; 4600 not enough credits; 5000 internal
            error, retry later. Other codes are errors too.
        error: What went wrong.
        chunk_id: The id of this chunk of a streamed message. Null or absent in the closing one.
        chunk_index: The chunk's place in its stream.
        delta: True for a chunk of a streamed message.
    """

    message: PlanStatusMessage
    type: Literal["plan"] = field(default="plan", kw_only=True)
    message_id: str | None = field(default=None, kw_only=True)
    source: str | None = field(default=None, kw_only=True)
    source_component: SourceComponent | str | None = field(default=None, kw_only=True)
    source_type: str | None = field(default=None, kw_only=True)
    content: str | None = field(default=None, kw_only=True)
    created_at: datetime | None = field(default=None, kw_only=True)
    browser_id: str | None = field(default=None, kw_only=True)
    session_round: int | None = field(default=None, kw_only=True)
    timestamp: int | None = field(default=None, kw_only=True)
    attachments: list[Attachments] | None = field(default=None, kw_only=True)
    code: int | None = field(default=None, kw_only=True)
    error: str | None = field(default=None, kw_only=True)
    chunk_id: str | None = field(default=None, kw_only=True)
    chunk_index: int | None = field(default=None, kw_only=True)
    delta: bool | None = field(default=None, kw_only=True)
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
        self.type = text(get("type"))
        self.message = _read_message(get("message"))
        self.message_id = v if (v := get("message_id")) is None or type(v) is str else text(v)
        self.source = v if (v := get("source")) is None or type(v) is str else text(v)
        self.source_component = v if (v := get("source_component")) is None or type(v) is str else text(v)
        self.source_type = v if (v := get("source_type")) is None or type(v) is str else text(v)
        self.content = v if (v := get("content")) is None or type(v) is str else text(v)
        self.created_at = moment(v) if (v := get("created_at")) is not None else None
        self.browser_id = v if (v := get("browser_id")) is None or type(v) is str else text(v)
        self.session_round = v if (v := get("session_round")) is None or type(v) is int else integer(v)
        self.timestamp = v if (v := get("timestamp")) is None or type(v) is int else integer(v)
        self.attachments = _read_attachments(v) if (v := get("attachments")) is not None else None
        self.code = v if (v := get("code")) is None or type(v) is int else integer(v)
        self.error = v if (v := get("error")) is None or type(v) is str else text(v)
        self.chunk_id = v if (v := get("chunk_id")) is None or type(v) is str else text(v)
        self.chunk_index = v if (v := get("chunk_index")) is None or type(v) is int else integer(v)
        self.delta = flag(v) if (v := get("delta")) is not None else None
        self.additional_properties = {} if source.keys() <= _NAMES else unknown_fields(source, _NAMES)
        self._source = source
        return self

    def to_dict(self) -> dict[str, Any]:
        """Write it as a plain, JSON-ready dict; a field that was read and not changed goes back as it came."""
        return write(self)


_read_message = model(PlanStatusMessage)
_read_attachments = listing(element(Attachments))
PlanStatusEvent.FIELDS = (
    Field("type", "type", text, True),
    Field("message", "message", _read_message, True),
    Field("message_id", "message_id", text, False),
    Field("source", "source", text, False),
    Field("source_component", "source_component", text, False, values=SOURCE_COMPONENT_VALUES),
    Field("source_type", "source_type", text, False),
    Field("content", "content", text, False),
    Field("created_at", "created_at", moment, False),
    Field("browser_id", "browser_id", text, False),
    Field("session_round", "session_round", integer, False),
    Field("timestamp", "timestamp", integer, False),
    Field("attachments", "attachments", _read_attachments, False),
    Field("code", "code", integer, False),
    Field("error", "error", text, False),
    Field("chunk_id", "chunk_id", text, False),
    Field("chunk_index", "chunk_index", integer, False),
    Field("delta", "delta", flag, False),
)
_NAMES = frozenset(field.wire for field in PlanStatusEvent.FIELDS)
