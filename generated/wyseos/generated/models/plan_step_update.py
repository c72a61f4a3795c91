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

from .plan_step_update_status import PLAN_STEP_UPDATE_STATUS_VALUES, PlanStepUpdateStatus


@reads_rows
@define
class PlanStepUpdate(Model):
    """How far one step of a plan is.

    Args:
        id: The step's id. May come as a number.
        status: What a step of a plan can become.
        title: The step's name.
    """

    id: str
    status: PlanStepUpdateStatus | str | None = field(default=None, kw_only=True)
    title: str | None = field(default=None, kw_only=True)
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
        self.status = v if (v := get("status")) is None or type(v) is str else text(v)
        self.title = v if (v := get("title")) is None or type(v) is str else text(v)
        self.additional_properties = {} if source.keys() <= _NAMES else unknown_fields(source, _NAMES)
        self._source = source
        return self

    def to_dict(self) -> dict[str, Any]:
        """Write it as a plain, JSON-ready dict; a field that was read and not changed goes back as it came."""
        return write(self)


PlanStepUpdate.FIELDS = (
    Field("id", "id", text, True),
    Field("status", "status", text, False, values=PLAN_STEP_UPDATE_STATUS_VALUES),
    Field("title", "title", text, False),
)
_NAMES = frozenset(field.wire for field in PlanStepUpdate.FIELDS)
