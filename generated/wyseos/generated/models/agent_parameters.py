# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from wyseos.runtime.model import Model, reads_rows
from wyseos.runtime.reading import (
    Field,
    number,
    source_object,
    text,
    unknown_fields,
    write,
)
from wyseos.runtime.records import define, field


@reads_rows
@define
class AgentParameters(Model):
    """How an agent is set up.

    Args:
        system_prompt_role: The role it is told to take.
        system_prompt_task_skill: What it is told to be good at.
        temperature: How freely it answers. 0 is the most sober.
    """

    system_prompt_role: str | None = None
    system_prompt_task_skill: str | None = field(default=None, kw_only=True)
    temperature: float | None = field(default=None, kw_only=True)
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
        self.system_prompt_role = v if (v := get("system_prompt_role")) is None or type(v) is str else text(v)
        self.system_prompt_task_skill = (
            v if (v := get("system_prompt_task_skill")) is None or type(v) is str else text(v)
        )
        self.temperature = number(v) if (v := get("temperature")) is not None else None
        self.additional_properties = {} if source.keys() <= _NAMES else unknown_fields(source, _NAMES)
        self._source = source
        return self

    def to_dict(self) -> dict[str, Any]:
        """Write it as a plain, JSON-ready dict; a field that was read and not changed goes back as it came."""
        return write(self)


AgentParameters.FIELDS = (
    Field("system_prompt_role", "system_prompt_role", text, False),
    Field("system_prompt_task_skill", "system_prompt_task_skill", text, False),
    Field("temperature", "temperature", number, False),
)
_NAMES = frozenset(field.wire for field in AgentParameters.FIELDS)
