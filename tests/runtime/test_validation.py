"""What is refused before anything is sent, and in which words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wyseos.runtime.errors import ValidationError
from wyseos.runtime.validation import (
    Rule,
    check,
    check_all,
    check_each,
    headers,
    joined,
    parts,
    query,
    repeated,
    segment,
)

TEXT = Rule("name", (str,), "a string")
COUNT = Rule("page_size", (int,), "a whole number", minimum=1, maximum=100)
LIST = Rule("keywords", (list, tuple), "a list", item=Rule("", (str,), "a string", required=True))


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        (None, TEXT),
        ("", TEXT),
        ("x", Rule("name", (str,), "a string", required=True, min_length=1, max_length=1)),
        (1, COUNT),
        (100, COUNT),
        (True, Rule("flag", (bool,), "True or False")),
        (1, Rule("ratio", (int, float), "a number")),
        (["a"], LIST),
        (("a", "b"), LIST),
        ([], LIST),
        ("ASC", Rule("order", (str,), "a string", values=("ASC", "DESC"))),
        (2, Rule("level", (int,), "a whole number", values=(1, 2))),
        (" x ", Rule("task", (str,), "a string", pattern=r"\S")),
        (object(), Rule("any", (), "a value")),
    ],
)
def test_what_fits_its_rule_passes(value: Any, rule: Rule) -> None:
    check(value, rule)


@pytest.mark.parametrize(
    ("value", "rule", "message"),
    [
        (None, TEXT._replace(required=True), "name is missing; give a string"),
        (5, TEXT, "name is a whole number; give a string"),
        (1.5, TEXT, "name is a number; give a string"),
        (["a"], TEXT, "name is a list; give a string"),
        (b"x", TEXT, "name is of type bytes; give a string"),
        ("5", COUNT, "page_size is a string; give a whole number from 1 to 100"),
        (True, COUNT, "page_size is a boolean; give a whole number from 1 to 100"),
        (0, COUNT, "page_size is 0; give a whole number from 1 to 100"),
        (101, COUNT, "page_size is 101; give a whole number from 1 to 100"),
        (0, COUNT._replace(maximum=None), "page_size is 0; give a whole number of at least 1"),
        (101, COUNT._replace(minimum=None), "page_size is 101; give a whole number of at most 100"),
        ("", TEXT._replace(min_length=1), "name is empty; give a string of at least 1 character"),
        ("ab", TEXT._replace(min_length=3), "name has a length of 2; give a string of at least 3 characters"),
        ("abc", TEXT._replace(max_length=2), "name has a length of 3; give a string of at most 2 characters"),
        ([], LIST._replace(min_length=1), "keywords is empty; give a list of at least 1 element"),
        ("a", LIST, "keywords is a string; give a list"),
        (["a", 5], LIST, "keywords[1] is a whole number; give a string"),
        ([None], LIST, "keywords[0] is missing; give a string"),
        ("", TEXT._replace(pattern=r"\S"), "name is empty; give a string with at least one visible character"),
        (" \n", TEXT._replace(pattern=r"\S"), "name is blank; give a string with at least one visible character"),
        ("b", TEXT._replace(pattern="^a"), "name is 'b'; give a string that matches ^a"),
        ("up", TEXT._replace(values=("ASC", "DESC")), "name is 'up'; give a string: 'ASC', 'DESC'"),
        (
            "x" * 99,
            TEXT._replace(values=("a",)),
            "name is '" + "x" * 56 + "…; give a string: 'a'",
        ),
    ],
)
def test_what_does_not_fit_is_refused_with_field_fault_and_remedy(value: Any, rule: Rule, message: str) -> None:
    with pytest.raises(ValidationError) as caught:
        check(value, rule)

    assert message == str(caught.value)
    assert message.split(" ", 1)[0] == caught.value.field


def test_all_limits_of_a_text_are_told() -> None:
    with pytest.raises(ValidationError) as caught:
        check("", TEXT._replace(min_length=1, max_length=9))

    assert str(caught.value) == "name is empty; give a string of at least 1 character and of at most 9 characters"


def test_each_attribute_and_each_argument_is_checked() -> None:
    with pytest.raises(ValidationError, match=r"^real is a whole number"):
        check_all(5, [Rule("real", (str,), "a string")])
    with pytest.raises(ValidationError, match=r"^page_size is 0"):
        check_each((TEXT, COUNT), "x", 0)


CHARACTERS = st.characters(exclude_categories=["Cs", "Cc"])
IDS = st.text(alphabet=CHARACTERS, min_size=1).filter(lambda text: text not in (".", ".."))


@given(IDS)
def test_an_id_stays_one_segment_of_its_path_and_arrives_as_it_was(value: str) -> None:
    quoted = segment("id", value)

    assert unquote(quoted) == value
    assert set("/?#\\ ") & set(quoted) == set()


def test_a_number_is_an_id_too() -> None:
    assert segment("id", 4711) == "4711"


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("", "is empty"),
        (".", "is no id"),
        ("..", "is no id"),
        ("a\nb", "is no id"),
        ("a\x00", "is no id"),
        ("a\x85", "is no id"),
        ("a\ud800", "holds a lone surrogate"),
        (None, "is of type NoneType"),
        (True, "is a boolean"),
        (1.5, "is a number"),
        (["a"], "is a list"),
    ],
)
def test_what_would_leave_the_path_is_refused(value: Any, fault: str) -> None:
    with pytest.raises(ValidationError) as caught:
        segment("session_id", value)

    assert str(caught.value).startswith(f"session_id {fault}")
    assert str(caught.value).endswith("; give an id as the service sent it")
    assert caught.value.field == "session_id"


def test_a_query_leaves_out_what_is_none_and_writes_the_rest_as_text() -> None:
    noon = datetime(2025, 6, 1, 12, tzinfo=UTC)

    assert query({"text": "a b", "count": 5, "none": None}) == {"text": "a b", "count": "5"}
    assert query({"yes": True, "no": False}) == {"yes": "true", "no": "false"}
    assert query({"at": noon, "day": noon.date()}) == {"at": "2025-06-01T12:00:00+00:00", "day": "2025-06-01"}


def test_a_moment_without_a_zone_is_local_time() -> None:
    naive = datetime(2025, 6, 1, 12)

    assert datetime.fromisoformat(query({"at": naive})["at"]) == naive.astimezone()


def test_a_lone_surrogate_is_refused_in_a_query() -> None:
    with pytest.raises(ValidationError) as caught:
        query({"content": "a\ud800"})

    assert (
        caught.value.field,
        str(caught.value),
    ) == ("content", "content holds a lone surrogate; give text that can be sent")


def test_a_list_is_told_element_by_element_or_joined() -> None:
    assert repeated({"id": [1, True], "none": None, "empty": []}) == {"id": ["1", "true"]}
    assert (joined("id", ",", [1, 2]), joined("id", "|", ()), joined("id", " ", None)) == ("1,2", None, None)


@pytest.mark.parametrize(
    "write",
    [
        lambda: joined("id", ",", ["a", "b,c"]),
        lambda: joined("id", ",", ["\ud800"]),
        lambda: repeated({"id": ["\ud800"]}),
        lambda: headers({"id": "a\r\nx-b: c"}),
        lambda: headers({"id": " a"}),
        lambda: headers({"id": "é"}),
        lambda: headers({}, {"id": "a;b"}),
        lambda: headers({}, {"id": "a b"}),
    ],
)
def test_what_would_be_read_as_something_else_is_refused(write: Callable[[], object]) -> None:
    with pytest.raises(ValidationError) as caught:
        write()

    assert caught.value.field == "id"


def test_headers_and_cookies_are_texts() -> None:
    assert headers({"X-A": 5, "X-B": None}) == {"X-A": "5"}
    assert headers({"X-A": ""}, {"a": "b", "c": True, "d": None}) == {"X-A": "", "Cookie": "a=b; c=true"}


def test_the_files_of_a_form_are_one_or_several() -> None:
    assert parts({"a": 1, "b": [2, 3], "c": None, "d": ()}) == [("a", 1), ("b", 2), ("b", 3)]
