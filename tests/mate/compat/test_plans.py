"""Plans as 0.3.x reads and answers them."""

from __future__ import annotations

from typing import Any

from tests.mate.compat.plans import PLAN
from wyseos.mate.plan import AcceptPlan, Plan, PlanOverallStatus

DONE: dict[str, Any] = {
    "type": "plan",
    "message": {"type": "update_task_status", "data": {"id": "1", "status": "done"}},
}


def test_a_plan_follows_the_messages() -> None:
    plan = Plan()

    assert plan.apply_message(PLAN) is True
    assert plan.apply_message(PLAN) is False
    assert plan.apply_message({"type": "text", "content": "no plan"}) is False
    assert plan.get_overall_status() is PlanOverallStatus.NOT_STARTED
    assert plan.apply_message(DONE) is True
    assert plan.get_overall_status().value == "done"
    assert plan.render_text() == "Plan: done\n└─ [x] Research"


def test_a_plan_is_made_of_its_message() -> None:
    assert [step.title for step in Plan.from_message(PLAN).steps] == ["Research"]
    assert Plan.from_message({"type": "text"}).steps == []


def test_a_plan_is_accepted_by_an_object() -> None:
    accepted = AcceptPlan.create(accepted=True, plan=PLAN["message"]["data"], content="")

    assert accepted.model_dump(exclude_none=True) == {
        "accepted": True,
        "plan": PLAN["message"]["data"],
        "content": "",
    }
    assert AcceptPlan.create().to_dict() == {"accepted": True, "content": ""}
