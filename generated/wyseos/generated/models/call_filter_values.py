# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from wyseos.runtime.model import Model, reads_rows
from wyseos.runtime.reading import (
    Field,
    listing,
    source_object,
    text,
    unknown_fields,
    write,
)
from wyseos.runtime.records import define, field


@reads_rows
@define
class CallFilterValues(Model):
    """The values that calls can be filtered by.

    Args:
        api_key_names: The names of keys.
        platforms: The platforms.
        states: The states.
    """

    api_key_names: list[str] | None = None
    platforms: list[str] | None = field(default=None, kw_only=True)
    states: list[str] | None = field(default=None, kw_only=True)
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
        self.api_key_names = _read_api_key_names(v) if (v := get("api_key_names")) is not None else None
        self.platforms = _read_platforms(v) if (v := get("platforms")) is not None else None
        self.states = _read_states(v) if (v := get("states")) is not None else None
        self.additional_properties = {} if source.keys() <= _NAMES else unknown_fields(source, _NAMES)
        self._source = source
        return self

    def to_dict(self) -> dict[str, Any]:
        """Write it as a plain, JSON-ready dict; a field that was read and not changed goes back as it came."""
        return write(self)


_read_api_key_names = listing(text)
_read_platforms = listing(text)
_read_states = listing(text)
CallFilterValues.FIELDS = (
    Field("api_key_names", "api_key_names", _read_api_key_names, False),
    Field("platforms", "platforms", _read_platforms, False),
    Field("states", "states", _read_states, False),
)
_NAMES = frozenset(field.wire for field in CallFilterValues.FIELDS)
