# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
from __future__ import annotations

from typing import Literal

CallOrderField = Literal[
    "created_at",
    "total_cost",
]

# The documented values. The service adds to them without notice, so models keep any other value as it is.
CALL_ORDER_FIELD_VALUES: frozenset[str] = frozenset(
    {
        "created_at",
        "total_cost",
    }
)
