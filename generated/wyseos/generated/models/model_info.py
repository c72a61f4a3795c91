# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Self

from wyseos.runtime.model import Model, reads_rows
from wyseos.runtime.reading import (
    Field,
    moment,
    source_object,
    text,
    unknown_fields,
    write,
)
from wyseos.runtime.records import define, field


@reads_rows
@define
class ModelInfo(Model):
    """A language model.

    Args:
        system_model_id: The model's id. May come as a number.
        provider: Who offers it.
        model_type: The kind of model.
        icon_url: Where its picture lies.
        created_at: When it was made.
        updated_at: When it last changed.
    """

    system_model_id: str
    provider: str | None = field(default=None, kw_only=True)
    model_type: str | None = field(default=None, kw_only=True)
    icon_url: str | None = field(default=None, kw_only=True)
    created_at: datetime | None = field(default=None, kw_only=True)
    updated_at: datetime | None = field(default=None, kw_only=True)
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
        self.system_model_id = v if type(v := get("system_model_id")) is str else text(v)
        self.provider = v if (v := get("provider")) is None or type(v) is str else text(v)
        self.model_type = v if (v := get("model_type")) is None or type(v) is str else text(v)
        self.icon_url = v if (v := get("icon_url")) is None or type(v) is str else text(v)
        self.created_at = moment(v) if (v := get("created_at")) is not None else None
        self.updated_at = moment(v) if (v := get("updated_at")) is not None else None
        self.additional_properties = {} if source.keys() <= _NAMES else unknown_fields(source, _NAMES)
        self._source = source
        return self

    def to_dict(self) -> dict[str, Any]:
        """Write it as a plain, JSON-ready dict; a field that was read and not changed goes back as it came."""
        return write(self)


ModelInfo.FIELDS = (
    Field("system_model_id", "system_model_id", text, True),
    Field("provider", "provider", text, False),
    Field("model_type", "model_type", text, False),
    Field("icon_url", "icon_url", text, False),
    Field("created_at", "created_at", moment, False),
    Field("updated_at", "updated_at", moment, False),
)
_NAMES = frozenset(field.wire for field in ModelInfo.FIELDS)
