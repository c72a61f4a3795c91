"""What the guard refuses of schemas; each case breaks a copy of the real documents."""

from __future__ import annotations

from typing import Any

import pytest

from codegen.documents import ASYNCAPI, OPENAPI, Documents, Json
from codegen.guard_schemas import schema_faults

from .trees import REAL, mutated

SKILL = "/components/schemas/Skill"


def faults(**properties: Json) -> dict[str, str]:
    """Add properties to a schema and give the place and text of each fault."""

    def add(both: Documents) -> None:
        both.openapi["components"]["schemas"]["Skill"]["properties"].update(properties)

    return {fault.place: fault.fault for fault in schema_faults(mutated(add))}


def test_the_real_documents_have_no_fault() -> None:
    assert list(schema_faults(REAL)) == []


NOTED: list[tuple[Json, str]] = [
    ({"type": ["string", "null"], "enum": ["a"]}, "has a list of types"),
    ({"type": ["string", "integer"]}, "has a list of types"),
    ({"$ref": "#/components/schemas/SortOrder", "default": "ASC"}, "more than a description beside its $ref"),
    ({"$ref": "#/components/schemas/SortOrder", "minLength": 1}, "more than a description beside its $ref"),
    ({"const": None}, "const that is no string"),
    ({"const": 5}, "const that is no string"),
    ({"enum": ["a", 1]}, "distinct strings or distinct whole numbers"),
    ({"enum": ["a", None]}, "distinct strings"),
    ({"enum": ["a", "a"]}, "distinct strings"),
    ({"enum": [True, False]}, "distinct strings"),
    ({"type": "array"}, "array without items"),
    ({"type": "array", "items": {"type": "string"}, "default": ["a"]}, "an object or a full list as its default"),
    ({"type": "object", "default": {}}, "an object or a full list as its default"),
    ({"type": "string", "format": "date", "default": "2025-01-01"}, "a moment as its default"),
    ({"type": "string", "format": "date-time", "default": "2025-01-01T00:00:00Z"}, "a moment as its default"),
    ({"type": "object", "properties": {"a": {"type": "string"}}}, "object without a name"),
    ({"allOf": [{"$ref": "#/components/schemas/Skill"}]}, "object without a name"),
]


@pytest.mark.parametrize(("schema", "fault"), NOTED)
def test_a_schema_that_would_be_generated_wrongly_is_refused_with_its_place(schema: Json, fault: str) -> None:
    found = faults(added=schema)

    assert [f"{OPENAPI}#{SKILL}/properties/added"] == list(found)
    assert fault in found[f"{OPENAPI}#{SKILL}/properties/added"]


IGNORED: list[tuple[str, Any]] = [
    ("nullable", True),
    ("patternProperties", {}),
    ("prefixItems", []),
    ("not", {"type": "string"}),
    ("if", {"type": "string"}),
    ("then", {"type": "string"}),
    ("else", {"type": "string"}),
    ("contains", {}),
    ("dependentRequired", {}),
    ("unevaluatedProperties", False),
    ("propertyNames", {}),
    ("exclusiveMinimum", 1),
    ("multipleOf", 2),
    ("uniqueItems", True),
    ("minProperties", 1),
    ("readOnly", True),
    ("example", "a"),
    ("$defs", {}),
]


@pytest.mark.parametrize(("keyword", "value"), IGNORED)
def test_a_keyword_that_the_templates_do_not_honour_is_refused_with_its_place(keyword: str, value: Any) -> None:
    found = faults(added={"type": "string", keyword: value})

    assert [f"{OPENAPI}#{SKILL}/properties/added/{keyword}"] == list(found)


@pytest.mark.parametrize(
    "holder", ["oneOf/0", "anyOf/0", "items", "additionalProperties"], ids=lambda holder: holder.partition("/")[0]
)
def test_a_schema_within_a_schema_is_looked_at(holder: str) -> None:
    keyword, _, index = holder.partition("/")
    bad = {"type": "string", "not": {}}

    found = faults(added={keyword: [bad] if index else bad})

    assert [f"{OPENAPI}#{SKILL}/properties/added/{holder}/not"] == list(found)


def test_a_parameters_schema_is_looked_at() -> None:
    def break_it(both: Documents) -> None:
        both.openapi["components"]["parameters"]["PageSize"]["schema"]["multipleOf"] = 5

    assert [f"{OPENAPI}#/components/parameters/PageSize/schema/multipleOf"] == [
        fault.place for fault in schema_faults(mutated(break_it))
    ]


def test_typed_additional_properties_beside_properties_are_refused() -> None:
    def break_it(both: Documents) -> None:
        both.openapi["components"]["schemas"]["Skill"]["additionalProperties"] = {"type": "string"}

    assert [f"{OPENAPI}#{SKILL}"] == [fault.place for fault in schema_faults(mutated(break_it))]


