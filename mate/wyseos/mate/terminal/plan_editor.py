"""A plan changed line by line."""

from __future__ import annotations

from wyseos.mate.plan import Plan, PlanStep
from wyseos.mate.terminal.text import one_line

HELP = "Edit: `2 New title` renames, `- 2` removes, `+ Title` adds; an empty line approves the plan as it is then."


def edited(plan: Plan, line: str) -> Plan:
    """Return the plan as an edit line changes it: `2 Title` renames, `- 2` removes, `+ Title` adds; else unchanged."""
    word, _, rest = line.partition(" ")
    steps = Plan(plan.steps).steps
    if word == "+" and rest:
        return Plan([*steps, PlanStep(id=str(len(steps) + 1), title=rest, status="not_started")])
    number = rest if word == "-" else word
    if not number.isdecimal() or not 1 <= int(number) <= len(steps):
        return plan
    if word == "-":
        del steps[int(number) - 1]
    elif rest:
        steps[int(number) - 1].title = rest
    return Plan(steps)


def numbered(plan: Plan) -> str:
    """Write the steps with the numbers that an edit line names."""
    return "\n".join(f"{number}. {one_line(step.title or '')}" for number, step in enumerate(plan.steps, 1))
