# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
from __future__ import annotations

from typing import Literal

CategoryLevel = Literal[
    1,
    2,
]

# The documented values. The service adds to them without notice, so models keep any other value as it is.
CATEGORY_LEVEL_VALUES: frozenset[int] = frozenset(
    {
        1,
        2,
    }
)
