# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
from __future__ import annotations

from typing import Literal

MarketingDataType = Literal[
    "like",
    "reply",
    "retweet",
    "tweet",
]

# The documented values. The service adds to them without notice, so models keep any other value as it is.
MARKETING_DATA_TYPE_VALUES: frozenset[str] = frozenset(
    {
        "like",
        "reply",
        "retweet",
        "tweet",
    }
)
