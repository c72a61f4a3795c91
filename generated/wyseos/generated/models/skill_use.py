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
class SkillUse(Model):
    """The use of a skill.

    Args:
        skill_name: The skill.
        tool_name: The tool of it that is used.
    """

    skill_name: str | None = None
    tool_name: str | None = field(default=None, kw_only=True)
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
        self.skill_name = v if (v := get("skill_name")) is None or type(v) is str else text(v)
        self.tool_name = v if (v := get("tool_name")) is None or type(v) is str else text(v)
        self.additional_properties = {} if source.keys() <= _NAMES else unknown_fields(source, _NAMES)
        self._source = source
        return self

    def to_dict(self) -> dict[str, Any]:
        """Write it as a plain, JSON-ready dict; a field that was read and not changed goes back as it came."""
        return write(self)


SkillUse.FIELDS = (
    Field("skill_name", "skill_name", text, False),
    Field("tool_name", "tool_name", text, False),
)
_NAMES = frozenset(field.wire for field in SkillUse.FIELDS)
