# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
from __future__ import annotations

from typing import Literal

CallStatus = Literal[
    "fail",
    "success",
]

# The documented values. The service adds to them without notice, so models keep any other value as it is.
CALL_STATUS_VALUES: frozenset[str] = frozenset(
    {
        "fail",
        "success",
    }
)
