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
class RichFile(Model):
    """A file or an image that was made.

    Args:
        file_name: The file's name.
        url: Where the file lies.
        extension: The file's extension.
    """

    file_name: str | None = None
    url: str | None = field(default=None, kw_only=True)
    extension: str | None = field(default=None, kw_only=True)
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
        self.url = v if (v := get("url")) is None or type(v) is str else text(v)
        self.extension = v if (v := get("extension")) is None or type(v) is str else text(v)
        self.additional_properties = {} if source.keys() <= _NAMES else unknown_fields(source, _NAMES)
        self._source = source
        return self

    def to_dict(self) -> dict[str, Any]:
        """Write it as a plain, JSON-ready dict; a field that was read and not changed goes back as it came."""
        return write(self)


RichFile.FIELDS = (
    Field("file_name", "file_name", text, False),
    Field("url", "url", text, False),
    Field("extension", "extension", text, False),
)
_NAMES = frozenset(field.wire for field in RichFile.FIELDS)
