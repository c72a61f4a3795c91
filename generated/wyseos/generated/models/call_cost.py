# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from wyseos.runtime.model import Model, reads_rows
from wyseos.runtime.reading import (
    Field,
    number,
    source_object,
    unknown_fields,
    write,
)
from wyseos.runtime.records import define, field


@reads_rows
@define
class CallCost(Model):
    """What a call cost, in credits.

    Args:
        total_credit: All together.
        server_traffic: For traffic.
        token: For tokens.
        browser: For browsers.
        auto_captcha: For solving captchas.
        ip_proxy_bandwidth: For proxies.
    """

    total_credit: float | None = None
    server_traffic: float | None = field(default=None, kw_only=True)
    token: float | None = field(default=None, kw_only=True)
    browser: float | None = field(default=None, kw_only=True)
    auto_captcha: float | None = field(default=None, kw_only=True)
    ip_proxy_bandwidth: float | None = field(default=None, kw_only=True)
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
        self.total_credit = number(v) if (v := get("total_credit")) is not None else None
        self.server_traffic = number(v) if (v := get("server_traffic")) is not None else None
        self.token = number(v) if (v := get("token")) is not None else None
        self.browser = number(v) if (v := get("browser")) is not None else None
        self.auto_captcha = number(v) if (v := get("auto_captcha")) is not None else None
        self.ip_proxy_bandwidth = number(v) if (v := get("ip_proxy_bandwidth")) is not None else None
        self.additional_properties = {} if source.keys() <= _NAMES else unknown_fields(source, _NAMES)
        self._source = source
        return self

    def to_dict(self) -> dict[str, Any]:
        """Write it as a plain, JSON-ready dict; a field that was read and not changed goes back as it came."""
        return write(self)


CallCost.FIELDS = (
    Field("total_credit", "total_credit", number, False),
    Field("server_traffic", "server_traffic", number, False),
    Field("token", "token", number, False),
    Field("browser", "browser", number, False),
    Field("auto_captcha", "auto_captcha", number, False),
    Field("ip_proxy_bandwidth", "ip_proxy_bandwidth", number, False),
)
_NAMES = frozenset(field.wire for field in CallCost.FIELDS)
