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

from .campaign import Campaign
from .industry_condition import IndustryCondition
from .industry_taxonomy import IndustryTaxonomy


@reads_rows
@define
class UpdateReportRequest(Model):
    """The fields of a product report that can be corrected. Those left out stay as they are.

    Args:
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
    """

    target_description: str | None = None
    keywords: list[str] | None = field(default=None, kw_only=True)
    user_personas: list[str] | None = field(default=None, kw_only=True)
    user_profiles: list[str] | None = field(default=None, kw_only=True)
    competitors: list[str] | None = field(default=None, kw_only=True)
    recommended_campaigns: list[Campaign] | None = field(default=None, kw_only=True)
    related_links: list[str] | None = field(default=None, kw_only=True)
    related_industries: list[IndustryCondition] | None = field(default=None, kw_only=True)
    taxonomy: list[IndustryTaxonomy] | None = field(default=None, kw_only=True)
    status: str | None = field(default=None, kw_only=True)
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
        self.target_description = v if (v := get("target_description")) is None or type(v) is str else text(v)
        self.keywords = _read_keywords(v) if (v := get("keywords")) is not None else None
        self.user_personas = _read_user_personas(v) if (v := get("user_personas")) is not None else None
        self.user_profiles = _read_user_profiles(v) if (v := get("user_profiles")) is not None else None
        self.competitors = _read_competitors(v) if (v := get("competitors")) is not None else None
        self.recommended_campaigns = (
            _read_recommended_campaigns(v) if (v := get("recommended_campaigns")) is not None else None
        )
        self.related_links = _read_related_links(v) if (v := get("related_links")) is not None else None
        self.related_industries = _read_related_industries(v) if (v := get("related_industries")) is not None else None
        self.taxonomy = _read_taxonomy(v) if (v := get("taxonomy")) is not None else None
        self.status = v if (v := get("status")) is None or type(v) is str else text(v)
        self.additional_properties = {} if source.keys() <= _NAMES else unknown_fields(source, _NAMES)
        self._source = source
        return self

    def to_dict(self) -> dict[str, Any]:
        """Write it as a plain, JSON-ready dict; a field that was read and not changed goes back as it came."""
        check_all(self, _RULES)  # it may have been changed since it was made
        return write(self)


_read_keywords = listing(text)
_read_user_personas = listing(text)
_read_user_profiles = listing(text)
_read_competitors = listing(text)
_read_recommended_campaigns = listing(element(Campaign))
_read_related_links = listing(text)
_read_related_industries = listing(element(IndustryCondition))
_read_taxonomy = listing(element(IndustryTaxonomy))
UpdateReportRequest.FIELDS = (
    Field("target_description", "target_description", text, False),
    Field("keywords", "keywords", _read_keywords, False),
    Field("user_personas", "user_personas", _read_user_personas, False),
    Field("user_profiles", "user_profiles", _read_user_profiles, False),
    Field("competitors", "competitors", _read_competitors, False),
    Field("recommended_campaigns", "recommended_campaigns", _read_recommended_campaigns, False),
    Field("related_links", "related_links", _read_related_links, False),
    Field("related_industries", "related_industries", _read_related_industries, False),
    Field("taxonomy", "taxonomy", _read_taxonomy, False),
    Field("status", "status", text, False),
)
_NAMES = frozenset(field.wire for field in UpdateReportRequest.FIELDS)
_RULES = (
    Rule("target_description", (str,), "a string"),
    Rule("keywords", (list, tuple), "a list", item=Rule("", (str,), "a string", required=True)),
    Rule("user_personas", (list, tuple), "a list", item=Rule("", (str,), "a string", required=True)),
    Rule("user_profiles", (list, tuple), "a list", item=Rule("", (str,), "a string", required=True)),
    Rule("competitors", (list, tuple), "a list", item=Rule("", (str,), "a string", required=True)),
    Rule(
        "recommended_campaigns", (list, tuple), "a list", item=Rule("", (Campaign, dict), "a Campaign", required=True)
    ),
    Rule("related_links", (list, tuple), "a list", item=Rule("", (str,), "a string", required=True)),
    Rule(
        "related_industries",
        (list, tuple),
        "a list",
        item=Rule("", (IndustryCondition, dict), "an IndustryCondition", required=True),
    ),
    Rule(
        "taxonomy",
        (list, tuple),
        "a list",
        item=Rule("", (IndustryTaxonomy, dict), "an IndustryTaxonomy", required=True),
    ),
    Rule("status", (str,), "a string"),
)
