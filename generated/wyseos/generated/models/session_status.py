# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
from __future__ import annotations

from typing import Literal

SessionStatus = Literal[
    "active",
    "complete",
    "created",
    "error",
    "paused",
    "stopped",
]

# The documented values. The service adds to them without notice, so models keep any other value as it is.
SESSION_STATUS_VALUES: frozenset[str] = frozenset(
    {
        "active",
        "complete",
        "created",
        "error",
        "paused",
        "stopped",
    }
)
