# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
from __future__ import annotations

from typing import Literal

Platform = Literal[
    "api",
    "extension",
    "web",
]

# The documented values. The service adds to them without notice, so models keep any other value as it is.
PLATFORM_VALUES: frozenset[str] = frozenset(
    {
        "api",
        "extension",
        "web",
    }
)
