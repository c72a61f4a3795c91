# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
from __future__ import annotations

from typing import Literal

TweetMediaType = Literal[
    "gif",
    "photo",
    "video",
]

# The documented values. The service adds to them without notice, so models keep any other value as it is.
TWEET_MEDIA_TYPE_VALUES: frozenset[str] = frozenset(
    {
        "gif",
        "photo",
        "video",
    }
)
