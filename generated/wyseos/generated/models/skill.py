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
from wyseos.runtime.validation import Rule, check_all


@reads_rows
@define
class Skill(Model):
    """A skill that a task may use.

    Args:
        skill_id: The skill's id.
        skill_name: The skill's name.
    """

    skill_id: str
    skill_name: str | None = field(default=None, kw_only=True)
    additional_properties: dict[str, Any] = field(factory=dict, init=False)
    _source: Mapping[str, Any] = field(factory=dict, init=False, repr=False, eq=False)

    FIELDS: ClassVar[tuple[Field, ...]]

    def __post_init__(self) -> None:
        check_all(self, _RULES)

    @classmethod
    def from_dict(cls, source: Mapping[str, Any]) -> Self:
        """Read it from a decoded JSON object, forgiving each field by itself; nothing of the object is lost."""
        if type(source) is not dict:
            source_object(cls, source)
        get = source.get
        self = cls.__new__(cls)
        self.skill_id = v if type(v := get("skill_id")) is str else text(v)
        self.skill_name = v if (v := get("skill_name")) is None or type(v) is str else text(v)
        self.additional_properties = {} if source.keys() <= _NAMES else unknown_fields(source, _NAMES)
        self._source = source
        return self

    def to_dict(self) -> dict[str, Any]:
        """Write it as a plain, JSON-ready dict; a field that was read and not changed goes back as it came."""
        check_all(self, _RULES)  # it may have been changed since it was made
        return write(self)


Skill.FIELDS = (
    Field("skill_id", "skill_id", text, True),
    Field("skill_name", "skill_name", text, False),
)
_NAMES = frozenset(field.wire for field in Skill.FIELDS)
_RULES = (
    Rule("skill_id", (str,), "a string", required=True),
    Rule("skill_name", (str,), "a string"),
)
