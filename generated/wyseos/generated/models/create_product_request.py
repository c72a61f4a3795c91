# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from wyseos.runtime.model import Model, reads_rows
from wyseos.runtime.reading import (
    Field,
    element,
    listing,
    source_object,
    text,
    unknown_fields,
    write,
)
from wyseos.runtime.records import define, field
from wyseos.runtime.validation import Rule, check_all

from .product_attachment import ProductAttachment


@reads_rows
@define
class CreateProductRequest(Model):
    """A product to be analysed.

    Args:
        product: The product's name or URL. Not blank.
        attachments: Files that tell of it.
    """

    product: str
    attachments: list[ProductAttachment] = field(factory=list, kw_only=True)
    additional_properties: dict[str, Any] = field(factory=dict, init=False)
    _source: Mapping[str, Any] = field(factory=dict, init=False, repr=False, eq=False)

    FIELDS: ClassVar[tuple[Field, ...]]

    def __post_init__(self) -> None:
        check_all(self, _RULES)

    @classmethod
    def from_dict(cls, source: Mapping[str, Any]) -> Self:
        """Read it from a decoded JSON object, forgiving each field by itself; nothing of the object is lost."""
        if type(source) is not dict:
            source_object(cls, source)
        get = source.get
        self = cls.__new__(cls)
        self.product = v if type(v := get("product")) is str else text(v)
        self.attachments = (_read_attachments(v) if (v := get("attachments")) is not None else None) or []
        self.additional_properties = {} if source.keys() <= _NAMES else unknown_fields(source, _NAMES)
        self._source = source
        return self

    def to_dict(self) -> dict[str, Any]:
        """Write it as a plain, JSON-ready dict; a field that was read and not changed goes back as it came."""
        check_all(self, _RULES)  # it may have been changed since it was made
        return write(self)


_read_attachments = listing(element(ProductAttachment))
CreateProductRequest.FIELDS = (
    Field("product", "product", text, True),
    Field("attachments", "attachments", _read_attachments, False, empty=[]),
)
_NAMES = frozenset(field.wire for field in CreateProductRequest.FIELDS)
_RULES = (
    Rule("product", (str,), "a string", required=True, pattern="\\S"),
    Rule(
        "attachments",
        (list, tuple),
        "a list",
        item=Rule("", (ProductAttachment, dict), "a ProductAttachment", required=True),
    ),
)
