# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from wyseos.runtime.model import Model, reads_rows
from wyseos.runtime.reading import (
    Field,
    element,
    mapping,
    source_object,
    unknown_fields,
    write,
)
from wyseos.runtime.records import define, field

from .model_tokens import ModelTokens


@reads_rows
@define
class SessionTokens(Model):
    """The tokens that a session used.

    Args:
        models: The use of each model, by the model's id.
    """

    models: dict[str, ModelTokens] | None = None
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
        self.models = _read_models(v) if (v := get("models")) is not None else None
        self.additional_properties = {} if source.keys() <= _NAMES else unknown_fields(source, _NAMES)
        self._source = source
        return self

    def to_dict(self) -> dict[str, Any]:
        """Write it as a plain, JSON-ready dict; a field that was read and not changed goes back as it came."""
        return write(self)


_read_models = mapping(element(ModelTokens))
SessionTokens.FIELDS = (Field("models", "models", _read_models, False),)
_NAMES = frozenset(field.wire for field in SessionTokens.FIELDS)
