"""What a person's words mean as an answer, for each kind of question."""

from __future__ import annotations

from typing import Any

import pytest

from wyseos.mate.tasks.protocol.questions import Question, QuestionKind
from wyseos.mate.terminal.answers import PROMPTS, answer_with


class Task:
    """Keeps how a question was answered."""

    def __init__(self) -> None:
        self.told: list[tuple[str, Any]] = []

    def approve(self, plan: Any = None, *, question: Any = None) -> None:
        self.told.append(("approve", plan))

    def reject(self, why: str | None = None, *, question: Any = None) -> None:
        self.told.append(("reject", why))

    def respond(self, text: str, *, question: Any = None) -> None:
        self.told.append(("respond", text))


@pytest.mark.parametrize(
    ("kind", "typed", "outcome", "told"),
    [
        ("plan", "", "answered", [("approve", None)]),
        ("plan", "Yes", "answered", [("approve", None)]),
        ("plan", "no", "answered", [("reject", None)]),
        ("plan", "Shorter, please", "answered", [("reject", "Shorter, please")]),
        ("plan", "edit", "edit", []),
        ("confirmation", "y", "answered", [("approve", None)]),
        ("confirmation", "", "answered", [("reject", None)]),
        ("confirmation", "maybe", "ask again", []),
        ("text", "", "ask again", []),
        ("text", "yes", "answered", [("respond", "yes")]),
        ("report", "Good", "answered", [("respond", "Good")]),
    ],
)
def test_words_answer_by_the_kind_of_the_question(kind: str, typed: str, outcome: str, told: list[Any]) -> None:
    task = Task()
    assert answer_with(Question(QuestionKind(kind), "r", task=task), typed) == outcome
    assert task.told == told


def test_every_kind_of_question_has_a_prompt() -> None:
    assert set(PROMPTS) == set(QuestionKind)
