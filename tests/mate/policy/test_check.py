"""The check of a policy and the JSON Schema that is shipped say the same."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wyseos.mate.policy.check import first_fault, schema
from wyseos.mate.policy.public_acts import ACTIONS
from wyseos.mate.policy.rule import MODES, Rule
from wyseos.mate.tasks.protocol.questions import QuestionKind

WORDS = st.sampled_from(["approve", "answer", "ask", "plan", "text", "post", "marketing", "", "x"])
VALUES = st.one_of(WORDS, st.lists(WORDS, max_size=2), st.integers(-1, 3), st.booleans(), st.none(), st.just({}))
RULES = st.dictionaries(st.sampled_from([*schema()["$defs"]["rule"]["properties"], "odd"]), VALUES, max_size=5)
POLICIES = st.one_of(
    st.fixed_dictionaries({"rules": st.lists(RULES, max_size=2)}, optional={"version": VALUES, "default": VALUES}),
    st.dictionaries(st.sampled_from(["rules", "default", "odd"]), VALUES),
    VALUES,
)


@given(POLICIES)
def test_the_check_refuses_what_the_schema_refuses_and_nothing_else(policy: Any) -> None:
    judge = jsonschema.Draft202012Validator(schema())
    assert (first_fault(policy) is None) is judge.is_valid(policy)


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize(("name", "known"), [("kind", tuple(QuestionKind)), ("mode", MODES), ("action", ACTIONS)])
def test_the_schemas_words_are_those_of_the_code(name: str, known: tuple[str, ...]) -> None:
    assert schema()["$defs"][name]["enum"] == list(known)


def test_a_rule_takes_what_the_schema_names() -> None:
    import attrs

    assert set(schema()["$defs"]["rule"]["properties"]) == {field.name for field in attrs.fields(Rule)}


@pytest.mark.parametrize(
    ("rule", "path", "reason"),
    [
        ({"then": "ask", "say": ""}, ("say",), "is empty; give something, or leave it out"),
        ({"then": "ask", "kind": []}, ("kind",), "is empty; give something, or leave it out"),
        ({"then": "ask", "say": True}, ("say",), "is True; give text; quote what YAML reads otherwise"),
        ({"then": None}, ("then",), "is empty; known are approve, reject, answer, ask, stop"),
        ({"then": "refuse"}, ("then",), "is 'refuse'; perhaps 'reject' is meant"),
        ({}, (), "has no `then`; say `then: approve|reject|answer|ask|stop`"),
        ({"then": "answer"}, (), "has no `say`; say `say: …`"),
        ({"then": "ask", 5: "x"}, ("5",), "is not known here; known are name, then, say, kind, mode, text, "),
        ([], (), "is a list; give names and values"),
    ],
)
def test_what_is_wrong_with_a_rule_is_told_with_what_to_give_instead(rule: Any, path: Any, reason: str) -> None:
    fault = first_fault(rule, "rule")
    assert fault is not None
    assert fault.path == path
    assert fault.reason.startswith(reason)
