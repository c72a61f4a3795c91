# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from wyseos.runtime.model import Model, reads_rows
from wyseos.runtime.reading import (
    Field,
    source_object,
    text,
    unknown_fields,
    write,
)
from wyseos.runtime.records import define, field


@reads_rows
@define
class SearchHit(Model):
    """Something a search found.

    Args:
        favicon: Where the site's icon lies.
        link: The page.
        title: The page's title.
        snippet: A few words of the page.
    """

    favicon: str | None = None
    link: str | None = field(default=None, kw_only=True)
    title: str | None = field(default=None, kw_only=True)
    snippet: str | None = field(default=None, kw_only=True)
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
        self.favicon = v if (v := get("favicon")) is None or type(v) is str else text(v)
        self.link = v if (v := get("link")) is None or type(v) is str else text(v)
        self.title = v if (v := get("title")) is None or type(v) is str else text(v)
        self.snippet = v if (v := get("snippet")) is None or type(v) is str else text(v)
        self.additional_properties = {} if source.keys() <= _NAMES else unknown_fields(source, _NAMES)
        self._source = source
        return self

    def to_dict(self) -> dict[str, Any]:
        """Write it as a plain, JSON-ready dict; a field that was read and not changed goes back as it came."""
        return write(self)


SearchHit.FIELDS = (
    Field("favicon", "favicon", text, False),
    Field("link", "link", text, False),
    Field("title", "title", text, False),
    Field("snippet", "snippet", text, False),
)
_NAMES = frozenset(field.wire for field in SearchHit.FIELDS)
