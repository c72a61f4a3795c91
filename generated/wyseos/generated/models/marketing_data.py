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
    unknown_fields,
    write,
)
from wyseos.runtime.records import define, field

from .tweet_in_message import TweetInMessage
from .tweet_with_reply import TweetWithReply
from .tweet_writer_data import TweetWriterData


@reads_rows
@define
class MarketingData(Model):
    """What a marketing session made, by kind.

    Args:
        reply: Tweets that were answered.
        like: Tweets that were liked.
        retweet: Tweets that were shared.
        tweet: Tweets that were drafted.
    """

    reply: list[TweetWithReply] = field(factory=list)
    like: list[TweetInMessage] = field(factory=list, kw_only=True)
    retweet: list[TweetInMessage] = field(factory=list, kw_only=True)
    tweet: list[TweetWriterData] = field(factory=list, kw_only=True)
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
        self.reply = (_read_reply(v) if (v := get("reply")) is not None else None) or []
        self.like = (_read_like(v) if (v := get("like")) is not None else None) or []
        self.retweet = (_read_retweet(v) if (v := get("retweet")) is not None else None) or []
        self.tweet = (_read_tweet(v) if (v := get("tweet")) is not None else None) or []
        self.additional_properties = {} if source.keys() <= _NAMES else unknown_fields(source, _NAMES)
        self._source = source
        return self

    def to_dict(self) -> dict[str, Any]:
        """Write it as a plain, JSON-ready dict; a field that was read and not changed goes back as it came."""
        return write(self)


_read_reply = listing(element(TweetWithReply))
_read_like = listing(element(TweetInMessage))
_read_retweet = listing(element(TweetInMessage))
_read_tweet = listing(element(TweetWriterData))
MarketingData.FIELDS = (
    Field("reply", "reply", _read_reply, False, empty=[]),
    Field("like", "like", _read_like, False, empty=[]),
    Field("retweet", "retweet", _read_retweet, False, empty=[]),
    Field("tweet", "tweet", _read_tweet, False, empty=[]),
)
_NAMES = frozenset(field.wire for field in MarketingData.FIELDS)
