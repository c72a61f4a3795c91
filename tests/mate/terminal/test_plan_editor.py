"""A plan changed line by line."""

from __future__ import annotations

import pytest

from wyseos.generated.models import PlanStep
from wyseos.mate.plan import Plan
from wyseos.mate.terminal.plan_editor import edited


@pytest.mark.parametrize(
    ("line", "titles"),
    [
        ("2 New", ["a", "New"]),
        ("- 1", ["b"]),
        ("+ c", ["a", "b", "c"]),
        ("+", ["a", "b"]),
        ("7 x", ["a", "b"]),
        ("1", ["a", "b"]),
        ("nonsense", ["a", "b"]),
    ],
)
def test_an_edit_line_changes_the_plan(line: str, titles: list[str]) -> None:
    plan = Plan([PlanStep(id="1", title="a"), PlanStep(id="2", title="b")])
    assert [step.title for step in edited(plan, line).steps] == titles
