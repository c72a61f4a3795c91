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


@reads_rows
@define
class TweetUserProfile(Model):
    """The author of a tweet.

    Args:
        avatar_url: Where the author's picture lies.
        username: The author's name.
        follower_count: How many follow the author.
        following_count: How many the author follows.
    """

    avatar_url: str | None = None
    username: str | None = field(default=None, kw_only=True)
    follower_count: int | None = field(default=None, kw_only=True)
    following_count: int | None = field(default=None, kw_only=True)
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
        self.avatar_url = v if (v := get("avatar_url")) is None or type(v) is str else text(v)
        self.username = v if (v := get("username")) is None or type(v) is str else text(v)
        self.follower_count = v if (v := get("follower_count")) is None or type(v) is int else integer(v)
        self.following_count = v if (v := get("following_count")) is None or type(v) is int else integer(v)
        self.additional_properties = {} if source.keys() <= _NAMES else unknown_fields(source, _NAMES)
        self._source = source
        return self

    def to_dict(self) -> dict[str, Any]:
        """Write it as a plain, JSON-ready dict; a field that was read and not changed goes back as it came."""
        return write(self)


TweetUserProfile.FIELDS = (
    Field("avatar_url", "avatar_url", text, False),
    Field("username", "username", text, False),
    Field("follower_count", "follower_count", integer, False),
    Field("following_count", "following_count", integer, False),
)
_NAMES = frozenset(field.wire for field in TweetUserProfile.FIELDS)
