# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
from __future__ import annotations

from typing import Literal

ProductStatus = Literal[
    "completed",
    "failed",
    "pending",
    "processing",
]

# The documented values. The service adds to them without notice, so models keep any other value as it is.
PRODUCT_STATUS_VALUES: frozenset[str] = frozenset(
    {
        "completed",
        "failed",
        "pending",
        "processing",
    }
)
