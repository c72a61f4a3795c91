# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

from wyseos.runtime.model import Model, reads_rows
from wyseos.runtime.reading import (
    Field,
    element,
    listing,
    model,
    source_object,
    text,
    unknown_fields,
    write,
)
from wyseos.runtime.records import define, field

from .message_metadata import MessageMetadata
from .tweet_with_reply import TweetWithReply


@reads_rows
@define
class TweetReplyMessage(Model):
    """The body of a chunk of tweets with drafted answers.

    Args:
        type: Tells the kind of rich message.
        metadata: What is told about the body of a message.
        data: The tweets of this chunk. Null at the stream's end.
    """

    type: Literal["marketing_tweet_reply"] = "marketing_tweet_reply"
    metadata: MessageMetadata | None = field(default=None, kw_only=True)
    data: list[TweetWithReply] | None = field(default=None, kw_only=True)
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
        self.type = text(get("type"))
        self.metadata = _read_metadata(v) if (v := get("metadata")) is not None else None
        self.data = _read_data(v) if (v := get("data")) is not None else None
        self.additional_properties = {} if source.keys() <= _NAMES else unknown_fields(source, _NAMES)
        self._source = source
        return self

    def to_dict(self) -> dict[str, Any]:
        """Write it as a plain, JSON-ready dict; a field that was read and not changed goes back as it came."""
        return write(self)


_read_metadata = model(MessageMetadata)
_read_data = listing(element(TweetWithReply))
TweetReplyMessage.FIELDS = (
    Field("type", "type", text, True),
    Field("metadata", "metadata", _read_metadata, False),
    Field("data", "data", _read_data, False),
)
_NAMES = frozenset(field.wire for field in TweetReplyMessage.FIELDS)
