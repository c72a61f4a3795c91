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

from .input_display_type import INPUT_DISPLAY_TYPE_VALUES, InputDisplayType


@reads_rows
@define
class FollowUpSuggestion(Model):
    """Something to do after a task.

    Args:
        content: What is suggested.
        display_type: How a suggestion is to be shown.
        url: Where a link leads.
    """

    content: str | None = None
    display_type: InputDisplayType | str | None = field(default=None, kw_only=True)
    url: str | None = field(default=None, kw_only=True)
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
        self.content = v if (v := get("content")) is None or type(v) is str else text(v)
        self.display_type = v if (v := get("display_type")) is None or type(v) is str else text(v)
        self.url = v if (v := get("url")) is None or type(v) is str else text(v)
        self.additional_properties = {} if source.keys() <= _NAMES else unknown_fields(source, _NAMES)
        self._source = source
        return self

    def to_dict(self) -> dict[str, Any]:
        """Write it as a plain, JSON-ready dict; a field that was read and not changed goes back as it came."""
        return write(self)


FollowUpSuggestion.FIELDS = (
    Field("content", "content", text, False),
    Field("display_type", "display_type", text, False, values=INPUT_DISPLAY_TYPE_VALUES),
    Field("url", "url", text, False),
)
_NAMES = frozenset(field.wire for field in FollowUpSuggestion.FIELDS)
