"""Every message of the service becomes its class, and whatever else comes becomes an UnknownEvent that keeps it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codegen.documents import last_part, resolve
from codegen.merge import payload, received
from tests.schema.schemas import DOCUMENTS
from wyseos.generated import models
from wyseos.generated.events import EVENTS, NESTED_EVENTS, decode_event, event_from_dict
from wyseos.generated.models import InputEvent, PlanEvent, SkillEvent, TextEvent, UnknownEvent
from wyseos.runtime import codec
from wyseos.runtime.errors import DecodeError

from .documents import JUNK, document_of

NAMES = received(DOCUMENTS.asyncapi)


def examples() -> list[tuple[str, dict[str, Any]]]:
    """Pair each example of a message of the service with the class it should become."""
    found = []
    for operation in DOCUMENTS.asyncapi["operations"].values():
        for reference in operation["messages"] if operation["action"] == "receive" else []:
            name = last_part(payload(DOCUMENTS.asyncapi, reference)["$ref"])
            message = resolve(DOCUMENTS.asyncapi, resolve(DOCUMENTS.asyncapi, reference))
            found += [(name, example["payload"]) for example in message["examples"]]
    return found


EXAMPLES = examples()


@pytest.mark.parametrize(("name", "message"), EXAMPLES)
def test_each_documented_message_becomes_its_class_and_is_written_back(name: str, message: dict[str, Any]) -> None:
    for frame in (json.dumps(message), json.dumps(message).encode()):
        event = decode_event(frame)

        assert (name, message) == (type(event).__name__, event.to_dict())
        assert event.additional_properties == {}


@pytest.mark.parametrize(("name", "message"), [(n, m) for n, m in EXAMPLES if isinstance(m.get("message"), dict)])
def test_a_message_within_may_come_as_a_string_of_its_json(name: str, message: dict[str, Any]) -> None:
    quoted = {**message, "message": json.dumps(message["message"])}
    event = decode_event(json.dumps(quoted))

    assert (name, quoted) == (type(event).__name__, event.to_dict())
    assert decode_event(json.dumps(message)) == event


def test_every_documented_message_is_in_the_tables_and_has_an_example() -> None:
    in_tables = {*EVENTS.values(), *(name for rows in NESTED_EVENTS.values() for name in rows.values())}

    assert in_tables == set(NAMES) == {name for name, _ in EXAMPLES}


UNKNOWN: list[dict[str, Any]] = [
    {},
    {"type": None},
    {"type": 5},
    {"type": ["text"]},
    {"type": "hologram", "content": "x"},
    {"type": "rich"},
    {"type": "rich", "message": None},
    {"type": "rich", "message": "plain words"},
    {"type": "rich", "message": "{broken"},
    {"type": "rich", "message": {"type": "hologram", "data": [1]}},
    {"type": "rich", "message": {"type": ["file"]}},
    {"type": "plan", "message": {"type": "delete_plan"}},
]


@pytest.mark.parametrize("message", UNKNOWN)
def test_what_the_schema_does_not_name_is_an_unknown_event_that_keeps_all_of_it(message: dict[str, Any]) -> None:
    event = decode_event(json.dumps(message))

    assert (UnknownEvent, message) == (type(event), event.to_dict())


@pytest.mark.parametrize(
    ("frame", "fault"),
    [
        ("", "not readable as JSON"),
        ("hello", "not readable as JSON"),
        ('{"type": "text"', "not readable as JSON"),
        ('{"type": NaN}', "not readable as JSON"),
        (b"\xff\xfe", "not readable as JSON"),
        ("[" * 200_000, "not readable as JSON"),
        ('{"type": "plan", "message": ' + '{"data": ' * 500 + "1" + "}" * 501, "nested over 128 levels"),
        ("[]", "a message should be a JSON object, but is a list"),
        ("null", "a message should be a JSON object, but is null"),
        ('"text"', "a message should be a JSON object, but is a string"),
        ("5", "a message should be a JSON object, but is a number"),
        ("true", "a message should be a JSON object, but is a boolean"),
    ],
)
def test_what_is_no_json_object_is_a_decode_error(frame: str | bytes, fault: str) -> None:
    with pytest.raises(DecodeError, match=fault):
        decode_event(frame)


@given(st.dictionaries(st.text(max_size=5) | st.sampled_from(["type", "message", "content", "created_at"]), JUNK))
def test_no_object_is_too_strange_to_be_an_event(source: dict[str, Any]) -> None:
    assert source == event_from_dict(source).to_dict()


@pytest.mark.parametrize("name", sorted({*NAMES, "UnknownEvent"}))
@settings(max_examples=4, deadline=None)
@given(data=st.data())
def test_no_field_is_too_strange_for_its_event(name: str, data: st.DataObject) -> None:
    kinds = [kind for kind, found in EVENTS.items() if found == name] or list(NESTED_EVENTS)
    source = {**data.draw(document_of(getattr(models, name))), "type": data.draw(st.sampled_from(kinds))}

    assert source == decode_event(codec.dumps(source)).to_dict()


def test_many_invented_types_are_not_remembered() -> None:
    from wyseos.generated import events

    before = len(events._readers)
    for number in range(100):
        decode_event(json.dumps({"type": f"t{number}", "message": {"type": f"m{number}"}}))

    assert len(events._readers) <= before


def test_an_event_is_told_again_after_its_class_was_loaded() -> None:
    first, second = (decode_event('{"type": "rich", "message": {"type": "skill"}}') for _ in range(2))

    assert (SkillEvent, SkillEvent) == (type(first), type(second))


def test_an_event_holds_its_parts_as_models() -> None:
    plan = PlanEvent.from_dict({"message": {"type": "create_plan", "data": [{"id": 1, "steps": [{"id": 2}]}]}})
    question = decode_event('{"type": "input", "message": {"type": "hologram", "data": {"request_id": "r1"}}}')

    assert isinstance(question, InputEvent)
    assert question.message.data is not None
    assert question.message.data.request_id == "r1"
    assert ((plan.message.data or [])[0].steps or [])[0].id == "2"


def test_strings_of_json_within_strings_of_json_can_not_overflow_the_stack() -> None:
    step: dict[str, Any] = {"id": "innermost"}
    for layer in range(6):
        for _ in range(codec.MAX_DEPTH // 2 - 4):
            step = {"steps": [step]}
        step = {"id": str(layer), "steps": [json.dumps(step)]}
    message = {"type": "plan", "message": {"type": "create_plan", "data": [step]}}

    assert message == decode_event(json.dumps(message)).to_dict()


def test_a_row_of_the_history_is_read_as_an_event() -> None:
    event = event_from_dict({"type": "text", "content": "hello", "message": None})

    assert isinstance(event, TextEvent)
    assert event.content == "hello"
