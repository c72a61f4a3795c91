# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
from __future__ import annotations

from typing import Literal

Visibility = Literal[
    "access_by_url",
    "private",
]

# The documented values. The service adds to them without notice, so models keep any other value as it is.
VISIBILITY_VALUES: frozenset[str] = frozenset(
    {
        "access_by_url",
        "private",
    }
)
