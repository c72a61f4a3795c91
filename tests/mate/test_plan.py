"""Plans: how far they are, how they change, how they are drawn."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support import messages as said
from wyseos.mate.plan import AcceptPlan, Plan, PlanOverallStatus, PlanStatus, PlanStep, plan_after


def step(step_id: str, status: str | None = "not_started", steps: list[PlanStep] | None = None) -> PlanStep:
    return PlanStep(id=step_id, title=f"Step {step_id}", status=status, steps=steps)


@pytest.mark.parametrize(
    ("statuses", "overall"),
    [
        ([], PlanOverallStatus.NOT_STARTED),
        (["not_started", ""], PlanOverallStatus.NOT_STARTED),
        (["in_progress", "not_started"], PlanOverallStatus.IN_PROGRESS),
        (["done", "not_started"], PlanOverallStatus.IN_PROGRESS),
        (["done", "skip"], PlanOverallStatus.DONE),
        (["done", "error", "in_progress"], PlanOverallStatus.ERROR),
        (["brand_new"], PlanOverallStatus.IN_PROGRESS),
    ],
)
def test_the_overall_status_follows_from_the_steps(statuses: list[str], overall: PlanOverallStatus) -> None:
    assert overall is Plan(step(str(number), status) for number, status in enumerate(statuses)).status


def test_a_step_that_holds_steps_is_as_far_as_they_are_unless_it_is_closed_itself() -> None:
    half = step("1", "not_started", [step("1.1", "done"), step("1.2")])
    assert Plan([half]).status is PlanOverallStatus.IN_PROGRESS
    assert Plan([step("1", "done", [step("1.1")])]).status is PlanOverallStatus.DONE


def test_steps_are_found_and_walked_at_any_depth() -> None:
    plan = Plan([step("1", steps=[step("1.1"), step("1.2")]), step("2")])
    assert [(depth, each.id) for depth, each in plan.walk()] == [(0, "1"), (1, "1.1"), (1, "1.2"), (0, "2")]
    found = plan.find("1.2")
    assert found is not None
    assert found.title == "Step 1.2"
    assert plan.find("9") is None


def test_an_update_makes_a_new_plan_and_leaves_the_old_one_alone() -> None:
    old = Plan([step("1", steps=[step("1.1")])])
    new = old.updated("1.1", PlanStatus.DONE, "Renamed")
    assert [each.status for _, each in old.walk()] == ["not_started", "not_started"]
    assert [(each.status, each.title) for _, each in new.walk()] == [("not_started", "Step 1"), ("done", "Renamed")]
    assert old.updated("9", "done") == old
    assert old.updated("1").steps[0].status == "not_started"


def test_two_plans_never_share_a_step() -> None:
    shared = step("1")
    first, second = Plan([shared]), Plan([shared])
    first.steps[0].title = "Changed"
    assert (shared.title, second.steps[0].title) == ("Step 1", "Step 1")


def test_plans_are_equal_if_their_steps_are() -> None:
    assert Plan([step("1")]) == Plan([step("1")])
    assert Plan([step("1")]) != Plan([step("2")])
    assert Plan() != []


def test_a_plan_goes_back_over_the_wire_as_it_came() -> None:
    steps = [{"id": "1", "title": "Research", "status": "done", "novelty": [1], "steps": [{"id": "1.1"}]}]
    assert Plan(said.event(said.plan(steps=steps)).message.data).to_list() == steps


def test_a_plan_draws_itself_as_a_tree() -> None:
    plan = Plan(
        [
            step("1", "done", [step("1.1", "done"), step("1.2", "skip")]),
            step("2", "in_progress"),
            step("3", "error"),
            step("4", "odd"),
            PlanStep(id="5"),
        ]
    )
    assert str(plan).splitlines() == [
        "Plan: error",
        "├─ [x] Step 1",
        "│  ├─ [x] Step 1.1",
        "│  └─ [-] Step 1.2",
        "├─ [>] Step 2",
        "├─ [!] Step 3",
        "├─ [odd] Step 4",
        "└─ [ ] 5",
    ]
    assert repr(plan) == "Plan(5 steps, error)"


def test_a_title_cannot_move_the_cursor_or_break_the_tree() -> None:
    drawn = Plan([PlanStep(id="1", title="a\x1b[2J\nb")]).render()
    assert drawn == "Plan: not started\n└─ [ ] a\ufffd[2J b"


@pytest.mark.parametrize(
    ("before", "message", "after"),
    [
        (None, said.plan(), Plan(said.event(said.plan()).message.data)),
        (None, said.plan(steps=[]), Plan()),
        (None, said.plan_status(), None),
        (Plan([step("1")]), {"type": "plan", "message": {"type": "update_task_status"}}, Plan([step("1")])),
        (Plan([step("1")]), said.plan_status(), Plan([step("1")]).updated("1", "done", "Research")),
    ],
)
def test_a_plan_follows_its_events(before: Plan | None, message: dict[str, Any], after: Plan | None) -> None:
    assert after == plan_after(before, said.event(message))


def test_an_approval_can_be_made_by_hand() -> None:
    assert AcceptPlan(accepted=True).to_dict() == {"accepted": True}
