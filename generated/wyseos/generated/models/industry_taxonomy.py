# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from wyseos.runtime.model import Model, reads_rows
from wyseos.runtime.reading import (
    Field,
    model,
    source_object,
    unknown_fields,
    write,
)
from wyseos.runtime.records import define, field

from .taxonomy_level import TaxonomyLevel


@reads_rows
@define
class IndustryTaxonomy(Model):
    """A category and its subcategory.

    Args:
        level_1: A category as a taxonomy names it.
        level_2: A category as a taxonomy names it.
    """

    level_1: TaxonomyLevel | None = None
    level_2: TaxonomyLevel | None = field(default=None, kw_only=True)
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
        self.level_1 = _read_level_1(v) if (v := get("level_1")) is not None else None
        self.level_2 = _read_level_2(v) if (v := get("level_2")) is not None else None
        self.additional_properties = {} if source.keys() <= _NAMES else unknown_fields(source, _NAMES)
        self._source = source
        return self

    def to_dict(self) -> dict[str, Any]:
        """Write it as a plain, JSON-ready dict; a field that was read and not changed goes back as it came."""
        return write(self)


_read_level_1 = model(TaxonomyLevel)
_read_level_2 = model(TaxonomyLevel)
IndustryTaxonomy.FIELDS = (
    Field("level_1", "level_1", _read_level_1, False),
    Field("level_2", "level_2", _read_level_2, False),
)
_NAMES = frozenset(field.wire for field in IndustryTaxonomy.FIELDS)
