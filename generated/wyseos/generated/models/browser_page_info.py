# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from wyseos.runtime.model import Model, reads_rows
from wyseos.runtime.reading import (
    Field,
    integer,
    source_object,
    text,
    unknown_fields,
    write,
)
from wyseos.runtime.records import define, field


@reads_rows
@define
class BrowserPageInfo(Model):
    """A tab of a browser.

    Args:
        index: Its place among the tabs.
        url: The page it shows.
        status: How far it is.
        video_url: Where its recording lies.
        ws_debugger_url: Where a debugger connects to.
        front_debugger_url: Where a person opens its debugger.
        page_id: The tab's id.
        debugger_host: The host of its debugger.
    """

    index: int | None = None
    url: str | None = field(default=None, kw_only=True)
    status: str | None = field(default=None, kw_only=True)
    video_url: str | None = field(default=None, kw_only=True)
    ws_debugger_url: str | None = field(default=None, kw_only=True)
    front_debugger_url: str | None = field(default=None, kw_only=True)
    page_id: str | None = field(default=None, kw_only=True)
    debugger_host: str | None = field(default=None, kw_only=True)
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
        self.index = v if (v := get("index")) is None or type(v) is int else integer(v)
        self.url = v if (v := get("url")) is None or type(v) is str else text(v)
        self.status = v if (v := get("status")) is None or type(v) is str else text(v)
        self.video_url = v if (v := get("video_url")) is None or type(v) is str else text(v)
        self.ws_debugger_url = v if (v := get("ws_debugger_url")) is None or type(v) is str else text(v)
        self.front_debugger_url = v if (v := get("front_debugger_url")) is None or type(v) is str else text(v)
        self.page_id = v if (v := get("page_id")) is None or type(v) is str else text(v)
        self.debugger_host = v if (v := get("debugger_host")) is None or type(v) is str else text(v)
        self.additional_properties = {} if source.keys() <= _NAMES else unknown_fields(source, _NAMES)
        self._source = source
        return self

    def to_dict(self) -> dict[str, Any]:
        """Write it as a plain, JSON-ready dict; a field that was read and not changed goes back as it came."""
        return write(self)


BrowserPageInfo.FIELDS = (
    Field("index", "index", integer, False),
    Field("url", "url", text, False),
    Field("status", "status", text, False),
    Field("video_url", "video_url", text, False),
    Field("ws_debugger_url", "ws_debugger_url", text, False),
    Field("front_debugger_url", "front_debugger_url", text, False),
    Field("page_id", "page_id", text, False),
    Field("debugger_host", "debugger_host", text, False),
)
_NAMES = frozenset(field.wire for field in BrowserPageInfo.FIELDS)
