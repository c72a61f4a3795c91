"""The decoder's tables, and messages that could not be told apart."""

from __future__ import annotations

from typing import Any

import pytest

from codegen.documents import ASYNCAPI, Json
from codegen.errors import SpecError
from codegen.events import event_rows
from codegen.parser import parse

from .trees import document


def event(kind: Any, message: str | None = None) -> Json:
    schema: Json = {"type": "object", "required": ["type"], "properties": {"type": kind}}
    if message is not None:
        schema["properties"]["message"] = {"$ref": f"#/components/schemas/{message}"}
    return schema


def body(kind: Json) -> Json:
    return {"type": "object", "properties": {"type": kind, "data": {"type": "string"}}}


def rows(**schemas: Json) -> Json:
    return event_rows(parse(document(**schemas)), [name for name in schemas if name.endswith("Event")])


def test_a_type_of_its_own_tells_a_message() -> None:
    found = rows(TextEvent=event({"const": "text"}), PongEvent=event({"const": "pong"}))

    assert found == {"single": {"text": "TextEvent", "pong": "PongEvent"}, "nested": {}}


def test_a_shared_type_is_divided_by_the_type_of_the_message_within() -> None:
    found = rows(
        AEvent=event({"const": "rich"}, "A"), A=body({"const": "a"}),
        BEvent=event({"const": "rich"}, "B"), B=body({"enum": ["b", "c"]}),
    )  # fmt: skip

    assert found == {"single": {}, "nested": {"rich": {"a": "AEvent", "b": "BEvent", "c": "BEvent"}}}


def test_one_class_alone_takes_a_type_whatever_is_within() -> None:
    found = rows(InputEvent=event({"const": "input"}, "A"), A=body({"enum": ["x_confirm", ""]}))

    assert found == {"single": {"input": "InputEvent"}, "nested": {}}


def test_a_type_may_be_one_of_several() -> None:
    assert rows(AEvent=event({"enum": ["b", "a"]}))["single"] == {"a": "AEvent", "b": "AEvent"}


def fault(**schemas: Json) -> tuple[str, str]:
    with pytest.raises(SpecError) as caught:
        rows(**schemas)
    return caught.value.place, caught.value.fault


def test_two_messages_of_the_same_type_are_refused() -> None:
    found = fault(AEvent=event({"const": "a"}), BEvent=event({"const": "a"}))

    assert (f"{ASYNCAPI}#/components/schemas/BEvent", "has the type and message.type of AEvent") == found


def test_a_message_without_a_type_within_is_refused_beside_those_that_have_one() -> None:
    found = fault(
        AEvent=event({"const": "rich"}, "A"), A=body({"const": "a"}),
        BEvent=event({"const": "rich"}, "Free"), Free={"type": "object", "additionalProperties": True},
    )  # fmt: skip

    assert (
        f"{ASYNCAPI}#/components/schemas/BEvent",
        "needs a const message.type, as the other messages of type rich have",
    ) == found


@pytest.mark.parametrize("schema", [event({"type": "string"}), {"type": "object", "properties": {"a": {"const": "b"}}}])
def test_a_message_whose_type_is_open_is_refused(schema: Json) -> None:
    assert (
        f"{ASYNCAPI}#/components/schemas/AEvent",
        "has no const `type`, so no message would ever be read as it",
    ) == fault(AEvent=schema)
