"""The states of a plan as a result keeps them: what did not change is shared, and together they have an end. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from wyseos.runtime import records

if TYPE_CHECKING:
    from wyseos.generated.models import PlanStep
    from wyseos.mate.plan import Plan

__all__ = ["MOST_BYTES", "PlanStates"]

MOST_BYTES = 32 * 2**20
"""What the states of one round's plan may take; the oldest make room."""
# About the bytes of a place in a list, and of a step as a dict.
_PLACE, _STEP = 8, 500

Steps = list[dict[str, Any]]


class PlanStates:
    """Writes each state of a plan as plain dicts, and counts what they take."""

    def __init__(self) -> None:
        self._plan: Plan | None = None
        self._steps: Steps = []
        self._costs: list[int] = []
        self._total = self._cost = 0

    def steps_of(self, plan: Plan | None) -> Steps:
        """Return the steps of the plan as it is now; those that are as before are the same dicts as before."""
        before = self._plan.steps if self._plan is not None else []
        self._cost = 0
        self._steps = self._written(plan.steps if plan is not None else [], before, self._steps)
        self._plan = plan
        return self._steps

    def added(self) -> int:
        """Note that the last state is kept, and return how many of the oldest are to be let go for it."""
        self._costs.append(self._cost)
        self._total += self._cost
        gone = 0
        while self._total > MOST_BYTES and len(self._costs) > 1:
            self._total -= self._costs.pop(0)
            gone += 1
        return gone

    def _written(self, steps: Sequence[PlanStep], before: Sequence[PlanStep], written: Steps) -> Steps:
        self._cost += _PLACE * len(steps)
        known = {id(step): place for place, step in enumerate(before)} if len(steps) != len(before) else None
        found = []
        for place, step in enumerate(steps):
            old = place if known is None else known.get(id(step))
            is_old = old is not None and old < len(before)
            found.append(self._one(step, before[old], written[old]) if is_old and old is not None else self._new(step))
        return found

    def _one(self, step: PlanStep, before: PlanStep, written: dict[str, Any]) -> dict[str, Any]:
        if step is before:
            return written
        if not step.steps or not before.steps:
            return self._new(step)
        new = self._new(records.evolve(step, steps=None))
        new["steps"] = self._written(step.steps, before.steps, written["steps"])
        return new

    def _new(self, step: PlanStep) -> dict[str, Any]:
        found = step.to_dict()
        self._cost += _size_of(found)
        return found


def _size_of(value: Any) -> int:
    if isinstance(value, dict):
        return _STEP + sum(map(_size_of, value.values()))
    if isinstance(value, list):
        return _PLACE * len(value) + sum(map(_size_of, value))
    return len(value) if isinstance(value, str) else _PLACE
