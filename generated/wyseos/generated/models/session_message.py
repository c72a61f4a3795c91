# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Self

from wyseos.runtime.model import Model, reads_rows
from wyseos.runtime.reading import (
    Field,
    moment,
    source_object,
    text,
    unknown_fields,
    write,
)
from wyseos.runtime.records import define, field


@reads_rows
@define
class SessionMessage(Model):
    """A message in the older shape that a session's info carries.

    Args:
        message_id: The message's id.
        source: Who it comes from.
        content: What it says, in markdown.
        message_type: The kind of its body.
        created_at: When it was made.
        type: The kind of message.
        source_type: The kind of its source.
    """

    message_id: str
    source: str | None = field(default=None, kw_only=True)
    content: str | None = field(default=None, kw_only=True)
    message_type: str | None = field(default=None, kw_only=True)
    created_at: datetime | None = field(default=None, kw_only=True)
    type: str | None = field(default=None, kw_only=True)
    source_type: str | None = field(default=None, kw_only=True)
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
        self.message_id = v if type(v := get("message_id")) is str else text(v)
        self.source = v if (v := get("source")) is None or type(v) is str else text(v)
        self.content = v if (v := get("content")) is None or type(v) is str else text(v)
        self.message_type = v if (v := get("message_type")) is None or type(v) is str else text(v)
        self.created_at = moment(v) if (v := get("created_at")) is not None else None
        self.type = v if (v := get("type")) is None or type(v) is str else text(v)
        self.source_type = v if (v := get("source_type")) is None or type(v) is str else text(v)
        self.additional_properties = {} if source.keys() <= _NAMES else unknown_fields(source, _NAMES)
        self._source = source
        return self

    def to_dict(self) -> dict[str, Any]:
        """Write it as a plain, JSON-ready dict; a field that was read and not changed goes back as it came."""
        return write(self)


SessionMessage.FIELDS = (
    Field("message_id", "message_id", text, True),
    Field("source", "source", text, False),
    Field("content", "content", text, False),
    Field("message_type", "message_type", text, False),
    Field("created_at", "created_at", moment, False),
    Field("type", "type", text, False),
    Field("source_type", "source_type", text, False),
)
_NAMES = frozenset(field.wire for field in SessionMessage.FIELDS)
