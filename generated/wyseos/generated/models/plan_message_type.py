# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
from __future__ import annotations

from typing import Literal

PlanMessageType = Literal[
    "create_plan",
    "update_plan",
]

# The documented values. The service adds to them without notice, so models keep any other value as it is.
PLAN_MESSAGE_TYPE_VALUES: frozenset[str] = frozenset(
    {
        "create_plan",
        "update_plan",
    }
)
