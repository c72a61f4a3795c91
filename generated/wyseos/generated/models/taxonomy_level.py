# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from wyseos.runtime.model import Model, reads_rows
from wyseos.runtime.reading import (
    Field,
    integer,
    model,
    source_object,
    unknown_fields,
    write,
)
from wyseos.runtime.records import define, field

from .localized_name import LocalizedName


@reads_rows
@define
class TaxonomyLevel(Model):
    """A category as a taxonomy names it.

    Args:
        id: The category's number.
        name: A name in two languages.
    """

    id: int
    name: LocalizedName | None = field(default=None, kw_only=True)
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
        self.name = _read_name(v) if (v := get("name")) is not None else None
        self.additional_properties = {} if source.keys() <= _NAMES else unknown_fields(source, _NAMES)
        self._source = source
        return self

    def to_dict(self) -> dict[str, Any]:
        """Write it as a plain, JSON-ready dict; a field that was read and not changed goes back as it came."""
        return write(self)


_read_name = model(LocalizedName)
TaxonomyLevel.FIELDS = (
    Field("id", "id", integer, True),
    Field("name", "name", _read_name, False),
)
_NAMES = frozenset(field.wire for field in TaxonomyLevel.FIELDS)
