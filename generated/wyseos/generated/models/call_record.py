# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Self

from wyseos.runtime.model import Model, reads_rows
from wyseos.runtime.reading import (
    Field,
    model,
    moment,
    number,
    source_object,
    text,
    unknown_fields,
    write,
)
from wyseos.runtime.records import define, field

from .call_cost import CallCost
from .call_status import CALL_STATUS_VALUES, CallStatus
from .captcha_use import CaptchaUse


@reads_rows
@define
class CallRecord(Model):
    """A past call, what it used and what it cost.

    Args:
        session_id: The session.
        api_key_name: The name of the key it was made with.
        browser_id: The browser it used.
        duration: How long it took, in seconds.
        auth_captcha: The captchas that were solved in a call.
        ip_proxy_bandwidth: The traffic that went through a proxy.
        cost: What a call cost, in credits.
        status: How a call ended.
        created_at: When it was made.
    """

    session_id: str
    api_key_name: str | None = field(default=None, kw_only=True)
    browser_id: str | None = field(default=None, kw_only=True)
    duration: float | None = field(default=None, kw_only=True)
    auth_captcha: CaptchaUse | None = field(default=None, kw_only=True)
    ip_proxy_bandwidth: float | None = field(default=None, kw_only=True)
    cost: CallCost | None = field(default=None, kw_only=True)
    status: CallStatus | str | None = field(default=None, kw_only=True)
    created_at: datetime | None = field(default=None, kw_only=True)
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
        self.session_id = v if type(v := get("session_id")) is str else text(v)
        self.api_key_name = v if (v := get("api_key_name")) is None or type(v) is str else text(v)
        self.browser_id = v if (v := get("browser_id")) is None or type(v) is str else text(v)
        self.duration = number(v) if (v := get("duration")) is not None else None
        self.auth_captcha = _read_auth_captcha(v) if (v := get("auth_captcha")) is not None else None
        self.ip_proxy_bandwidth = number(v) if (v := get("ip_proxy_bandwidth")) is not None else None
        self.cost = _read_cost(v) if (v := get("cost")) is not None else None
        self.status = v if (v := get("status")) is None or type(v) is str else text(v)
        self.created_at = moment(v) if (v := get("created_at")) is not None else None
        self.additional_properties = {} if source.keys() <= _NAMES else unknown_fields(source, _NAMES)
        self._source = source
        return self

    def to_dict(self) -> dict[str, Any]:
        """Write it as a plain, JSON-ready dict; a field that was read and not changed goes back as it came."""
        return write(self)


_read_auth_captcha = model(CaptchaUse)
_read_cost = model(CallCost)
CallRecord.FIELDS = (
    Field("session_id", "session_id", text, True),
    Field("api_key_name", "api_key_name", text, False),
    Field("browser_id", "browser_id", text, False),
    Field("duration", "duration", number, False),
    Field("auth_captcha", "auth_captcha", _read_auth_captcha, False),
    Field("ip_proxy_bandwidth", "ip_proxy_bandwidth", number, False),
    Field("cost", "cost", _read_cost, False),
    Field("status", "status", text, False, values=CALL_STATUS_VALUES),
    Field("created_at", "created_at", moment, False),
)
_NAMES = frozenset(field.wire for field in CallRecord.FIELDS)
