# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from wyseos.runtime.model import Model, reads_rows
from wyseos.runtime.reading import (
    Field,
    element,
    freeform,
    listing,
    source_object,
    unknown_fields,
    write,
)
from wyseos.runtime.records import define, field
from wyseos.runtime.validation import Rule, check_all

from .start_task import StartTask
from .uploaded_file import UploadedFile


@reads_rows
@define
class StartData(Model):
    """A task and what belongs to it.

    Args:
        messages: The task. Not empty.
        attachments: Uploaded files that belong to it.
        extra: Free-form, with the keys that a session's `extra` knows.
    """

    messages: list[StartTask]
    attachments: list[UploadedFile] | None = field(default=None, kw_only=True)
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
        self.messages = _read_messages(get("messages"))
        self.attachments = _read_attachments(v) if (v := get("attachments")) is not None else None
        self.extra = freeform(get("extra"))
        self.additional_properties = {} if source.keys() <= _NAMES else unknown_fields(source, _NAMES)
        self._source = source
        return self

    def to_dict(self) -> dict[str, Any]:
        """Write it as a plain, JSON-ready dict; a field that was read and not changed goes back as it came."""
        check_all(self, _RULES)  # it may have been changed since it was made
        return write(self)


_read_messages = listing(element(StartTask))
_read_attachments = listing(element(UploadedFile))
StartData.FIELDS = (
    Field("messages", "messages", _read_messages, True),
    Field("attachments", "attachments", _read_attachments, False),
    Field("extra", "extra", freeform, False),
)
_NAMES = frozenset(field.wire for field in StartData.FIELDS)
_RULES = (
    Rule(
        "messages",
        (list, tuple),
        "a list",
        required=True,
        min_length=1,
        item=Rule("", (StartTask, dict), "a StartTask", required=True),
    ),
    Rule("attachments", (list, tuple), "a list", item=Rule("", (UploadedFile, dict), "an UploadedFile", required=True)),
    Rule("extra", (dict,), "a dict"),
)
