# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from wyseos.runtime.model import Model, reads_rows
from wyseos.runtime.reading import (
    Field,
    integer,
    source_object,
    text,
    unknown_fields,
    write,
)
from wyseos.runtime.records import define, field

from .tweet_media_type import TWEET_MEDIA_TYPE_VALUES, TweetMediaType


@reads_rows
@define
class TweetMedia(Model):
    """A picture or a film of a tweet.

    Args:
        url: Where it lies; for a film, its still picture.
        type: A kind of media.
        width: Its width, in pixels.
        height: Its height, in pixels.
        text_url: The short URL that stands in the text.
        video_url: Where the film lies.
        duration_ms: How long the film is, in milliseconds.
    """

    url: str | None = None
    type: TweetMediaType | str | None = field(default=None, kw_only=True)
    width: int | None = field(default=None, kw_only=True)
    height: int | None = field(default=None, kw_only=True)
    text_url: str | None = field(default=None, kw_only=True)
    video_url: str | None = field(default=None, kw_only=True)
    duration_ms: int | None = field(default=None, kw_only=True)
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
        self.url = v if (v := get("url")) is None or type(v) is str else text(v)
        self.type = v if (v := get("type")) is None or type(v) is str else text(v)
        self.width = v if (v := get("width")) is None or type(v) is int else integer(v)
        self.height = v if (v := get("height")) is None or type(v) is int else integer(v)
        self.text_url = v if (v := get("text_url")) is None or type(v) is str else text(v)
        self.video_url = v if (v := get("video_url")) is None or type(v) is str else text(v)
        self.duration_ms = v if (v := get("duration_ms")) is None or type(v) is int else integer(v)
        self.additional_properties = {} if source.keys() <= _NAMES else unknown_fields(source, _NAMES)
        self._source = source
        return self

    def to_dict(self) -> dict[str, Any]:
        """Write it as a plain, JSON-ready dict; a field that was read and not changed goes back as it came."""
        return write(self)


TweetMedia.FIELDS = (
    Field("url", "url", text, False),
    Field("type", "type", text, False, values=TWEET_MEDIA_TYPE_VALUES),
    Field("width", "width", integer, False),
    Field("height", "height", integer, False),
    Field("text_url", "text_url", text, False),
    Field("video_url", "video_url", text, False),
    Field("duration_ms", "duration_ms", integer, False),
)
_NAMES = frozenset(field.wire for field in TweetMedia.FIELDS)
