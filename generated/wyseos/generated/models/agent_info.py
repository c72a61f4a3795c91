# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Self

from wyseos.runtime.model import Model, reads_rows
from wyseos.runtime.reading import (
    Field,
    model,
    moment,
    source_object,
    text,
    unknown_fields,
    write,
)
from wyseos.runtime.records import define, field

from .agent_parameters import AgentParameters
from .model_info import ModelInfo


@reads_rows
@define
class AgentInfo(Model):
    """An agent.

    Args:
        agent_id: The agent's id.
        user_id: Whose it is. May come as a number.
        avatar: Where its picture lies.
        name: The agent's name.
        description: What it does.
        system_message: What it is told to be.
        component_type: The kind of component.
        model: A language model.
        agent_type: The kind of agent. Known: `system`, `user`; the service may name more.
        parameters: How an agent is set up.
        created_at: When it was made.
        updated_at: When it last changed.
    """

    agent_id: str
    user_id: str | None = field(default=None, kw_only=True)
    avatar: str | None = field(default=None, kw_only=True)
    name: str | None = field(default=None, kw_only=True)
    description: str | None = field(default=None, kw_only=True)
    system_message: str | None = field(default=None, kw_only=True)
    component_type: str | None = field(default=None, kw_only=True)
    model: ModelInfo | None = field(default=None, kw_only=True)
    agent_type: str | None = field(default=None, kw_only=True)
    parameters: AgentParameters | None = field(default=None, kw_only=True)
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
        self.agent_id = v if type(v := get("agent_id")) is str else text(v)
        self.user_id = v if (v := get("user_id")) is None or type(v) is str else text(v)
        self.avatar = v if (v := get("avatar")) is None or type(v) is str else text(v)
        self.name = v if (v := get("name")) is None or type(v) is str else text(v)
        self.description = v if (v := get("description")) is None or type(v) is str else text(v)
        self.system_message = v if (v := get("system_message")) is None or type(v) is str else text(v)
        self.component_type = v if (v := get("component_type")) is None or type(v) is str else text(v)
        self.model = _read_model(v) if (v := get("model")) is not None else None
        self.agent_type = v if (v := get("agent_type")) is None or type(v) is str else text(v)
        self.parameters = _read_parameters(v) if (v := get("parameters")) is not None else None
        self.created_at = moment(v) if (v := get("created_at")) is not None else None
        self.updated_at = moment(v) if (v := get("updated_at")) is not None else None
        self.additional_properties = {} if source.keys() <= _NAMES else unknown_fields(source, _NAMES)
        self._source = source
        return self

    def to_dict(self) -> dict[str, Any]:
        """Write it as a plain, JSON-ready dict; a field that was read and not changed goes back as it came."""
        return write(self)


_read_model = model(ModelInfo)
_read_parameters = model(AgentParameters)
AgentInfo.FIELDS = (
    Field("agent_id", "agent_id", text, True),
    Field("user_id", "user_id", text, False),
    Field("avatar", "avatar", text, False),
    Field("name", "name", text, False),
    Field("description", "description", text, False),
    Field("system_message", "system_message", text, False),
    Field("component_type", "component_type", text, False),
    Field("model", "model", _read_model, False),
    Field("agent_type", "agent_type", text, False),
    Field("parameters", "parameters", _read_parameters, False),
    Field("created_at", "created_at", moment, False),
    Field("updated_at", "updated_at", moment, False),
)
_NAMES = frozenset(field.wire for field in AgentInfo.FIELDS)
