"""A policy decides by its first rule that fits, never approves what it does not name, and tells where it is wrong."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import pytest

from wyseos.mate.errors import ConfigError
from wyseos.mate.plan import Plan, PlanStep
from wyseos.mate.policy import Policy, Rule
from wyseos.mate.tasks.protocol.questions import Question, QuestionKind

PLAN = Question(QuestionKind.PLAN, "r1", "All right?", plan=Plan([PlanStep(id="1", title="Look")]))
POST = Question(QuestionKind.CONFIRMATION, "r2", "May I post this?")
TEXT = Question(QuestionKind.TEXT, "r3", "Which market?")

WRITTEN = """\
version: 1
default: ask
rules:
  - name: small plans
    kind: plan
    most_steps: 8
    then: approve
  - kind: text
    text: which market
    then: answer
    say: Germany
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "policy.yaml"


def test_the_first_rule_that_fits_decides() -> None:
    policy = Policy([Rule(then="ask", kind="text"), Rule(then="answer", say="Germany", name="market")])
    decided = policy.decide(TEXT)
    assert (decided.decision, decided.rule, decided.say) == ("ask", "rule 1", "")


def test_where_none_fits_a_person_is_asked_unless_the_policy_says_stop() -> None:
    assert (Policy().decide(TEXT).decision, Policy().decide(TEXT).rule) == ("ask", "default")
    assert Policy([], "stop").decide(TEXT).decision == "stop"


@pytest.mark.parametrize(
    ("rule", "decision"),
    [
        (Rule(then="approve"), "ask"),
        (Rule(then="approve", kind="confirmation"), "ask"),
        (Rule(then="approve", text="post"), "ask"),
        (Rule(then="approve", action="post"), "approve"),
        (Rule(then="approve", action=["post", "follow"]), "approve"),
    ],
)
def test_what_can_not_be_undone_is_approved_only_by_a_rule_that_names_it(rule: Rule, decision: str) -> None:
    decided = Policy([rule]).decide(POST)
    assert decided.decision == decision
    assert ("does not name post" in decided.why) is (decision == "ask")


def test_a_rule_that_names_one_of_two_acts_approves_none() -> None:
    both = Question(QuestionKind.CONFIRMATION, "r", "May I post it and follow @ada?")
    assert Policy([Rule(then="approve", action="post")]).decide(both).decision == "ask"


def test_a_policy_is_read_from_a_file_and_the_same_in_python(file: Path) -> None:
    file.write_text(WRITTEN, "utf-8")
    in_python = Policy(
        [
            Rule(name="small plans", kind="plan", most_steps=8, then="approve"),
            Rule(kind="text", text="which market", then="answer", say="Germany"),
        ]
    )
    assert Policy.load(file) == in_python
    assert Policy.from_dict(in_python.to_dict()) == in_python
    file.write_text(json.dumps(in_python.to_dict(), indent=1), "utf-8")
    assert Policy.load(file) == in_python
    assert pickle.loads(pickle.dumps(in_python)) == in_python


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("most_steps: 8", "most_stpes: 8", "line 6, rule 1: `most_stpes` is not known here; perhaps 'most_steps'"),
        ("then: answer", "then: reply", "line 10, rule 2: `then` is 'reply'; known are approve, reject, answer"),
        ("    say: Germany\n", "", "line 8, rule 2: it has no `say`"),
        ("say: Germany", "say: yes", "line 11, rule 2: `say` is True; give text; quote what YAML reads otherwise"),
        ("kind: text", "kind: plan", "line 8, rule 2: `then: answer` and `kind` never meet"),
        ("default: ask", "default: approve", "line 2: `default` is 'approve'; known are ask, stop"),
        ("version: 1", "version: 2", "line 1: `version` is 2; this version of the SDK reads 1 alone"),
        ("rules:", "rules: {}\nrule:", "line 3: `rules` is a dict; give a list"),
        ("default: ask", "default: [", "is not valid YAML"),
        ("default: ask", "default: *all", "has an alias"),
    ],
)
def test_a_file_that_can_not_be_used_is_refused_with_line_and_reason(file: Path, old: str, new: str, told: str) -> None:
    assert old in WRITTEN
    file.write_text(WRITTEN.replace(old, new), "utf-8")
    with pytest.raises(ConfigError) as refused:
        Policy.load(file)
    assert told in refused.value.message


