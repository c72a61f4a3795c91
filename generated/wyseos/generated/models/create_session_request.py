# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from wyseos.runtime.model import Model, reads_rows
from wyseos.runtime.reading import (
    Field,
    freeform,
    source_object,
    text,
    unknown_fields,
    write,
)
from wyseos.runtime.records import define, field
from wyseos.runtime.validation import Rule, check_all


@reads_rows
@define
class CreateSessionRequest(Model):
    """A task to create a session for.

    Args:
        task: What is to be done. Not blank.
        intent_id: The intent the task belongs to.
        mode: How to work. Known: empty (default), `deep_search`, `marketing`; the service may name more.
        platform: Where the session is started from. Known: `web`, `api`, `extension`; the service may name more.
        extra: Free-form. Known keys: `skills` (a list of `{skill_id, skill_name}`), `marketing_product`
            (`{product_id}`) and `strategy` (`{strategy_key, prompt_id}`).
    """

    task: str
    intent_id: str | None = field(default=None, kw_only=True)
    mode: str | None = field(default=None, kw_only=True)
    platform: str | None = field(default=None, kw_only=True)
    extra: dict[str, Any] | None = field(default=None, kw_only=True)
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
        self.task = v if type(v := get("task")) is str else text(v)
        self.intent_id = v if (v := get("intent_id")) is None or type(v) is str else text(v)
        self.mode = v if (v := get("mode")) is None or type(v) is str else text(v)
        self.platform = v if (v := get("platform")) is None or type(v) is str else text(v)
        self.extra = freeform(get("extra"))
        self.additional_properties = {} if source.keys() <= _NAMES else unknown_fields(source, _NAMES)
        self._source = source
        return self

    def to_dict(self) -> dict[str, Any]:
        """Write it as a plain, JSON-ready dict; a field that was read and not changed goes back as it came."""
        check_all(self, _RULES)  # it may have been changed since it was made
        return write(self)


CreateSessionRequest.FIELDS = (
    Field("task", "task", text, True),
    Field("intent_id", "intent_id", text, False),
    Field("mode", "mode", text, False),
    Field("platform", "platform", text, False),
    Field("extra", "extra", freeform, False),
)
_NAMES = frozenset(field.wire for field in CreateSessionRequest.FIELDS)
_RULES = (
    Rule("task", (str,), "a string", required=True, pattern="\\S"),
    Rule("intent_id", (str,), "a string"),
    Rule("mode", (str,), "a string"),
    Rule("platform", (str,), "a string"),
    Rule("extra", (dict,), "a dict"),
)
