# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Self

from wyseos.runtime.model import Model, reads_rows
from wyseos.runtime.reading import (
    Field,
    integer,
    moment,
    source_object,
    text,
    unknown_fields,
    write,
)
from wyseos.runtime.records import define, field


@reads_rows
@define
class Attachments(Model):
    """One attachment of a session or a message. A history tells more of it than a live message.

    Args:
        file_name: The file's name.
        file_url: Where the file lies.
        extension: The file's extension.
        url: Where the file lies, in a history.
        attachment_id: The attachment's id. May come as a number.
        message_id: The message it belongs to.
        file_type: The kind of file.
        file_size: The file's size, in bytes.
        created_at: When it was made.
        updated_at: When it last changed.
    """

    file_name: str | None = None
    file_url: str | None = field(default=None, kw_only=True)
    extension: str | None = field(default=None, kw_only=True)
    url: str | None = field(default=None, kw_only=True)
    attachment_id: str | None = field(default=None, kw_only=True)
    message_id: str | None = field(default=None, kw_only=True)
    file_type: str | None = field(default=None, kw_only=True)
    file_size: int | None = field(default=None, kw_only=True)
    created_at: datetime | None = field(default=None, kw_only=True)
    updated_at: datetime | None = field(default=None, kw_only=True)
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
        self.file_name = v if (v := get("file_name")) is None or type(v) is str else text(v)
        self.file_url = v if (v := get("file_url")) is None or type(v) is str else text(v)
        self.extension = v if (v := get("extension")) is None or type(v) is str else text(v)
        self.url = v if (v := get("url")) is None or type(v) is str else text(v)
        self.attachment_id = v if (v := get("attachment_id")) is None or type(v) is str else text(v)
        self.message_id = v if (v := get("message_id")) is None or type(v) is str else text(v)
        self.file_type = v if (v := get("file_type")) is None or type(v) is str else text(v)
        self.file_size = v if (v := get("file_size")) is None or type(v) is int else integer(v)
        self.created_at = moment(v) if (v := get("created_at")) is not None else None
        self.updated_at = moment(v) if (v := get("updated_at")) is not None else None
        self.additional_properties = {} if source.keys() <= _NAMES else unknown_fields(source, _NAMES)
        self._source = source
        return self

    def to_dict(self) -> dict[str, Any]:
        """Write it as a plain, JSON-ready dict; a field that was read and not changed goes back as it came."""
        return write(self)


Attachments.FIELDS = (
    Field("file_name", "file_name", text, False),
    Field("file_url", "file_url", text, False),
    Field("extension", "extension", text, False),
    Field("url", "url", text, False),
    Field("attachment_id", "attachment_id", text, False),
    Field("message_id", "message_id", text, False),
    Field("file_type", "file_type", text, False),
    Field("file_size", "file_size", integer, False),
    Field("created_at", "created_at", moment, False),
    Field("updated_at", "updated_at", moment, False),
)
_NAMES = frozenset(field.wire for field in Attachments.FIELDS)
