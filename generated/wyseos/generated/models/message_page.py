# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from wyseos.runtime.model import Model, reads_rows
from wyseos.runtime.reading import (
    Field,
    element,
    integer,
    listing,
    source_object,
    unknown_fields,
    write,
)
from wyseos.runtime.records import define, field

from .message_response import MessageResponse


@reads_rows
@define
class MessagePage(Model):
    """A page of messages.

    Args:
        data: The messages of this page.
        page_num: This page's number, counted from 1.
        page_size: How many rows a page has.
        total: How many rows there are in all.
        total_page: How many pages there are.
    """

    data: list[MessageResponse]
    page_num: int | None = field(default=None, kw_only=True)
    page_size: int | None = field(default=None, kw_only=True)
    total: int | None = field(default=None, kw_only=True)
    total_page: int | None = field(default=None, kw_only=True)
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
        self.data = _read_data(get("data"))
        self.page_num = v if (v := get("page_num")) is None or type(v) is int else integer(v)
        self.page_size = v if (v := get("page_size")) is None or type(v) is int else integer(v)
        self.total = v if (v := get("total")) is None or type(v) is int else integer(v)
        self.total_page = v if (v := get("total_page")) is None or type(v) is int else integer(v)
        self.additional_properties = {} if source.keys() <= _NAMES else unknown_fields(source, _NAMES)
        self._source = source
        return self

    def to_dict(self) -> dict[str, Any]:
        """Write it as a plain, JSON-ready dict; a field that was read and not changed goes back as it came."""
        return write(self)


_read_data = listing(element(MessageResponse))
MessagePage.FIELDS = (
    Field("data", "data", _read_data, True),
    Field("page_num", "page_num", integer, False),
    Field("page_size", "page_size", integer, False),
    Field("total", "total", integer, False),
    Field("total_page", "total_page", integer, False),
)
_NAMES = frozenset(field.wire for field in MessagePage.FIELDS)
