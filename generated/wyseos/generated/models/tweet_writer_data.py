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

from .tweet_media import TweetMedia


@reads_rows
@define
class TweetWriterData(Model):
    """A drafted tweet, or a piece of one while it is being written.

    Args:
        draft_id: The draft's id. Pieces of one draft share it. May come as a number.
        content: The text, or the next piece of it.
        media: Its pictures and films.
    """

    draft_id: str
    content: str | None = field(default=None, kw_only=True)
    media: list[TweetMedia] = field(factory=list, kw_only=True)
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
        self.draft_id = v if type(v := get("draft_id")) is str else text(v)
        self.content = v if (v := get("content")) is None or type(v) is str else text(v)
        self.media = (_read_media(v) if (v := get("media")) is not None else None) or []
        self.additional_properties = {} if source.keys() <= _NAMES else unknown_fields(source, _NAMES)
        self._source = source
        return self

    def to_dict(self) -> dict[str, Any]:
        """Write it as a plain, JSON-ready dict; a field that was read and not changed goes back as it came."""
        return write(self)


_read_media = listing(element(TweetMedia))
TweetWriterData.FIELDS = (
    Field("draft_id", "draft_id", text, True),
    Field("content", "content", text, False),
    Field("media", "media", _read_media, False, empty=[]),
)
_NAMES = frozenset(field.wire for field in TweetWriterData.FIELDS)
