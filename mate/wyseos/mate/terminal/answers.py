"""What a person's words mean as an answer, for each kind of question. An empty line alone never sends a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from wyseos.mate.tasks.protocol.questions import QuestionKind

if TYPE_CHECKING:
    from wyseos.mate.tasks.protocol.questions import Question

YES = frozenset({"y", "yes", "ok", "okay", "accept", "approve", "好", "好的", "是", "可以", "同意"})
NO = frozenset({"n", "no", "reject", "refuse", "不", "否", "不行", "不要"})

PROMPTS: dict[QuestionKind, str] = {
    QuestionKind.PLAN: "Approve the plan? Enter approves, edit changes it, anything else says what to improve> ",
    QuestionKind.CONFIRMATION: "May it? y or n, Enter is n> ",
    QuestionKind.REPORT: "Your comment on the report> ",
    QuestionKind.TEXT: "Your answer> ",
}

Outcome = Literal["answered", "ask again", "edit"]


def answer_with(question: Question, typed: str) -> Outcome:
    """Answer a question with what was typed.

    Args:
        question: what a task asks.
        typed: the line, without blanks around it.

    Returns:
        `ask again` where the line is no answer, `edit` where the plan is to be changed first.

    Raises:
        SessionExecutionError: the question is not open any more; nothing was sent.
    """
    word = typed.casefold()
    if question.kind is QuestionKind.PLAN:
        return _answer_plan(question, typed, word)
    if question.kind is QuestionKind.CONFIRMATION:
        return _answer_confirmation(question, word)
    if not typed:
        return "ask again"
    question.answer(typed)
    return "answered"


def _answer_plan(question: Question, typed: str, word: str) -> Outcome:
    if word in {"e", "edit"}:
        return "edit"
    if not word or word in YES:
        question.approve()
    elif word in NO:
        question.reject()
    else:
        question.reject(typed)
    return "answered"


def _answer_confirmation(question: Question, word: str) -> Outcome:
    """What becomes public needs a clear yes: Enter is a no, and another word is asked about again."""
    if word in YES:
        question.approve()
    elif not word or word in NO:
        question.reject()
    else:
        return "ask again"
    return "answered"
