# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
from __future__ import annotations

from typing import Literal

PlanStepUpdateStatus = Literal[
    "done",
    "error",
    "in_progress",
]

# The documented values. The service adds to them without notice, so models keep any other value as it is.
PLAN_STEP_UPDATE_STATUS_VALUES: frozenset[str] = frozenset(
    {
        "done",
        "error",
        "in_progress",
    }
)
