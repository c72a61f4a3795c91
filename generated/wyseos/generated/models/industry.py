# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from wyseos.runtime.model import Model, reads_rows
from wyseos.runtime.reading import (
    Field,
    element,
    listing,
    model,
    source_object,
    unknown_fields,
    write,
)
from wyseos.runtime.records import define, field

from .category import Category


@reads_rows
@define
class Industry(Model):
    """An industry and its parts.

    Args:
        category: An industry, or a part of one.
        subcategories: Its parts.
    """

    category: Category | None = None
    subcategories: list[Category] = field(factory=list, kw_only=True)
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
        self.category = _read_category(v) if (v := get("category")) is not None else None
        self.subcategories = (_read_subcategories(v) if (v := get("subcategories")) is not None else None) or []
        self.additional_properties = {} if source.keys() <= _NAMES else unknown_fields(source, _NAMES)
        self._source = source
        return self

    def to_dict(self) -> dict[str, Any]:
        """Write it as a plain, JSON-ready dict; a field that was read and not changed goes back as it came."""
        return write(self)


_read_category = model(Category)
_read_subcategories = listing(element(Category))
Industry.FIELDS = (
    Field("category", "category", _read_category, False),
    Field("subcategories", "subcategories", _read_subcategories, False, empty=[]),
)
_NAMES = frozenset(field.wire for field in Industry.FIELDS)
