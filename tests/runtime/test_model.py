"""Every model reads like the object it came from, and answers to the names by which pydantic's objects are dumped."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from wyseos.generated.models import CreateSessionRequest, ProductInfo, SessionInfo, TweetInMessage
from wyseos.runtime.errors import DecodeError, ValidationError
from wyseos.runtime.model import made_of

ROW: dict[str, Any] = {
    "session_id": "s1",
    "created_at": "2025-06-01T12:00:00.5Z",
    "task": [{"content": "Draft it"}],
    "starred": True,
}


def test_a_model_reads_like_the_object_it_came_from() -> None:
    info = SessionInfo.from_dict(ROW)

    assert info["session_id"] == "s1"
    assert info["created_at"] == "2025-06-01T12:00:00.5Z"
    assert info["task"][0]["content"] == "Draft it"
    assert info["starred"] is True
    assert "title" not in info
    assert (info.get("title"), info.get("title", "none")) == (None, "none")
    assert (set(info), len(info), dict(info)) == (set(ROW), 4, ROW)
    assert {**info} == ROW
    with pytest.raises(KeyError):
        info["title"]


def test_what_was_set_anew_is_read_anew() -> None:
    tweet = TweetInMessage.from_dict({"tweet_id": "1"})
    tweet.tweet = "Hello"

    assert tweet["tweet"] == "Hello"
    assert json.loads(json.dumps([tweet], default=dict)) == [{"tweet_id": "1", "tweet": "Hello"}]


def test_an_empty_object_is_there() -> None:
    assert SessionInfo.from_dict({})


def test_a_dump_has_every_field() -> None:
    dumped = SessionInfo.from_dict(ROW).model_dump()

    assert (dumped["name"], dumped["attachments"], dumped["starred"]) == (None, [], True)
    assert dumped["created_at"] == "2025-06-01T12:00:00.5Z"


def test_a_dump_leaves_out_what_is_not_wanted() -> None:
    info = SessionInfo.from_dict(ROW)

    assert info.model_dump(exclude_unset=True) == ROW
    assert "name" not in info.model_dump(exclude_none=True)
    assert info.model_dump(include={"session_id"}) == {"session_id": "s1"}
    assert set(info.model_dump(exclude={"task"}, exclude_unset=True)) == set(ROW) - {"task"}
    assert info.dict(include=["starred"]) == {"starred": True}


def test_a_dump_is_text_where_text_is_asked_for() -> None:
    tweet = TweetInMessage.from_dict({"content": "好"})

    assert tweet.model_dump_json(exclude_unset=True) == '{"content":"好"}'
    assert json.loads(tweet.model_dump_json(indent=2)) == tweet.model_dump()
    assert json.loads(tweet.json()) == tweet.model_dump()


def test_a_model_is_made_of_what_was_dumped() -> None:
    info = SessionInfo.from_dict(ROW)

    assert SessionInfo.model_validate(info.model_dump()).to_dict()["task"] == ROW["task"]
    assert SessionInfo.model_validate_json(info.model_dump_json()).created_at == info.created_at
    assert SessionInfo.model_validate(info) is info


@pytest.mark.parametrize("junk", [None, "text", [1], 5])
def test_what_is_no_object_makes_no_model(junk: Any) -> None:
    with pytest.raises(ValidationError, match="SessionInfo"):
        SessionInfo.model_validate(junk)
    with pytest.raises(DecodeError):
        SessionInfo.model_validate_json("{")


def test_a_copy_is_a_model_of_its_own() -> None:
    info = SessionInfo.from_dict(ROW)
    changed = info.model_copy(update={"name": "other", "colour": "red"})

    assert (changed.name, changed["colour"], changed.session_id) == ("other", "red", "s1")
    assert (info.name, info.get("colour")) == (None, None)
    assert changed.task is info.task
    assert info.model_copy(deep=True).task is not info.task
    assert info.model_copy(deep=True) == info


def test_a_constructor_takes_a_row_as_it_came() -> None:
    info = SessionInfo(**ROW)

    assert info.task[0].content == "Draft it"
    assert info.created_at == datetime(2025, 6, 1, 12, 0, 0, 500000, UTC)
    assert info["starred"] is True
    assert info == SessionInfo.from_dict(ROW)


def test_an_unknown_field_of_a_request_is_sent() -> None:
    given: dict[str, Any] = {"task": "Draft it", "priority": 3}

    assert CreateSessionRequest(**given).to_dict() == given


def test_a_value_that_cannot_be_read_is_kept_as_it_was_given() -> None:
    given: dict[str, Any] = {"session_id": "s1", "created_at": "yesterday", "task": [5], "name": None}

    info = SessionInfo(**given)

    assert (info["created_at"], info["task"], info.name) == ("yesterday", [5], None)


def test_a_request_is_made_of_a_dict_of_its_fields() -> None:
    made = made_of(CreateSessionRequest, {"task": "Find trends", "new": 1})
    assert made.to_dict() == {"task": "Find trends", "new": 1}
    assert made_of(CreateSessionRequest, made) is made


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "task is missing; give a CreateSessionRequest, or a dict of its fields"),
        ({"task": 5}, "task is a whole number"),
        ("Find trends", "body is of type str; give a CreateSessionRequest, or a dict of its fields"),
        (None, "body is of type NoneType"),
        (ProductInfo("1"), "body is of type ProductInfo"),
    ],
)
def test_a_request_that_can_not_be_made_is_refused(given: Any, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        made_of(CreateSessionRequest, given)
