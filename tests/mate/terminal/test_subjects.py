"""What a question is about is shown before it."""

from __future__ import annotations

from tests.support import messages as said
from wyseos.generated.events import event_from_dict
from wyseos.generated.models import ProductReport
from wyseos.mate.plan import Plan, PlanStep
from wyseos.mate.tasks.protocol.questions import Question, QuestionKind
from wyseos.mate.terminal.subjects import Subjects

REPORT = {
    "type": "rich",
    "message": {"type": "marketing_report", "data": {"product_id": "p-1", "product_name": "Lantern"}},
}


def test_a_question_for_text_is_about_what_was_said_last() -> None:
    subjects = Subjects()
    for content in ("First", "Which colour?\x1b[2J"):
        subjects.add(event_from_dict(said.text(content=content)))
    assert subjects.of(Question(QuestionKind.TEXT, "r")) == "Which colour?\ufffd[2J"


def test_a_plan_is_shown_as_its_steps() -> None:
    plan = Plan([PlanStep(id="1", title="Research", status="not_started")])
    assert "Research" in Subjects().of(Question(QuestionKind.PLAN, "r", plan=plan))
    assert Subjects().of(Question(QuestionKind.PLAN, "r")) == ""


def test_a_report_is_fetched_and_shown_by_its_rows() -> None:
    subjects = Subjects(
        {"p-1": ProductReport(report_id="report", product_name="Lantern", keywords=["solar", "light"])}.get
    )
    subjects.add(event_from_dict(REPORT))
    assert subjects.of(Question(QuestionKind.REPORT, "r")) == "Product: Lantern\nKeywords: solar, light"


def test_a_report_that_cannot_be_had_is_named() -> None:
    subjects = Subjects()
    subjects.add(event_from_dict(REPORT))
    assert subjects.of(Question(QuestionKind.REPORT, "r")) == "The report on Lantern"
