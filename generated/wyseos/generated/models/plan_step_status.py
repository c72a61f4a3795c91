# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
from __future__ import annotations

from typing import Literal

PlanStepStatus = Literal[
    "",
    "done",
    "error",
    "in_progress",
    "not_started",
    "skip",
]

# The documented values. The service adds to them without notice, so models keep any other value as it is.
PLAN_STEP_STATUS_VALUES: frozenset[str] = frozenset(
    {
        "",
        "done",
        "error",
        "in_progress",
        "not_started",
        "skip",
    }
)
