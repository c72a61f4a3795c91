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

from .browser_info import BrowserInfo


@reads_rows
@define
class ListBrowsersResponse(Model):
    """Browsers of a session.

    Args:
        browsers: The browsers of this page.
        total: How many there are in all.
    """

    browsers: list[BrowserInfo] = field(factory=list)
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
        self.browsers = (_read_browsers(get("browsers"))) or []
        self.total = v if (v := get("total")) is None or type(v) is int else integer(v)
        self.additional_properties = {} if source.keys() <= _NAMES else unknown_fields(source, _NAMES)
        self._source = source
        return self

    def to_dict(self) -> dict[str, Any]:
        """Write it as a plain, JSON-ready dict; a field that was read and not changed goes back as it came."""
        return write(self)


_read_browsers = listing(element(BrowserInfo))
ListBrowsersResponse.FIELDS = (
    Field("browsers", "browsers", _read_browsers, True, empty=[]),
    Field("total", "total", integer, False),
)
_NAMES = frozenset(field.wire for field in ListBrowsersResponse.FIELDS)
