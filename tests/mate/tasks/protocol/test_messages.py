"""Which message of a client answers a question."""

from __future__ import annotations

import pytest

from wyseos.generated.models import Skill, TextInputData, UploadedFile
from wyseos.mate.plan import Plan, PlanStep
from wyseos.mate.tasks.protocol.commands import Answer
from wyseos.mate.tasks.protocol.messages import answer_message
from wyseos.mate.tasks.protocol.questions import Question, QuestionKind

PLAN = Plan([PlanStep(id="1", title="Research", status="not_started")])


@pytest.mark.parametrize("kind", [QuestionKind.PLAN, QuestionKind.CONFIRMATION])
def test_permission_is_given_by_a_plan_message(kind: QuestionKind) -> None:
    message = answer_message(Question(kind, "r"), Answer(accepted=True, plan=PLAN)).to_dict()
    assert message["type"] == "input"
    assert message["data"]["request_id"] == "r"
    assert message["data"]["response"]["accepted"] is True
    assert [step["title"] for step in message["data"]["response"]["plan"]] == ["Research"]


def test_a_refusal_carries_its_reason_and_no_plan() -> None:
    message = answer_message(Question(QuestionKind.PLAN, "r"), Answer(accepted=False, plan=PLAN, text="Shorter"))
    response = message.to_dict()["data"]["response"]
    assert (response["accepted"], response["content"], response.get("plan")) == (False, "Shorter", None)


@pytest.mark.parametrize("kind", [QuestionKind.TEXT, QuestionKind.REPORT])
def test_any_other_question_is_answered_with_text(kind: QuestionKind) -> None:
    data = answer_message(Question(kind, "r"), Answer(text="Blue")).to_dict()["data"]
    assert (data["text"], data["request_id"]) == ("Blue", "r")


def test_an_answer_takes_its_files_and_skills_along_also_without_words() -> None:
    files = [UploadedFile(file_name="a.csv", file_url="https://files/a.csv")]
    skills = [Skill(skill_id="s", skill_name="Research")]
    answer = Answer(attachments=files, skills=skills)
    message = answer_message(Question(QuestionKind.TEXT, "r"), answer)
    assert message.data == TextInputData(text="", request_id="r", attachments=files, skills=skills)
