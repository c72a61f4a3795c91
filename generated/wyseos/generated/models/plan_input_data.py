# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

from wyseos.runtime.model import Model, reads_rows
from wyseos.runtime.reading import (
    Field,
    model,
    source_object,
    text,
    unknown_fields,
    write,
)
from wyseos.runtime.records import define, field
from wyseos.runtime.validation import Rule, check_all

from .accept_plan import AcceptPlan


@reads_rows
@define
class PlanInputData(Model):
    """A yes or a no.

    Args:
        input_type: The kind of answer, for an x_confirm as well; there the service takes `x_confirm`, too.
        request_id: The request it answers. Not empty.
        response: Permission for a plan or an x_confirm, or its refusal.
    """

    request_id: str
    response: AcceptPlan
    input_type: Literal["plan"] = field(default="plan", kw_only=True)
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
        self.input_type = text(get("input_type"))
        self.request_id = v if type(v := get("request_id")) is str else text(v)
        self.response = _read_response(get("response"))
        self.additional_properties = {} if source.keys() <= _NAMES else unknown_fields(source, _NAMES)
        self._source = source
        return self

    def to_dict(self) -> dict[str, Any]:
        """Write it as a plain, JSON-ready dict; a field that was read and not changed goes back as it came."""
        check_all(self, _RULES)  # it may have been changed since it was made
        return write(self)


_read_response = model(AcceptPlan)
PlanInputData.FIELDS = (
    Field("input_type", "input_type", text, True),
    Field("request_id", "request_id", text, True),
    Field("response", "response", _read_response, True),
)
_NAMES = frozenset(field.wire for field in PlanInputData.FIELDS)
_RULES = (
    Rule("input_type", (str,), "a string"),
    Rule("request_id", (str,), "a string", required=True, min_length=1),
    Rule("response", (AcceptPlan, dict), "an AcceptPlan", required=True),
)
