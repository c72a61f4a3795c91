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
class BrowserAction(Model):
    """Something done in the browser.

    Args:
        action: What was done.
        text: What it was done with, or what was seen.
        screenshot: A picture of the page. Can be several MB.
        url: The page.
    """

    action: str | None = None
    text: str | None = field(default=None, kw_only=True)
    screenshot: str | None = field(default=None, kw_only=True)
    url: str | None = field(default=None, kw_only=True)
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
        self.action = v if (v := get("action")) is None or type(v) is str else text(v)
        self.text = v if (v := get("text")) is None or type(v) is str else text(v)
        self.screenshot = v if (v := get("screenshot")) is None or type(v) is str else text(v)
        self.url = v if (v := get("url")) is None or type(v) is str else text(v)
        self.additional_properties = {} if source.keys() <= _NAMES else unknown_fields(source, _NAMES)
        self._source = source
        return self

    def to_dict(self) -> dict[str, Any]:
        """Write it as a plain, JSON-ready dict; a field that was read and not changed goes back as it came."""
        return write(self)


BrowserAction.FIELDS = (
    Field("action", "action", text, False),
    Field("text", "text", text, False),
    Field("screenshot", "screenshot", text, False),
    Field("url", "url", text, False),
)
_NAMES = frozenset(field.wire for field in BrowserAction.FIELDS)
