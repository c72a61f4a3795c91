# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from wyseos.runtime.model import Model, reads_rows
from wyseos.runtime.reading import (
    Field,
    one_of,
    source_object,
    text,
    unknown_fields,
    write,
)
from wyseos.runtime.records import define, field


@reads_rows
@define
class MessageMetadata(Model):
    """What is told about the body of a message.

    Args:
        internal: Whether the message is not meant for the user.
        exec_file: The file that was run.
        type: The kind of content, such as `final_answer`.
        to: Who the message is for.
        data_type: The kind of data.
        from_request_id: The request that this answers.
    """

    internal: bool | str | None = None
    exec_file: str | None = field(default=None, kw_only=True)
    type: str | None = field(default=None, kw_only=True)
    to: str | None = field(default=None, kw_only=True)
    data_type: str | None = field(default=None, kw_only=True)
    from_request_id: str | None = field(default=None, kw_only=True)
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
        self.internal = _read_internal(v) if (v := get("internal")) is not None else None
        self.exec_file = v if (v := get("exec_file")) is None or type(v) is str else text(v)
        self.type = v if (v := get("type")) is None or type(v) is str else text(v)
        self.to = v if (v := get("to")) is None or type(v) is str else text(v)
        self.data_type = v if (v := get("data_type")) is None or type(v) is str else text(v)
        self.from_request_id = v if (v := get("from_request_id")) is None or type(v) is str else text(v)
        self.additional_properties = {} if source.keys() <= _NAMES else unknown_fields(source, _NAMES)
        self._source = source
        return self

    def to_dict(self) -> dict[str, Any]:
        """Write it as a plain, JSON-ready dict; a field that was read and not changed goes back as it came."""
        return write(self)


_read_internal = one_of(bool, str)
MessageMetadata.FIELDS = (
    Field("internal", "internal", _read_internal, False),
    Field("exec_file", "exec_file", text, False),
    Field("type", "type", text, False),
    Field("to", "to", text, False),
    Field("data_type", "data_type", text, False),
    Field("from_request_id", "from_request_id", text, False),
)
_NAMES = frozenset(field.wire for field in MessageMetadata.FIELDS)
