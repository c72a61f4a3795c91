# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Self

from wyseos.runtime.model import Model, reads_rows
from wyseos.runtime.reading import (
    Field,
    element,
    integer,
    listing,
    model,
    moment,
    source_object,
    text,
    unknown_fields,
    write,
)
from wyseos.runtime.records import define, field

from .tweet_media import TweetMedia
from .tweet_user_profile import TweetUserProfile


@reads_rows
@define
class TweetWithReply(Model):
    """A tweet and the answer drafted for it.

    Args:
        tweet_id: The tweet's id. May come as a number.
        tweet: The text.
        username: The author's name.
        tweet_time: When it was posted.
        url: Where it stands.
        bookmark_count: How often it was bookmarked.
        favorite_count: How often it was liked.
        quote_count: How often it was quoted.
        reply_count: How often it was answered.
        retweet_count: How often it was shared.
        view_count: How often it was seen.
        user_profile: The author of a tweet.
        media: Its pictures and films.
        reply: The drafted answer.
    """

    tweet_id: str
    tweet: str | None = field(default=None, kw_only=True)
    username: str | None = field(default=None, kw_only=True)
    tweet_time: datetime | None = field(default=None, kw_only=True)
    url: str | None = field(default=None, kw_only=True)
    bookmark_count: int | None = field(default=None, kw_only=True)
    favorite_count: int | None = field(default=None, kw_only=True)
    quote_count: int | None = field(default=None, kw_only=True)
    reply_count: int | None = field(default=None, kw_only=True)
    retweet_count: int | None = field(default=None, kw_only=True)
    view_count: int | None = field(default=None, kw_only=True)
    user_profile: TweetUserProfile | None = field(default=None, kw_only=True)
    media: list[TweetMedia] = field(factory=list, kw_only=True)
    reply: str | None = field(default=None, kw_only=True)
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
        self.tweet_id = v if type(v := get("tweet_id")) is str else text(v)
        self.tweet = v if (v := get("tweet")) is None or type(v) is str else text(v)
        self.username = v if (v := get("username")) is None or type(v) is str else text(v)
        self.tweet_time = moment(v) if (v := get("tweet_time")) is not None else None
        self.url = v if (v := get("url")) is None or type(v) is str else text(v)
        self.bookmark_count = v if (v := get("bookmark_count")) is None or type(v) is int else integer(v)
        self.favorite_count = v if (v := get("favorite_count")) is None or type(v) is int else integer(v)
        self.quote_count = v if (v := get("quote_count")) is None or type(v) is int else integer(v)
        self.reply_count = v if (v := get("reply_count")) is None or type(v) is int else integer(v)
        self.retweet_count = v if (v := get("retweet_count")) is None or type(v) is int else integer(v)
        self.view_count = v if (v := get("view_count")) is None or type(v) is int else integer(v)
        self.user_profile = _read_user_profile(v) if (v := get("user_profile")) is not None else None
        self.media = (_read_media(v) if (v := get("media")) is not None else None) or []
        self.reply = v if (v := get("reply")) is None or type(v) is str else text(v)
        self.additional_properties = {} if source.keys() <= _NAMES else unknown_fields(source, _NAMES)
        self._source = source
        return self

    def to_dict(self) -> dict[str, Any]:
        """Write it as a plain, JSON-ready dict; a field that was read and not changed goes back as it came."""
        return write(self)


_read_user_profile = model(TweetUserProfile)
_read_media = listing(element(TweetMedia))
TweetWithReply.FIELDS = (
    Field("tweet_id", "tweet_id", text, True),
    Field("tweet", "tweet", text, False),
    Field("username", "username", text, False),
    Field("tweet_time", "tweet_time", moment, False),
    Field("url", "url", text, False),
    Field("bookmark_count", "bookmark_count", integer, False),
    Field("favorite_count", "favorite_count", integer, False),
    Field("quote_count", "quote_count", integer, False),
    Field("reply_count", "reply_count", integer, False),
    Field("retweet_count", "retweet_count", integer, False),
    Field("view_count", "view_count", integer, False),
    Field("user_profile", "user_profile", _read_user_profile, False),
    Field("media", "media", _read_media, False, empty=[]),
    Field("reply", "reply", text, False),
)
_NAMES = frozenset(field.wire for field in TweetWithReply.FIELDS)
