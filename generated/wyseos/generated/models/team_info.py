# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Self

from wyseos.runtime.model import Model, reads_rows
from wyseos.runtime.reading import (
    Field,
    either,
    element,
    listing,
    model,
    moment,
    one_of,
    source_object,
    text,
    unknown_fields,
    write,
)
from wyseos.runtime.records import define, field

from .agent_info import AgentInfo
from .model_info import ModelInfo
from .team_parameters import TeamParameters


@reads_rows
@define
class TeamInfo(Model):
    """A team of agents.

    Args:
        team_id: The team's id.
        user_id: Whose it is. May come as a number.
        avatar: Where its picture lies.
        name: The team's name.
        description: What it does.
        component_type: The kind of component.
        team_type: The kind of team. Known: `system`, `user`; the service may name more.
        agents: Its agents.
        termination: When it stops.
        model: A language model.
        parameters: How a team is set up.
        created_at: When it was made.
        updated_at: When it last changed.
        deleted_at: When it was deleted, as a time or in seconds of Unix time. 0 or empty while it is there.
    """

    team_id: str
    user_id: str | None = field(default=None, kw_only=True)
    avatar: str | None = field(default=None, kw_only=True)
    name: str | None = field(default=None, kw_only=True)
    description: str | None = field(default=None, kw_only=True)
    component_type: str | None = field(default=None, kw_only=True)
    team_type: str | None = field(default=None, kw_only=True)
    agents: list[AgentInfo] = field(factory=list, kw_only=True)
    termination: str | None = field(default=None, kw_only=True)
    model: ModelInfo | None = field(default=None, kw_only=True)
    parameters: TeamParameters | None = field(default=None, kw_only=True)
    created_at: datetime | None = field(default=None, kw_only=True)
    updated_at: datetime | None = field(default=None, kw_only=True)
    deleted_at: int | datetime | None = field(default=None, kw_only=True)
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
        self.team_id = v if type(v := get("team_id")) is str else text(v)
        self.user_id = v if (v := get("user_id")) is None or type(v) is str else text(v)
        self.avatar = v if (v := get("avatar")) is None or type(v) is str else text(v)
        self.name = v if (v := get("name")) is None or type(v) is str else text(v)
        self.description = v if (v := get("description")) is None or type(v) is str else text(v)
        self.component_type = v if (v := get("component_type")) is None or type(v) is str else text(v)
        self.team_type = v if (v := get("team_type")) is None or type(v) is str else text(v)
        self.agents = (_read_agents(v) if (v := get("agents")) is not None else None) or []
        self.termination = v if (v := get("termination")) is None or type(v) is str else text(v)
        self.model = _read_model(v) if (v := get("model")) is not None else None
        self.parameters = _read_parameters(v) if (v := get("parameters")) is not None else None
        self.created_at = moment(v) if (v := get("created_at")) is not None else None
        self.updated_at = moment(v) if (v := get("updated_at")) is not None else None
        self.deleted_at = _read_deleted_at(v) if (v := get("deleted_at")) is not None else None
        self.additional_properties = {} if source.keys() <= _NAMES else unknown_fields(source, _NAMES)
        self._source = source
        return self

    def to_dict(self) -> dict[str, Any]:
        """Write it as a plain, JSON-ready dict; a field that was read and not changed goes back as it came."""
        return write(self)


_read_agents = listing(element(AgentInfo))
_read_model = model(ModelInfo)
_read_parameters = model(TeamParameters)
_read_deleted_at = either(one_of(int), moment)
TeamInfo.FIELDS = (
    Field("team_id", "team_id", text, True),
    Field("user_id", "user_id", text, False),
    Field("avatar", "avatar", text, False),
    Field("name", "name", text, False),
    Field("description", "description", text, False),
    Field("component_type", "component_type", text, False),
    Field("team_type", "team_type", text, False),
    Field("agents", "agents", _read_agents, False, empty=[]),
    Field("termination", "termination", text, False),
    Field("model", "model", _read_model, False),
    Field("parameters", "parameters", _read_parameters, False),
    Field("created_at", "created_at", moment, False),
    Field("updated_at", "updated_at", moment, False),
    Field("deleted_at", "deleted_at", _read_deleted_at, False),
)
_NAMES = frozenset(field.wire for field in TeamInfo.FIELDS)
