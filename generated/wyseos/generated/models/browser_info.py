# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Self

from wyseos.runtime.model import Model, reads_rows
from wyseos.runtime.reading import (
    Field,
    element,
    flag,
    integer,
    listing,
    moment,
    number,
    source_object,
    text,
    unknown_fields,
    write,
)
from wyseos.runtime.records import define, field

from .browser_page_info import BrowserPageInfo
from .browser_status import BROWSER_STATUS_VALUES, BrowserStatus


@reads_rows
@define
class BrowserInfo(Model):
    """A remote browser.

    Args:
        browser_id: The browser's id.
        user_id: Whose it is. May come as a number.
        session_id: The session it works for.
        status: How far a browser is.
        width: The window's width, in pixels.
        height: The window's height, in pixels.
        ws_endpoint: Where a driver connects to.
        solve_captcha: Whether it solves captchas.
        timezone: The time zone it shows.
        user_agent: The user agent it shows.
        duration_seconds: How long it has run, in seconds.
        created_at: When it was made.
        pages: Its tabs.
    """

    browser_id: str
    user_id: str | None = field(default=None, kw_only=True)
    session_id: str | None = field(default=None, kw_only=True)
    status: BrowserStatus | str | None = field(default=None, kw_only=True)
    width: int | None = field(default=None, kw_only=True)
    height: int | None = field(default=None, kw_only=True)
    ws_endpoint: str | None = field(default=None, kw_only=True)
    solve_captcha: bool | None = field(default=None, kw_only=True)
    timezone: str | None = field(default=None, kw_only=True)
    user_agent: str | None = field(default=None, kw_only=True)
    duration_seconds: float | None = field(default=None, kw_only=True)
    created_at: datetime | None = field(default=None, kw_only=True)
    pages: list[BrowserPageInfo] = field(factory=list, kw_only=True)
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
        self.browser_id = v if type(v := get("browser_id")) is str else text(v)
        self.user_id = v if (v := get("user_id")) is None or type(v) is str else text(v)
        self.session_id = v if (v := get("session_id")) is None or type(v) is str else text(v)
        self.status = v if (v := get("status")) is None or type(v) is str else text(v)
        self.width = v if (v := get("width")) is None or type(v) is int else integer(v)
        self.height = v if (v := get("height")) is None or type(v) is int else integer(v)
        self.ws_endpoint = v if (v := get("ws_endpoint")) is None or type(v) is str else text(v)
        self.solve_captcha = flag(v) if (v := get("solve_captcha")) is not None else None
        self.timezone = v if (v := get("timezone")) is None or type(v) is str else text(v)
        self.user_agent = v if (v := get("user_agent")) is None or type(v) is str else text(v)
        self.duration_seconds = number(v) if (v := get("duration_seconds")) is not None else None
        self.created_at = moment(v) if (v := get("created_at")) is not None else None
        self.pages = (_read_pages(v) if (v := get("pages")) is not None else None) or []
        self.additional_properties = {} if source.keys() <= _NAMES else unknown_fields(source, _NAMES)
        self._source = source
        return self

    def to_dict(self) -> dict[str, Any]:
        """Write it as a plain, JSON-ready dict; a field that was read and not changed goes back as it came."""
        return write(self)


_read_pages = listing(element(BrowserPageInfo))
BrowserInfo.FIELDS = (
    Field("browser_id", "browser_id", text, True),
    Field("user_id", "user_id", text, False),
    Field("session_id", "session_id", text, False),
    Field("status", "status", text, False, values=BROWSER_STATUS_VALUES),
    Field("width", "width", integer, False),
    Field("height", "height", integer, False),
    Field("ws_endpoint", "ws_endpoint", text, False),
    Field("solve_captcha", "solve_captcha", flag, False),
    Field("timezone", "timezone", text, False),
    Field("user_agent", "user_agent", text, False),
    Field("duration_seconds", "duration_seconds", number, False),
    Field("created_at", "created_at", moment, False),
    Field("pages", "pages", _read_pages, False, empty=[]),
)
_NAMES = frozenset(field.wire for field in BrowserInfo.FIELDS)
