"""Each kind of property: its annotation, its reader, and what a request may hold."""

from __future__ import annotations

import ast
from typing import Any

import pytest

from codegen.documents import Json
from codegen.errors import SpecError
from codegen.fields import FieldView, view

from .trees import document, model

ITEM = {"type": "object", "properties": {"a": {"type": "string"}}}

CAT = {"type": "object", "properties": {"kind": {"type": "string", "const": "cat"}}}
DOG = {"allOf": [{"type": "object", "properties": {"kind": {"type": "string", "enum": ["dog", "puppy"]}}}]}


def field(schema: Json, *, required: bool = False) -> FieldView:
    """Give the view of one property of this schema."""
    holder: Json = {"type": "object", "properties": {"it": schema}, "required": ["it"] if required else []}
    enum = {"type": "string", "enum": ["b", "a"]}
    found = model(
        document(
            Cat=CAT,
            Dog=DOG,
            Item=ITEM,
            Other=ITEM,
            Letter=enum,
            Digit={"type": "integer", "enum": [2, 1]},
            Holder=holder,
        ),
        "Holder",
    )
    prop: Any = [*(found.required_properties or []), *(found.optional_properties or [])][0]
    return view(prop, schema, "the place")


def reference(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


NULL = {"type": "null"}
TEXT = {"type": "string"}
NUMBER = {"type": "number"}
CATS_AND_DOGS = "told_by('kind', {'cat': Cat, 'dog': Dog, 'puppy': Dog})"
TIME: Json = {"type": "string", "format": "date-time"}
FREE = {"type": "object", "additionalProperties": True}


@pytest.mark.parametrize(
    ("schema", "annotation", "reader"),
    [
        ({"type": "string"}, "str", "text"),
        ({"type": "integer"}, "int", "integer"),
        ({"type": "number"}, "float", "number"),
        ({"type": "boolean"}, "bool", "flag"),
        ({"type": "string", "format": "date-time"}, "datetime", "moment"),
        ({"type": "string", "format": "date"}, "date", "day"),
        ({}, "Any", "anything"),
        (FREE, "dict[str, Any]", "freeform"),
        ({"type": "object"}, "dict[str, Any]", "freeform"),
        ({"const": "text"}, "Literal['text']", "text"),
        (reference("Letter"), "Letter | str", "text"),
        (reference("Digit"), "Digit | int", "integer"),
        (reference("Item"), "Item", "model(Item)"),
        ({"oneOf": [reference("Cat"), reference("Dog")]}, "Cat | Dog | dict[str, Any]", CATS_AND_DOGS),
        ({"oneOf": [reference("Item"), TEXT]}, "Item | str", "either(element(Item), one_of(str))"),
        ({"oneOf": [TEXT, {"type": "array", "items": TEXT}]}, "str | list[str]", "either(listing(text), one_of(str))"),
        ({"type": "string", "format": "binary"}, "str", "text"),
        ({"type": "string", "format": "uuid"}, "str", "text"),
        ({"type": "array", "items": {"type": "string"}}, "list[str]", "listing(text)"),
        ({"type": "array", "items": reference("Item")}, "list[Item]", "listing(element(Item))"),
        ({"type": "object", "additionalProperties": {"type": "integer"}}, "dict[str, int]", "mapping(integer)"),
        ({"type": "object", "additionalProperties": reference("Item")}, "dict[str, Item]", "mapping(element(Item))"),
        ({"oneOf": [{"type": "integer"}, NULL]}, "int | None", "integer"),
        ({"oneOf": [reference("Item"), NULL]}, "Item | None", "model(Item)"),
        ({"oneOf": [{"type": "boolean"}, {"type": "string"}]}, "bool | str", "one_of(bool, str)"),
        ({"oneOf": [FREE, {"type": "string"}, NULL]}, "dict[str, Any] | str | None", "one_of(dict, str)"),
        ({"oneOf": [{"type": "integer"}, TIME]}, "int | datetime", "either(one_of(int), moment)"),
        ({"oneOf": [TIME, {"type": "integer"}]}, "datetime | int", "either(one_of(int), moment)"),
        ({"oneOf": [TIME, NULL]}, "datetime | None", "moment"),
        (
            {"type": "array", "items": {"oneOf": [{"type": "number"}, NULL]}},
            "list[float | None]",
            "listing(number, nulls=True)",
        ),
        (
            {"type": "array", "items": {"type": "array", "items": {"type": "number"}}},
            "list[list[float | None]]",
            "listing(listing(number, nulls=True))",
        ),
        (
            {"type": "object", "additionalProperties": {"oneOf": [reference("Item"), NULL]}},
            "dict[str, Item | None]",
            "mapping(element(Item), nulls=True)",
        ),
    ],
)
def test_each_kind_has_its_annotation_and_its_reader(schema: Json, annotation: str, reader: str) -> None:
    found = field(schema, required=True)

    assert (annotation, reader) == (found.annotation, found.kind.reader)


def test_an_optional_field_may_be_none_and_is_by_default() -> None:
    assert field({"type": "string"}).declaration == "it: str | None = None"
    assert field({}).declaration == "it: Any = None"


def test_a_required_field_has_no_default() -> None:
    assert field({"type": "string"}, required=True).declaration == "it: str"


def test_a_const_fills_itself_in() -> None:
    assert field({"const": "text"}, required=True).declaration == "it: Literal['text'] = 'text'"


def test_a_default_of_the_schema_is_the_fields_own() -> None:
    assert field({"type": "integer", "default": 20}).declaration == "it: int = 20"


@pytest.mark.parametrize("default", ["it's", 'a "word"', "back\\slash", "", 0, False, 1.5])
def test_a_default_is_written_as_it_is_whatever_it_holds(default: object) -> None:
    kind = {str: "string", int: "integer", bool: "boolean", float: "number"}[type(default)]
    found = field({"type": kind, "default": default})

    assert [default, default] == [ast.literal_eval(str(found.default)), ast.literal_eval(found.empty)]


def test_all_but_what_must_be_given_and_the_first_are_given_by_name() -> None:
    optional, required = field({"type": "string"}), field({"type": "string"}, required=True)

    assert optional.attribute(first=False) == "it: str | None = field(default=None, kw_only=True)"
    assert optional.attribute(first=True) == "it: str | None = None"
    assert required.attribute(first=False) == "it: str"
    assert field({"type": "array", "items": {}, "default": []}).attribute(first=False) == (
        "it: list[Any] = field(factory=list, kw_only=True)"
    )


def test_what_must_be_there_but_may_be_null_is_annotated_so_and_may_be_sent_so() -> None:
    found = field({"oneOf": [{"type": "string"}, NULL]}, required=True)

    assert (found.declaration, found.rule) == ("it: str | None", "Rule('it', (str,), 'a string')")


def test_a_deprecated_field_says_so() -> None:
    assert field({"type": "string", "description": "A word.", "deprecated": True}).doc == (
        "A word. Deprecated: the service may drop it."
    )


def test_the_schema_may_say_what_python_calls_a_field() -> None:
    found = field({"type": "string", "x-python-name": "other"})

    assert (found.name, found.wire) == ("other", "it")


def test_what_is_only_written_takes_the_documented_values_alone() -> None:
    assert field(reference("Letter"), required=True).written.annotation == "Letter"
    assert field({"type": "string"}, required=True).written.annotation == "str"


@pytest.mark.parametrize(
    ("schema", "rule"),
    [
        (
            {"type": "string", "minLength": 1, "maxLength": 9},
            "Rule('it', (str,), 'a string', min_length=1, max_length=9)",
        ),
        ({"type": "integer", "minimum": 1, "maximum": 9}, "Rule('it', (int,), 'a whole number', minimum=1, maximum=9)"),
        ({"type": "string", "pattern": "\\S"}, "Rule('it', (str,), 'a string', pattern='\\\\S')"),
        (reference("Letter"), "Rule('it', (str,), 'a string', values=('a', 'b'))"),
        (reference("Item"), "Rule('it', (Item, dict), 'an Item')"),
        (
            {"type": "array", "minItems": 1, "items": {"type": "string"}},
            "Rule('it', (list, tuple), 'a list', min_length=1, item=Rule('', (str,), 'a string', required=True))",
        ),
        ({}, "Rule('it', (), 'a value')"),
        ({"oneOf": [{"type": "number"}, FREE]}, "Rule('it', (int, float, dict,), 'a number or a dict')"),
        (
            {"type": "array", "items": {**TEXT, "maxLength": 3}, "maxItems": 2},
            "Rule('it', (list, tuple), 'a list', max_length=2, "
            "item=Rule('', (str,), 'a string', required=True, max_length=3))",
        ),
        (
            {"type": "array", "items": reference("Letter")},
            "Rule('it', (list, tuple), 'a list', item=Rule('', (str,), 'a string', required=True, values=('a', 'b')))",
        ),
        ({"oneOf": [reference("Cat"), reference("Dog")]}, "Rule('it', (Cat, dict, Dog,), 'a Cat or a Dog')"),
        ({"oneOf": [{"type": "integer"}, TIME]}, "Rule('it', (int, datetime,), 'a whole number or a datetime')"),
    ],
)
def test_the_limits_of_the_schema_become_a_rule(schema: Json, rule: str) -> None:
    assert rule == field(schema).rule


def test_a_required_field_must_be_given() -> None:
    assert field({"type": "string"}, required=True).rule == "Rule('it', (str,), 'a string', required=True)"


def test_an_enumerations_values_are_found_also_beside_null() -> None:
    assert field({"oneOf": [reference("Letter"), NULL]}).values == "LETTER_VALUES"


@pytest.mark.parametrize(
    ("schema", "fault"),
    [
        ({"oneOf": [reference("Item"), reference("Other")]}, "is a union of Item, Other, which no field tells apart"),
        ({"oneOf": [reference("Cat"), reference("Item")]}, "is a union of Cat, Item, which no field tells apart"),
        ({"type": "array", "items": {"oneOf": [reference("Item"), reference("Other")]}}, "which no field tells apart"),
        ({"oneOf": [reference("Item"), FREE]}, "or of an object and a map"),
        ({"oneOf": [{"type": "array", "items": TEXT}, {"type": "array", "items": NUMBER}]}, "of several lists"),
        ({"oneOf": [TIME, {"type": "string"}]}, "that JSON can't tell apart"),
        ({"oneOf": [TIME, {"type": "string", "format": "date"}]}, "that JSON can't tell apart"),
    ],
)
def test_what_can_not_be_read_rightly_is_refused_with_its_place(schema: Json, fault: str) -> None:
    with pytest.raises(SpecError) as caught:
        field(schema)

    assert caught.value.place == "the place"
    assert fault in caught.value.fault
