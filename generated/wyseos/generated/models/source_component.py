# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
from __future__ import annotations

from typing import Literal

SourceComponent = Literal[
    "system",
    "user",
    "wyse_agent",
    "wyse_team",
]

# The documented values. The service adds to them without notice, so models keep any other value as it is.
SOURCE_COMPONENT_VALUES: frozenset[str] = frozenset(
    {
        "system",
        "user",
        "wyse_agent",
        "wyse_team",
    }
)
