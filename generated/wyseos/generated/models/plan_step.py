# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from wyseos.runtime.model import Model, reads_rows
from wyseos.runtime.reading import (
    Field,
    element,
    listing,
    source_object,
    text,
    unknown_fields,
    write,
)
from wyseos.runtime.records import define, field

from .plan_step_status import PLAN_STEP_STATUS_VALUES, PlanStepStatus


@reads_rows
@define
class PlanStep(Model):
    """A step of a plan. A deep-research plan nests steps.

    Args:
        id: The step's id. May come as a number.
        title: The step's name.
        description: What is done in it.
        status: How far a step of a plan is. Empty where the service tells nothing.
        steps: The steps within it.
        agents: The agents that do it.
    """

    id: str
    title: str | None = field(default=None, kw_only=True)
    description: str | None = field(default=None, kw_only=True)
    status: PlanStepStatus | str | None = field(default=None, kw_only=True)
    steps: list[PlanStep] | None = field(default=None, kw_only=True)
    agents: list[str] | None = field(default=None, kw_only=True)
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
        self.id = v if type(v := get("id")) is str else text(v)
        self.title = v if (v := get("title")) is None or type(v) is str else text(v)
        self.description = v if (v := get("description")) is None or type(v) is str else text(v)
        self.status = v if (v := get("status")) is None or type(v) is str else text(v)
        self.steps = _read_steps(v) if (v := get("steps")) is not None else None
        self.agents = _read_agents(v) if (v := get("agents")) is not None else None
        self.additional_properties = {} if source.keys() <= _NAMES else unknown_fields(source, _NAMES)
        self._source = source
        return self

    def to_dict(self) -> dict[str, Any]:
        """Write it as a plain, JSON-ready dict; a field that was read and not changed goes back as it came."""
        return write(self)


_read_steps = listing(element(PlanStep))
_read_agents = listing(text)
PlanStep.FIELDS = (
    Field("id", "id", text, True),
    Field("title", "title", text, False),
    Field("description", "description", text, False),
    Field("status", "status", text, False, values=PLAN_STEP_STATUS_VALUES),
    Field("steps", "steps", _read_steps, False),
    Field("agents", "agents", _read_agents, False),
)
_NAMES = frozenset(field.wire for field in PlanStep.FIELDS)
