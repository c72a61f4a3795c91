# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
from __future__ import annotations

from typing import Literal

SortOrder = Literal[
    "ASC",
    "DESC",
]

# The documented values. The service adds to them without notice, so models keep any other value as it is.
SORT_ORDER_VALUES: frozenset[str] = frozenset(
    {
        "ASC",
        "DESC",
    }
)
