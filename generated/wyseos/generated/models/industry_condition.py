# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from wyseos.runtime.model import Model, reads_rows
from wyseos.runtime.reading import (
    Field,
    integer,
    listing,
    model,
    source_object,
    unknown_fields,
    write,
)
from wyseos.runtime.records import define, field

from .industry_level_1 import IndustryLevel1


@reads_rows
@define
class IndustryCondition(Model):
    """An industry that a product is related to.

    Args:
        level1: An industry of the first level.
        level2: The numbers of its subcategories.
    """

    level1: IndustryLevel1 | None = None
    level2: list[int] = field(factory=list, kw_only=True)
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
        self.level1 = _read_level1(v) if (v := get("level1")) is not None else None
        self.level2 = (_read_level2(v) if (v := get("level2")) is not None else None) or []
        self.additional_properties = {} if source.keys() <= _NAMES else unknown_fields(source, _NAMES)
        self._source = source
        return self

    def to_dict(self) -> dict[str, Any]:
        """Write it as a plain, JSON-ready dict; a field that was read and not changed goes back as it came."""
        return write(self)


_read_level1 = model(IndustryLevel1)
_read_level2 = listing(integer)
IndustryCondition.FIELDS = (
    Field("level1", "level1", _read_level1, False),
    Field("level2", "level2", _read_level2, False, empty=[]),
)
_NAMES = frozenset(field.wire for field in IndustryCondition.FIELDS)
