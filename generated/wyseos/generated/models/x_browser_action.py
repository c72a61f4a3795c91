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
class XBrowserAction(Model):
    """An action of the browser extension.

    Args:
        action_type: What is done.
        data_id: What it is done to. May come as a number.
        status: How far it is.
    """

    action_type: str | None = None
    data_id: str | None = field(default=None, kw_only=True)
    status: str | None = field(default=None, kw_only=True)
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
        self.action_type = v if (v := get("action_type")) is None or type(v) is str else text(v)
        self.data_id = v if (v := get("data_id")) is None or type(v) is str else text(v)
        self.status = v if (v := get("status")) is None or type(v) is str else text(v)
        self.additional_properties = {} if source.keys() <= _NAMES else unknown_fields(source, _NAMES)
        self._source = source
        return self

    def to_dict(self) -> dict[str, Any]:
        """Write it as a plain, JSON-ready dict; a field that was read and not changed goes back as it came."""
        return write(self)


XBrowserAction.FIELDS = (
    Field("action_type", "action_type", text, False),
    Field("data_id", "data_id", text, False),
    Field("status", "status", text, False),
)
_NAMES = frozenset(field.wire for field in XBrowserAction.FIELDS)
