# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from wyseos.runtime.model import Model, reads_rows
from wyseos.runtime.reading import (
    Field,
    flag,
    model,
    source_object,
    text,
    unknown_fields,
    write,
)
from wyseos.runtime.records import define, field

from .analysis_result import AnalysisResult
from .product_status import PRODUCT_STATUS_VALUES, ProductStatus


@reads_rows
@define
class ProductInfo(Model):
    """A product and how far its analysis is.

    Args:
        product_id: The product's id. May come as a number.
        product_name: The product's name.
        status: How far the analysis of a product is.
        analysis_result: What the analysis of a product led to.
        description: What the product is.
        has_guided: Whether the user was led through it.
    """

    product_id: str
    product_name: str | None = field(default=None, kw_only=True)
    status: ProductStatus | str | None = field(default=None, kw_only=True)
    analysis_result: AnalysisResult | None = field(default=None, kw_only=True)
    description: str | None = field(default=None, kw_only=True)
    has_guided: bool | None = field(default=None, kw_only=True)
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
        self.product_id = v if type(v := get("product_id")) is str else text(v)
        self.product_name = v if (v := get("product_name")) is None or type(v) is str else text(v)
        self.status = v if (v := get("status")) is None or type(v) is str else text(v)
        self.analysis_result = _read_analysis_result(v) if (v := get("analysis_result")) is not None else None
        self.description = v if (v := get("description")) is None or type(v) is str else text(v)
        self.has_guided = flag(v) if (v := get("has_guided")) is not None else None
        self.additional_properties = {} if source.keys() <= _NAMES else unknown_fields(source, _NAMES)
        self._source = source
        return self

    def to_dict(self) -> dict[str, Any]:
        """Write it as a plain, JSON-ready dict; a field that was read and not changed goes back as it came."""
        return write(self)


_read_analysis_result = model(AnalysisResult)
ProductInfo.FIELDS = (
    Field("product_id", "product_id", text, True),
    Field("product_name", "product_name", text, False),
    Field("status", "status", text, False, values=PRODUCT_STATUS_VALUES),
    Field("analysis_result", "analysis_result", _read_analysis_result, False),
    Field("description", "description", text, False),
    Field("has_guided", "has_guided", flag, False),
)
_NAMES = frozenset(field.wire for field in ProductInfo.FIELDS)