def test_a_file_that_is_not_there_is_named(file: Path) -> None:
    with pytest.raises(ConfigError, match=r"policy\.yaml does not exist"):
        Policy.load(file)


def test_rules_that_are_none_are_refused() -> None:
    with pytest.raises(ConfigError, match=r"rules\[0\] is a dict; give Rule\(then=…\)"):
        Policy([{"then": "ask"}])  # type: ignore[list-item]  # what a person may well try


def refusal(given: dict[str, object]) -> tuple[str, str | None]:
    with pytest.raises(ConfigError) as refused:
        Policy.from_dict(given)
    return refused.value.message, refused.value.field


def test_what_is_given_in_python_is_refused_with_its_rule_and_field() -> None:
    assert refusal({}) == ("The policy: it has no `rules`; say `rules: …`.", "rules")
    assert refusal({"rules": [3]}) == ("The policy, rule 1: it is 3; give names and values.", "rules")
    assert refusal({"rules": [{"then": "ask"}, {"then": "approve", "kind": "text"}]}) == (
        "The policy, rule 2: `then: approve` and `kind` never meet: no question is both.",
        "then",
    )
    assert refusal({"rules": [], "default": "approve"}) == (
        "The policy: `default` is 'approve'; known are ask, stop.",
        "default",
    )


def test_a_default_that_is_none_is_refused_also_in_python() -> None:
    with pytest.raises(ConfigError) as refused:
        Policy([], "approve")  # type: ignore[arg-type]  # what a person may well try
    assert refused.value.message == "The policy: `default` is 'approve'; known are ask, stop."


def test_what_is_no_rule_is_told_by_its_field() -> None:
    with pytest.raises(ConfigError) as refused:
        Policy(["ask"])  # type: ignore[list-item]  # what a person may well try
    assert (refused.value.message, refused.value.field) == ("rules[0] is a str; give Rule(then=…)", "rules")


def test_a_name_that_is_no_text_is_told_as_it_is_in_the_line_of_its_rule(file: Path) -> None:
    file.write_text("rules:\n  - then: ask\n    yes: please\n", "utf-8")
    with pytest.raises(ConfigError) as refused:
        Policy.load(file)
    assert "line 2, rule 1: `True` is not known here; " in refused.value.message


def test_the_default_is_read_and_is_to_ask_where_it_is_left_out() -> None:
    assert Policy.from_dict({"rules": [], "default": "stop"}).default == "stop"
    assert Policy.from_dict({"rules": []}).default == "ask"


def test_rules_may_come_from_anywhere() -> None:
    rules = (Rule(then="ask"), Rule(then="stop"))
    assert Policy(iter(rules)).rules == rules


@pytest.mark.parametrize("mode", [{}, {"mode": ""}, {"mode": "default"}])
def test_a_task_without_a_mode_is_of_the_default_one(mode: dict[str, str]) -> None:
    assert Policy([Rule(then="approve", mode="default")]).decide(PLAN, **mode).decision == "approve"


def test_a_decision_tells_the_question_and_why_nothing_was_approved() -> None:
    decided = Policy().decide(TEXT)
    assert (decided.kind, decided.request_id, decided.question) == ("text", "r3", "Which market?")
    assert (decided.say, decided.why) == ("", "no rule fits")
    both = Question(QuestionKind.CONFIRMATION, "r", "May I post it and follow @ada?")
    assert Policy([Rule(then="approve", action="like")]).decide(both).why == "no rule fits"
    unnamed = Policy([Rule(then="approve")]).decide(both)
    assert (unnamed.say, unnamed.why) == ("", "it cannot be undone, and the rule does not name follow, post")


def test_a_rule_that_decides_says_what_it_says_and_no_more() -> None:
    decided = Policy([Rule(then="answer", say="Germany")]).decide(TEXT)
    assert (decided.say, decided.why) == ("Germany", "")
