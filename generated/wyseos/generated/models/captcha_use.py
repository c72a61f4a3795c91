# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from wyseos.runtime.model import Model, reads_rows
from wyseos.runtime.reading import (
    Field,
    flag,
    integer,
    source_object,
    unknown_fields,
    write,
)
from wyseos.runtime.records import define, field


@reads_rows
@define
class CaptchaUse(Model):
    """The captchas that were solved in a call.

    Args:
        has_used: Whether one was solved.
        used_count: How many were solved.
    """

    has_used: bool | None = None
    used_count: int | None = field(default=None, kw_only=True)
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
        self.has_used = flag(v) if (v := get("has_used")) is not None else None
        self.used_count = v if (v := get("used_count")) is None or type(v) is int else integer(v)
        self.additional_properties = {} if source.keys() <= _NAMES else unknown_fields(source, _NAMES)
        self._source = source
        return self

    def to_dict(self) -> dict[str, Any]:
        """Write it as a plain, JSON-ready dict; a field that was read and not changed goes back as it came."""
        return write(self)


CaptchaUse.FIELDS = (
    Field("has_used", "has_used", flag, False),
    Field("used_count", "used_count", integer, False),
)
_NAMES = frozenset(field.wire for field in CaptchaUse.FIELDS)
