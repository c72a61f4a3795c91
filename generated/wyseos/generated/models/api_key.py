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
class APIKey(Model):
    """An API key.

    Args:
        id: The key's number.
        name: The key's name.
        api_key: The key, with most of it hidden.
        created_at: When it was made.
        last_used_at: When it was last used. Empty if it never was.
    """

    id: int
    name: str | None = field(default=None, kw_only=True)
    api_key: str | None = field(repr=False, default=None, kw_only=True)
    created_at: datetime | None = field(default=None, kw_only=True)
    last_used_at: datetime | None = field(default=None, kw_only=True)
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
        self.id = integer(get("id"))
        self.name = v if (v := get("name")) is None or type(v) is str else text(v)
        self.api_key = v if (v := get("api_key")) is None or type(v) is str else text(v)
        self.created_at = moment(v) if (v := get("created_at")) is not None else None
        self.last_used_at = moment(v) if (v := get("last_used_at")) is not None else None
        self.additional_properties = {} if source.keys() <= _NAMES else unknown_fields(source, _NAMES)
        self._source = source
        return self

    def to_dict(self) -> dict[str, Any]:
        """Write it as a plain, JSON-ready dict; a field that was read and not changed goes back as it came."""
        return write(self)


APIKey.FIELDS = (
    Field("id", "id", integer, True),
    Field("name", "name", text, False),
    Field("api_key", "api_key", text, False),
    Field("created_at", "created_at", moment, False),
    Field("last_used_at", "last_used_at", moment, False),
)
_NAMES = frozenset(field.wire for field in APIKey.FIELDS)
