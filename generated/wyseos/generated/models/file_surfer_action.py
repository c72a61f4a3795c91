# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from wyseos.runtime.model import Model, reads_rows
from wyseos.runtime.reading import (
    Field,
    source_object,
    text,
    unknown_fields,
    write,
)
from wyseos.runtime.records import define, field


@reads_rows
@define
class FileSurferAction(Model):
    """Something done with a file.

    Args:
        action: What was done.
        text: What was read.
        file_name: The file's name.
    """

    action: str | None = None
    text: str | None = field(default=None, kw_only=True)
    file_name: str | None = field(default=None, kw_only=True)
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
        self.action = v if (v := get("action")) is None or type(v) is str else text(v)
        self.text = v if (v := get("text")) is None or type(v) is str else text(v)
        self.file_name = v if (v := get("file_name")) is None or type(v) is str else text(v)
        self.additional_properties = {} if source.keys() <= _NAMES else unknown_fields(source, _NAMES)
        self._source = source
        return self

    def to_dict(self) -> dict[str, Any]:
        """Write it as a plain, JSON-ready dict; a field that was read and not changed goes back as it came."""
        return write(self)


FileSurferAction.FIELDS = (
    Field("action", "action", text, False),
    Field("text", "text", text, False),
    Field("file_name", "file_name", text, False),
)
_NAMES = frozenset(field.wire for field in FileSurferAction.FIELDS)
