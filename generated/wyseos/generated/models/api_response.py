# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from wyseos.runtime.model import Model, reads_rows
from wyseos.runtime.reading import (
    Field,
    anything,
    integer,
    source_object,
    text,
    unknown_fields,
    write,
)
from wyseos.runtime.records import define, field


@reads_rows
@define
class APIResponse(Model):
    """The envelope of every JSON answer.

    Args:
        code: 0 success; 4000 invalid parameter; 4200 at capacity, retry later; 4201 rate limited, retry
            later; 4202 too many tasks, retry later; 4203 not found; 4600 not enough credits; 5000 internal
            error, retry later. Other codes are errors too.
        msg: What happened, for people.
        data: The answer itself. Absent or null where there is none.
    """

    code: int
    msg: str | None = field(default=None, kw_only=True)
    data: Any = field(default=None, kw_only=True)
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
        self.code = integer(get("code"))
        self.msg = v if (v := get("msg")) is None or type(v) is str else text(v)
        self.data = get("data")
        self.additional_properties = {} if source.keys() <= _NAMES else unknown_fields(source, _NAMES)
        self._source = source
        return self

    def to_dict(self) -> dict[str, Any]:
        """Write it as a plain, JSON-ready dict; a field that was read and not changed goes back as it came."""
        return write(self)


APIResponse.FIELDS = (
    Field("code", "code", integer, True),
    Field("msg", "msg", text, False),
    Field("data", "data", anything, False),
)
_NAMES = frozenset(field.wire for field in APIResponse.FIELDS)
