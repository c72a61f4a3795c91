"""How far a plan and its steps are."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["PlanOverallStatus", "PlanStatus"]


class PlanStatus(StrEnum):
    """How far a step is."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    SKIP = "skip"
    ERROR = "error"


class PlanOverallStatus(StrEnum):
    """How far the whole plan is."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    ERROR = "error"
