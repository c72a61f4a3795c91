"""A rule decides where everything that it names is so, and nothing can be written that never meets."""

from __future__ import annotations

from typing import Any

import pytest

from wyseos.mate.errors import ConfigError
from wyseos.mate.plan import Plan, PlanStep
from wyseos.mate.policy import Rule
from wyseos.mate.policy.rule import MODES
from wyseos.mate.tasks.protocol.questions import Question, QuestionKind

STEPS = [
    PlanStep(id="1", title="Find talks", agents=["researcher"]),
    PlanStep(
        id="2", title="Write", description="Pay a writer", agents=["writer"], steps=[PlanStep(id="2.1", title="Draft")]
    ),
]
PLAN = Question(QuestionKind.PLAN, "r", "Is this plan all right?", plan=Plan(STEPS))
POST = Question(QuestionKind.CONFIRMATION, "r", "May I post this to @brand_de and @brand_fr?")
TEXT = Question(QuestionKind.TEXT, "r", "Which market is it for?")
REPORT = Question(QuestionKind.REPORT, "r", "Is the report right?")


@pytest.mark.parametrize(
    ("question", "named", "fits"),
    [
        (PLAN, {"then": "approve"}, True),
        (PLAN, {"then": "approve", "kind": "plan"}, True),
        (PLAN, {"then": "ask", "kind": ["text", "report"]}, False),
        (PLAN, {"then": "approve", "mode": "marketing"}, True),
        (PLAN, {"then": "approve", "mode": ["default", "deep_search"]}, False),
        (PLAN, {"then": "approve", "most_steps": 3}, True),
        (PLAN, {"then": "approve", "most_steps": 2}, False),
        (PLAN, {"then": "approve", "least_steps": 3}, True),
        (PLAN, {"then": "approve", "least_steps": 4}, False),
        (PLAN, {"then": "ask", "words": "PAY"}, True),
        (PLAN, {"then": "ask", "words": ["buy", "talks"]}, True),
        (PLAN, {"then": "ask", "words": "buy"}, False),
        (PLAN, {"then": "approve", "tools": ["researcher", "writer", "browser"]}, True),
        (PLAN, {"then": "approve", "tools": ["researcher"]}, False),
        (PLAN, {"then": "reject", "tools": ["researcher"]}, True),
        (PLAN, {"then": "ask", "text": "this plan"}, True),
        (PLAN, {"then": "answer", "say": "Yes"}, False),
        (POST, {"then": "approve", "action": "post"}, True),
        (POST, {"then": "approve", "action": "follow"}, False),
        (POST, {"then": "stop", "target": "@brand_de"}, True),
        (POST, {"then": "approve", "target": "@brand_de"}, False),
        (POST, {"then": "approve", "target": ["@BRAND_*"]}, True),
        (POST, {"then": "approve", "most_steps": 9}, False),
        (TEXT, {"then": "answer", "say": "France", "text": ["which MARKET", "country"]}, True),
        (TEXT, {"then": "approve"}, False),
        (REPORT, {"then": "answer", "say": "Yes", "kind": "report"}, True),
        (REPORT, {"then": "ask", "action": "other"}, False),
    ],
)
def test_a_rule_fits_where_all_that_it_names_is_so(question: Question, named: dict[str, Any], fits: bool) -> None:
    assert Rule(**named).matches(question, "marketing") is fits


@pytest.mark.parametrize(
    ("named", "field", "words"),
    [
        ({"then": "permit"}, "then", "known are approve, reject, answer, ask, stop"),
        ({"then": "approve", "kind": "plans"}, "kind", "perhaps 'plan' is meant"),
        ({"then": "approve", "action": ["post", "folow"]}, "action.1", "perhaps 'follow' is meant"),
        ({"then": "approve", "most_steps": -1}, "most_steps", "at least 0"),
        ({"then": "approve", "most_steps": "8"}, "most_steps", "give a whole number"),
        ({"then": "ask", "words": ["", "a"]}, "words.0", "is empty"),
        ({"then": "answer"}, "rule", "has no `say`"),
        ({"then": "answer", "say": "Yes", "kind": "plan"}, "then", "never meet"),
        ({"then": "approve", "kind": "text"}, "then", "never meet"),
        ({"then": "approve", "most_steps": 2, "least_steps": 3}, "least_steps", "no plan has so many steps"),
        ({"then": "ask", "kind": "plan", "action": "post"}, "then", "never meet"),
        ({"then": "ask", "most_steps": 3, "target": "@a"}, "then", "never meet"),
    ],
)
def test_what_can_not_be_used_is_refused_by_name(named: dict[str, Any], field: str, words: str) -> None:
    with pytest.raises(ConfigError, match=words) as refused:
        Rule(**named)
    assert refused.value.field == field


def test_a_rule_is_written_as_a_file_would_have_it() -> None:
    rule = Rule(then="approve", kind="plan", most_steps=0, words=("a", "b"))
    assert rule.to_dict() == {"then": "approve", "kind": "plan", "most_steps": 0, "words": ["a", "b"]}
    assert Rule(**rule.to_dict()) == rule


def test_the_modes_are_the_words_that_a_file_names() -> None:
    assert MODES == ("default", "deep_search", "marketing")


def test_a_word_stands_for_a_list_of_one() -> None:
    fields: list[Any] = ["kind", "mode", "text", "words", "tools", "action", "target"]
    given = {"kind": "plan", "mode": "default", "text": "a", "words": "b", "tools": "c"}
    rule = Rule(then="ask", **given)  # type: ignore[arg-type]  # converters take words
    acts = Rule(then="ask", action="post", target="@a")
    assert [getattr(rule, field) for field in fields[:5]] == [(word,) for word in given.values()]
    assert (acts.action, acts.target) == (("post",), ("@a",))


@pytest.mark.parametrize(
    ("named", "message"),
    [
        (
            {"then": "ask", "kind": "plan", "action": "post"},
            "`then: ask` and `kind`, `action` never meet: no question is both",
        ),
        (
            {"then": "ask", "most_steps": 1, "least_steps": 2},
            "`least_steps` is above `most_steps`: no plan has so many steps",
        ),
    ],
)
def test_rules_that_nothing_meets_are_refused_in_words(named: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigError) as refused:
        Rule(**named)
    assert refused.value.message == message


def test_a_plan_without_steps_has_few_enough_and_no_plan_at_all_has_not() -> None:
    few = Rule(then="approve", most_steps=3)
    assert few.matches(Question(QuestionKind.PLAN, "r", plan=Plan([])), "default")
    assert not few.matches(Question(QuestionKind.PLAN, "r"), "default")


def test_a_step_without_title_or_description_holds_no_word() -> None:
    bare = Question(QuestionKind.PLAN, "r", plan=Plan([PlanStep(id="1")]))
    assert not Rule(then="ask", words="x").matches(bare, "default")
