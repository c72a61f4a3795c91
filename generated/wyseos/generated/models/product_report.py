# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from wyseos.runtime.model import Model, reads_rows
from wyseos.runtime.reading import (
    Field,
    element,
    listing,
    one_of,
    source_object,
    text,
    unknown_fields,
    write,
)
from wyseos.runtime.records import define, field

from .campaign import Campaign
from .industry_condition import IndustryCondition
from .industry_taxonomy import IndustryTaxonomy


@reads_rows
@define
class ProductReport(Model):
    """What the analysis of a product found.

    Args:
        report_id: The report's id. May come as a number.
        target_description: Whom the product is for.
        keywords: Words that people use for it.
        user_personas: Typical users.
        user_profiles: What users have in common.
        competitors: Products that compete with it.
        recommended_campaigns: Campaigns that may suit it.
        related_links: Pages that tell of it.
        related_industries: Industries it is related to.
        taxonomy: The categories it belongs to.
        status: How far the report is.
        id: The row's id, a number.
        product_name: The product's name.
    """

    report_id: str
    target_description: str = field(default="", kw_only=True)
    keywords: list[str] = field(factory=list, kw_only=True)
    user_personas: list[str] = field(factory=list, kw_only=True)
    user_profiles: list[str] = field(factory=list, kw_only=True)
    competitors: list[str] = field(factory=list, kw_only=True)
    recommended_campaigns: list[Campaign] = field(factory=list, kw_only=True)
    related_links: list[str] = field(factory=list, kw_only=True)
    related_industries: list[IndustryCondition] = field(factory=list, kw_only=True)
    taxonomy: list[IndustryTaxonomy] = field(factory=list, kw_only=True)
    status: str = field(default="", kw_only=True)
    id: int | str | None = field(default=None, kw_only=True)
    product_name: str = field(default="", kw_only=True)
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
        self.report_id = v if type(v := get("report_id")) is str else text(v)
        self.target_description = (v if (v := get("target_description")) is None or type(v) is str else text(v)) or ""
        self.keywords = (_read_keywords(v) if (v := get("keywords")) is not None else None) or []
        self.user_personas = (_read_user_personas(v) if (v := get("user_personas")) is not None else None) or []
        self.user_profiles = (_read_user_profiles(v) if (v := get("user_profiles")) is not None else None) or []
        self.competitors = (_read_competitors(v) if (v := get("competitors")) is not None else None) or []
        self.recommended_campaigns = (
            _read_recommended_campaigns(v) if (v := get("recommended_campaigns")) is not None else None
        ) or []
        self.related_links = (_read_related_links(v) if (v := get("related_links")) is not None else None) or []
        self.related_industries = (
            _read_related_industries(v) if (v := get("related_industries")) is not None else None
        ) or []
        self.taxonomy = (_read_taxonomy(v) if (v := get("taxonomy")) is not None else None) or []
        self.status = (v if (v := get("status")) is None or type(v) is str else text(v)) or ""
        self.id = _read_id(v) if (v := get("id")) is not None else None
        self.product_name = (v if (v := get("product_name")) is None or type(v) is str else text(v)) or ""
        self.additional_properties = {} if source.keys() <= _NAMES else unknown_fields(source, _NAMES)
        self._source = source
        return self

    def to_dict(self) -> dict[str, Any]:
        """Write it as a plain, JSON-ready dict; a field that was read and not changed goes back as it came."""
        return write(self)


_read_keywords = listing(text)
_read_user_personas = listing(text)
_read_user_profiles = listing(text)
_read_competitors = listing(text)
_read_recommended_campaigns = listing(element(Campaign))
_read_related_links = listing(text)
_read_related_industries = listing(element(IndustryCondition))
_read_taxonomy = listing(element(IndustryTaxonomy))
_read_id = one_of(int, str)
ProductReport.FIELDS = (
    Field("report_id", "report_id", text, True),
    Field("target_description", "target_description", text, False, empty=""),
    Field("keywords", "keywords", _read_keywords, False, empty=[]),
    Field("user_personas", "user_personas", _read_user_personas, False, empty=[]),
    Field("user_profiles", "user_profiles", _read_user_profiles, False, empty=[]),
    Field("competitors", "competitors", _read_competitors, False, empty=[]),
    Field("recommended_campaigns", "recommended_campaigns", _read_recommended_campaigns, False, empty=[]),
    Field("related_links", "related_links", _read_related_links, False, empty=[]),
    Field("related_industries", "related_industries", _read_related_industries, False, empty=[]),
    Field("taxonomy", "taxonomy", _read_taxonomy, False, empty=[]),
    Field("status", "status", text, False, empty=""),
    Field("id", "id", _read_id, False),
    Field("product_name", "product_name", text, False, empty=""),
)
_NAMES = frozenset(field.wire for field in ProductReport.FIELDS)