def test_a_required_property_that_is_nowhere_is_refused() -> None:
    def break_it(both: Documents) -> None:
        both.openapi["components"]["schemas"]["Skill"]["required"] = ["skil_id"]

    found = [(fault.place, fault.fault) for fault in schema_faults(mutated(break_it))]

    assert [(f"{OPENAPI}#{SKILL}/required", "skil_id is required, but is no property")] == found


def test_a_property_may_be_required_where_it_is_inherited() -> None:
    def require(both: Documents) -> None:
        both.openapi["components"]["schemas"]["TeamPage"]["required"] = ["page_num", "data"]

    assert list(schema_faults(mutated(require))) == []


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("additional_properties", "clashes with what every model has"),
        ("to_dict", "clashes with what every model has"),
        ("field", "clashes with what every model has"),
        ("_source", "clashes with what every model has"),
        ("two words", "'two words' can't be a Python name"),
        ("1st", "'1st' can't be a Python name"),
        ("", "'' can't be a Python name"),
    ],
)
def test_a_property_name_that_python_can_not_have_is_refused(name: str, fault: str) -> None:
    found = faults(**{name: {"type": "string"}})

    assert [f"{OPENAPI}#{SKILL}/properties/{name}"] == list(found)
    assert fault in next(iter(found.values()))


@pytest.mark.parametrize("added", [{"title": "A title"}, {"$comment": "A note."}, {"x-note": {"a": 1}}])
def test_what_is_for_people_may_stand_in_a_schema(added: Json) -> None:
    assert faults(added={"type": "string", **added}) == {}


def test_a_name_that_the_wire_dictates_may_have_another_in_python() -> None:
    assert (
        faults(**{"page-size": {"type": "string", "x-python-name": "page_size"}, "_id": {"x-python-name": "id"}}) == {}
    )


def test_a_name_given_in_python_is_held_to_the_same_rules() -> None:
    found = faults(**{"page-size": {"x-python-name": "page size"}, "b": {"x-python-name": "skill_id"}})

    assert list(found) == [f"{OPENAPI}#{SKILL}/properties/page-size", f"{OPENAPI}#{SKILL}/properties/b"]
    assert found[f"{OPENAPI}#{SKILL}/properties/b"] == "is skill_id in Python, as skill_id is"


def test_an_enumeration_that_would_be_another_schemas_class_is_refused() -> None:
    def add(both: Documents) -> None:
        schemas = both.openapi["components"]["schemas"]
        schemas["Skill"]["properties"]["level"] = {"type": "string", "enum": ["a"]}
        schemas["SkillLevel"] = {"type": "object"}

    [fault] = schema_faults(mutated(add))

    assert fault.place == f"{OPENAPI}#{SKILL}/properties/level"
    assert "would be the class SkillLevel, as SkillLevel is" in fault.fault


def test_two_properties_of_one_python_name_are_refused() -> None:
    found = faults(**{"class": {"type": "string"}, "class_": {"type": "string"}})

    assert {f"{OPENAPI}#{SKILL}/properties/class_": "is class_ in Python, as class is"} == found


def named(file: str, name: str) -> list[tuple[str, str]]:
    """Add a schema of this name to a document and give what is objected to."""

    def add(both: Documents) -> None:
        document = both.openapi if file == OPENAPI else both.asyncapi
        document["components"]["schemas"][name] = {"type": "object"}

    return [(fault.place, fault.fault) for fault in schema_faults(mutated(add))]


@pytest.mark.parametrize("file", [OPENAPI, ASYNCAPI])
def test_two_schemas_whose_classes_would_share_a_module_are_refused(file: str) -> None:
    assert [(f"{file}#/components/schemas/SKILL", "would be the same class as Skill; refer to that")] == named(
        file, "SKILL"
    )


def test_a_schema_written_in_both_documents_is_refused() -> None:
    assert [(f"{ASYNCAPI}#{SKILL}", "would be the same class as Skill; refer to that")] == named(ASYNCAPI, "Skill")


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("skill_note", "can't be a class's name; write SkillNote"),
        ("tweet", "can't be a class's name; write Tweet"),
        ("Rule", "is a name that the templates import; find another"),
        ("Any", "is a name that the templates import; find another"),
    ],
)
def test_a_name_that_no_class_can_have_is_refused(name: str, fault: str) -> None:
    assert [(f"{OPENAPI}#/components/schemas/{name}", fault)] == named(OPENAPI, name)


def test_an_alias_of_the_other_documents_schema_is_the_same_class() -> None:
    def alias(both: Documents) -> None:
        both.asyncapi["components"]["schemas"]["Skill"] = {"$ref": "./openapi.yaml#/components/schemas/Skill"}

    assert list(schema_faults(mutated(alias))) == []


def test_an_example_may_hold_anything() -> None:
    assert faults(added={"type": "string", "examples": [{"schema": {"nullable": True}}]}) == {}
