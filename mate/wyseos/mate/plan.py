"""The plan of a task: its steps, flat or nested, how far they are, and a text tree of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from wyseos.generated.models import PlanEvent, PlanStatusEvent, PlanStep
from wyseos.mate.compat.plans import AcceptPlan, PlanMessages
from wyseos.mate.plan_status import PlanOverallStatus, PlanStatus
from wyseos.mate.terminal.marks import STEP_MARKS
from wyseos.mate.terminal.text import one_line
from wyseos.runtime import records

__all__ = ["AcceptPlan", "Plan", "PlanOverallStatus", "PlanStatus", "PlanStep"]


_CLOSED = frozenset({PlanStatus.DONE, PlanStatus.SKIP, PlanStatus.ERROR})


class Plan(PlanMessages):
    """A task's plan.

    Args:
        steps: the steps, each perhaps with steps of its own. They are copied: two plans never share a step.

    Example:
        plan = Plan([PlanStep(id="1", title="Research", status="done"), PlanStep(id="2", title="Write")])
        print(plan.render())
    """

    __slots__ = ("steps",)

    def __init__(self, steps: Iterable[PlanStep] = ()) -> None:
        self.steps: list[PlanStep] = [PlanStep.from_dict(step.to_dict()) for step in steps]

    def walk(self) -> Iterator[tuple[int, PlanStep]]:
        """Yield each step with its depth, a step before its own steps; the depth of a top step is 0."""
        return _walk(self.steps, 0)

    def find(self, step_id: str) -> PlanStep | None:
        """Return the step with that id, at any depth, or None."""
        return next((step for _, step in self.walk() if step.id == step_id), None)

    @property
    def status(self) -> PlanOverallStatus:
        """How far the plan is: an error anywhere is an error; done once every step is done or skipped."""
        return _combined(self.steps)

    def _after(self, event: PlanEvent | PlanStatusEvent) -> list[PlanStep]:
        plan = plan_after(self, event)
        return self.steps if plan is None else plan.steps

    def updated(self, step_id: str, status: str | None = None, title: str | None = None) -> Plan:
        """Return a copy with that step's status and title changed where given; an unknown id changes nothing."""
        return plan_with(Plan(self.steps), step_id, status, title)

    def to_list(self) -> list[dict[str, Any]]:
        """Return the steps as they go over the wire, ready for JSON."""
        return [step.to_dict() for step in self.steps]

    def render(self) -> str:
        """Return a text tree: one line a step, its mark first ([ ] [>] [x] [-] [!])."""
        return "\n".join(["Plan: " + self.status.replace("_", " "), *_tree(self.steps, "")])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Plan) and self.to_list() == other.to_list()

    def __repr__(self) -> str:
        return f"Plan({len(self.steps)} steps, {self.status})"

    def __str__(self) -> str:
        return self.render()


def plan_after(plan: Plan | None, event: PlanEvent | PlanStatusEvent) -> Plan | None:
    """Return the plan as it is after an event that changes it; steps that did not change are those of the plan before.

    A copy of each step for each update would cost the square of a large plan's length.
    """
    if isinstance(event, PlanEvent):
        return Plan(event.message.data or ())
    update = event.message.data
    return plan if plan is None or update is None else plan_with(plan, update.id, update.status, update.title)


def plan_with(plan: Plan, step_id: str | None, status: str | None, title: str | None) -> Plan:
    """Return a plan in which one step, and those around it, are new; the plan itself where there is no such step."""
    steps = _with(plan.steps, step_id, status, title)
    if steps is None:
        return plan
    changed = Plan()
    changed.steps = steps
    return changed


def _with(steps: list[PlanStep], step_id: str | None, status: str | None, title: str | None) -> list[PlanStep] | None:
    """Return steps of which one is changed, None where it is not among them; the first of that id is meant."""
    for place, step in enumerate(steps):
        if step.id == step_id:
            new = records.evolve(step, status=status or step.status, title=title or step.title)
        elif step.steps and (inner := _with(step.steps, step_id, status, title)) is not None:
            new = records.evolve(step, steps=inner)
        else:
            continue
        return [*steps[:place], new, *steps[place + 1 :]]
    return None


def _walk(steps: Iterable[PlanStep], depth: int) -> Iterator[tuple[int, PlanStep]]:
    for step in steps:
        yield depth, step
        yield from _walk(step.steps or (), depth + 1)


def _combined(steps: Iterable[PlanStep]) -> PlanOverallStatus:
    statuses = {_status(step) for step in steps}
    if PlanStatus.ERROR in statuses:
        return PlanOverallStatus.ERROR
    if statuses <= {PlanStatus.NOT_STARTED}:
        return PlanOverallStatus.NOT_STARTED
    if statuses <= {PlanStatus.DONE, PlanStatus.SKIP}:
        return PlanOverallStatus.DONE
    return PlanOverallStatus.IN_PROGRESS


def _status(step: PlanStep) -> str:
    """A step that holds steps is as far as they are, unless it was closed itself."""
    own = step.status or PlanStatus.NOT_STARTED
    return own if own in _CLOSED or not step.steps else _combined(step.steps)


def _tree(steps: list[PlanStep], indent: str) -> Iterator[str]:
    for step in steps:
        last = step is steps[-1]
        status = _status(step)
        mark = STEP_MARKS[status].box if status in STEP_MARKS else f"[{one_line(status)}]"
        yield f"{indent}{'└─' if last else '├─'} {mark} {one_line(step.title or step.id or '')}"
        yield from _tree(step.steps or [], indent + ("   " if last else "│  "))
