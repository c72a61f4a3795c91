# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from wyseos.runtime.model import Model, reads_rows
from wyseos.runtime.reading import (
    Field,
    element,
    integer,
    listing,
    source_object,
    unknown_fields,
    write,
)
from wyseos.runtime.records import define, field

from .browser_page_info import BrowserPageInfo


@reads_rows
@define
class ListBrowserPagesResponse(Model):
    """Tabs of a browser.

    Args:
        pages: The tabs of this page.
        total: How many there are in all.
    """

    pages: list[BrowserPageInfo] = field(factory=list)
    total: int | None = field(default=None, kw_only=True)
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
        self.pages = (_read_pages(get("pages"))) or []
        self.total = v if (v := get("total")) is None or type(v) is int else integer(v)
        self.additional_properties = {} if source.keys() <= _NAMES else unknown_fields(source, _NAMES)
        self._source = source
        return self

    def to_dict(self) -> dict[str, Any]:
        """Write it as a plain, JSON-ready dict; a field that was read and not changed goes back as it came."""
        return write(self)


_read_pages = listing(element(BrowserPageInfo))
ListBrowserPagesResponse.FIELDS = (
    Field("pages", "pages", _read_pages, True, empty=[]),
    Field("total", "total", integer, False),
)
_NAMES = frozenset(field.wire for field in ListBrowserPagesResponse.FIELDS)
