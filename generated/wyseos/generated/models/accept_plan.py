# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from wyseos.runtime.model import Model, reads_rows
from wyseos.runtime.reading import (
    Field,
    element,
    flag,
    listing,
    source_object,
    text,
    unknown_fields,
    write,
)
from wyseos.runtime.records import define, field
from wyseos.runtime.validation import Rule, check_all

from .plan_step import PlanStep


@reads_rows
@define
class AcceptPlan(Model):
    """Permission for a plan or an x_confirm, or its refusal.

    Args:
        accepted: Whether it may be done.
        plan: The plan as it shall be done, perhaps edited.
        content: On a refusal, what to improve.
    """

    accepted: bool
    plan: list[PlanStep] | None = field(default=None, kw_only=True)
    content: str | None = field(default=None, kw_only=True)
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
        self.accepted = flag(get("accepted"))
        self.plan = _read_plan(v) if (v := get("plan")) is not None else None
        self.content = v if (v := get("content")) is None or type(v) is str else text(v)
        self.additional_properties = {} if source.keys() <= _NAMES else unknown_fields(source, _NAMES)
        self._source = source
        return self

    def to_dict(self) -> dict[str, Any]:
        """Write it as a plain, JSON-ready dict; a field that was read and not changed goes back as it came."""
        check_all(self, _RULES)  # it may have been changed since it was made
        return write(self)


_read_plan = listing(element(PlanStep))
AcceptPlan.FIELDS = (
    Field("accepted", "accepted", flag, True),
    Field("plan", "plan", _read_plan, False),
    Field("content", "content", text, False),
)
_NAMES = frozenset(field.wire for field in AcceptPlan.FIELDS)
_RULES = (
    Rule("accepted", (bool,), "True or False", required=True),
    Rule("plan", (list, tuple), "a list", item=Rule("", (PlanStep, dict), "a PlanStep", required=True)),
    Rule("content", (str,), "a string"),
)
