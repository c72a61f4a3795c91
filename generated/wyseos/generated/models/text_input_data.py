# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

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
from wyseos.runtime.validation import Rule, check_all

from .skill import Skill
from .uploaded_file import UploadedFile


@reads_rows
@define
class TextInputData(Model):
    """An answer in text.

    Args:
        input_type: The kind of answer.
        text: The answer.
        request_id: The request it answers. Not empty.
        attachments: Uploaded files that belong to it.
        skills: Skills to be used from now on.
    """

    text: str
    request_id: str
    input_type: Literal["text"] = field(default="text", kw_only=True)
    attachments: list[UploadedFile] | None = field(default=None, kw_only=True)
    skills: list[Skill] | None = field(default=None, kw_only=True)
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
        self.text = v if type(v := get("text")) is str else text(v)
        self.request_id = v if type(v := get("request_id")) is str else text(v)
        self.attachments = _read_attachments(v) if (v := get("attachments")) is not None else None
        self.skills = _read_skills(v) if (v := get("skills")) is not None else None
        self.additional_properties = {} if source.keys() <= _NAMES else unknown_fields(source, _NAMES)
        self._source = source
        return self

    def to_dict(self) -> dict[str, Any]:
        """Write it as a plain, JSON-ready dict; a field that was read and not changed goes back as it came."""
        check_all(self, _RULES)  # it may have been changed since it was made
        return write(self)


_read_attachments = listing(element(UploadedFile))
_read_skills = listing(element(Skill))
TextInputData.FIELDS = (
    Field("input_type", "input_type", text, True),
    Field("text", "text", text, True),
    Field("request_id", "request_id", text, True),
    Field("attachments", "attachments", _read_attachments, False),
    Field("skills", "skills", _read_skills, False),
)
_NAMES = frozenset(field.wire for field in TextInputData.FIELDS)
_RULES = (
    Rule("input_type", (str,), "a string"),
    Rule("text", (str,), "a string", required=True),
    Rule("request_id", (str,), "a string", required=True, min_length=1),
    Rule("attachments", (list, tuple), "a list", item=Rule("", (UploadedFile, dict), "an UploadedFile", required=True)),
    Rule("skills", (list, tuple), "a list", item=Rule("", (Skill, dict), "a Skill", required=True)),
)
