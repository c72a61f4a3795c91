"""Every construct that an export may hold, row by row as docs/import.md has them: what the draft says, what is lost."""

from __future__ import annotations

import re
from typing import Any

import pytest

from codegen.documents import ROOT, Documents, Json
from codegen.importing.notes import Notes
from codegen.importing.program import draft
from codegen.lint import lint
from codegen.render import render_faults

TEXT = {"type": "string"}
OBJECT = {"type": "object", "properties": {"a": TEXT}}
SCHEMAS: Json = {"Cat": OBJECT, "Dog": {"type": "object", "properties": {"b": TEXT}}}
# What only some rows are about.
MORE: Json = {
    "Square": {"type": "object", "properties": {"form": {"const": "square"}}},
    "Disc": {"type": "object", "properties": {"form": {"enum": ["disc", "ring"], "type": "string"}}},
    "Base": {"type": "object", "properties": {"kind": TEXT}, "discriminator": {"propertyName": "kind"}},
}


def ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def drafted(operation: Json, schemas: Json | None = None, path: str = "/it", **more: Any) -> tuple[Json, Notes]:
    """Draft a document of one operation, and see that the lint passes it and the generator takes it."""
    answer = {"200": {"description": "A.", "content": {"application/json": {"schema": ref("Cat")}}}}
    document = {
        "openapi": "3.1.0", "info": {"title": "A", "version": "1"},
        "paths": {path: {"post": {"responses": answer, **operation}}},
        "components": {"schemas": {**SCHEMAS, **(schemas or {})}}, **more,
    }  # fmt: skip
    notes = Notes()
    made = draft(document, notes)
    assert [str(fault) for fault in lint(Documents(made, {}))] == []
    assert [str(fault) for fault in render_faults(Documents(made, {}))] == []
    return made, notes


# The row of the page, the schema as exported, what the draft has of it (words and examples aside), and whether less.
PROPERTIES: list[tuple[str, Json, Json, bool]] = [
    ("`nullable: true`", {**TEXT, "nullable": True}, {"oneOf": [TEXT, {"type": "null"}]}, False),
    ('`type: [string, "null"]`', {"type": ["string", "null"]}, {"oneOf": [TEXT, {"type": "null"}]}, False),
    ("`anyOf` with null", {"anyOf": [TEXT, {"type": "null"}]}, {"oneOf": [TEXT, {"type": "null"}]}, False),
    (
        "null in an `enum`",
        {"enum": ["a", None], "type": "string"},
        {"oneOf": [{"enum": ["a"], "type": "string"}, {"type": "null"}]},
        False,
    ),
    ("a list of types", {"type": ["string", "integer"]}, {"oneOf": [TEXT, {"type": "integer"}]}, False),
    (
        "a union of objects with a discriminator",
        {"oneOf": [ref("Cat"), ref("Dog")], "discriminator": {"propertyName": "a", "mapping": {"c": "Cat"}}},
        {
            "oneOf": [ref("Cat"), ref("Dog")],
            "discriminator": {"propertyName": "a", "mapping": {"c": "#/components/schemas/Cat"}},
        },
        False,
    ),
    (
        "a union of objects that a constant tells apart",
        {"anyOf": [ref("Square"), ref("Disc"), {"type": "null"}]},
        {"oneOf": [ref("Square"), ref("Disc"), {"type": "null"}]},
        False,
    ),
    ("a union of objects that nothing tells apart", {"oneOf": [ref("Cat"), ref("Dog")]}, {}, True),
    (
        "a union of an object, a list, and plain values",
        {"oneOf": [TEXT, {"type": "array", "items": TEXT}, ref("Cat")]},
        {"oneOf": [TEXT, {"type": "array", "items": TEXT}, ref("Cat")]},
        False,
    ),
    (
        "an object with a discriminator, whose kinds no `oneOf` names",
        ref("Base"),
        ref("Base"),
        True,
    ),
    ("`format: uuid` or `binary` of a text", {**TEXT, "format": "binary"}, {**TEXT, "format": "binary"}, False),
    ("an `anyOf` of one", {"anyOf": [ref("Cat")]}, ref("Cat"), False),
    ("an inline object", OBJECT, ref("HeldIt"), False),
    (
        "a list of inline objects",
        {"type": "array", "items": OBJECT},
        {"type": "array", "items": ref("HeldItItem")},
        False,
    ),
    ("a list without `items`", {"type": "array"}, {"type": "array", "items": {}}, False),
    (
        "a map",
        {"type": "object", "additionalProperties": TEXT},
        {"type": "object", "additionalProperties": TEXT},
        False,
    ),
    (
        "a list within a list",
        {"type": "array", "items": {"type": "array", "items": TEXT}},
        {"type": "array", "items": {"type": "array", "items": TEXT}},
        False,
    ),
    (
        "an `enum` of texts or whole numbers",
        {"enum": [1, 2], "type": "integer"},
        {"enum": [1, 2], "type": "integer"},
        False,
    ),
    ("an `enum` of anything else", {"enum": [1.5, "a"]}, {}, True),
    ("a `const` that is no text", {"const": 5}, {"enum": [5]}, False),
    (
        "a `default` of a list or an object",
        {"type": "array", "items": TEXT, "default": ["a"]},
        {"type": "array", "items": TEXT},
        True,
    ),
    (
        "`title`, `x-…`, `$comment`",
        {**TEXT, "title": "T", "x-a": 1, "$comment": "c"},
        {**TEXT, "title": "T", "x-a": 1, "$comment": "c"},
        False,
    ),
    ("`readOnly`, `uniqueItems`, `multipleOf` and the like", {**TEXT, "readOnly": True}, TEXT, True),
    ("`example` of 3.0", {**TEXT, "example": "a"}, {**TEXT, "examples": ["a"]}, False),
    (
        "`exclusiveMinimum: true` of 3.0",
        {"type": "integer", "minimum": 1, "exclusiveMinimum": True},
        {"type": "integer", "minimum": 1},
        False,
    ),
    ("an object that holds itself", ref("Held"), ref("Held"), False),
    ("a `$ref` that leads nowhere", ref("Nowhere"), {}, True),
]


@pytest.mark.parametrize(
    ("given", "wanted", "loses"), [row[1:] for row in PROPERTIES], ids=[row[0] for row in PROPERTIES]
)
def test_a_propertys_schema_is_brought_to_our_form(given: Json, wanted: Json, loses: bool) -> None:
    named = {name: schema for name, schema in MORE.items() if f"/{name}'" in str(given)}
    made, notes = drafted({}, {**named, "Held": {"type": "object", "properties": {"it": given}}})
    found = made["components"]["schemas"]["Held"]["properties"]["it"]

    assert {word: value for word, value in found.items() if word != "description"} == wanted
    assert any(note.is_lost for note in notes.all) is loses


def body(kind: str, schema: Json) -> Json:
    return {"requestBody": {"content": {kind: {"schema": schema}}}}


def answering(status: str, content: Json) -> Json:
    return {"responses": {status: {"description": "A.", **({"content": content} if content else {})}}}


def query(schema: Json, name: str = "a", place: str = "query") -> Json:
    return {"parameters": [{"name": name, "in": place, "schema": schema}]}


def json_of(schema: Json) -> Json:
    return {"application/json": {"schema": schema}}


LIST: Json = {"type": "array", "items": TEXT}
FILE = {"type": "string", "format": "binary"}
ENVELOPE = {"type": "object", "properties": {"code": {"type": "integer"}, "message": TEXT, "data": ref("Cat")}}
# The row of the page, the operation as exported, and what the draft's has at a few steps; None: it is left out.
OPERATIONS: list[tuple[str, Json, Json | None, bool]] = [
    ("no `operationId`", {}, {"operationId": "post_it"}, False),
    ("an `operationId` in another style", {"operationId": "doIt-now"}, {"operationId": "do_it_now"}, False),
    ("several tags, or none", {"tags": ["A b", "c"]}, {"tags": ["a_b"]}, False),
    ("a header that is a credential", query(TEXT, "X-Api-Key", "header"), {"security": [{"XApiKeyAuth": []}]}, False),
    ("any other header", query(TEXT, "X-Trace", "header"), {"security": [], "parameters": "x_trace"}, False),
    ("a cookie", query(TEXT, "theme", "cookie"), {"parameters": "string"}, False),
    (
        "a query or header that is a list, in any style but `deepObject`",
        {"parameters": [{"name": "a", "in": "query", "schema": LIST, "style": "pipeDelimited"}]},
        {"parameters": "array"},
        False,
    ),
    ("a query that is an object", query({"type": "object"}), {"parameters": "string"}, True),
    ("a list in a path or a cookie", query(LIST, "a", "cookie"), {"parameters": "string"}, True),
    ("a parameter's name that Python has not", query(TEXT, "page-size"), {"parameters": "page_size"}, False),
    ("a JSON body, inline", body("application/json", OBJECT), {"requestBody": ref("PostItRequest")}, False),
    (
        "a URL-encoded form",
        body("application/x-www-form-urlencoded", OBJECT),
        {"requestBody": ref("PostItRequest")},
        False,
    ),
    ("a body of bytes or text", body("image/png", FILE), {"requestBody": "image/png"}, False),
    ("a body of XML with a schema", body("application/xml", OBJECT), {"requestBody": "application/xml"}, True),
    ("a body of no type", {"requestBody": {"content": {}}}, None, True),
    (
        "a form with files and lists of them",
        body("multipart/form-data", {"type": "object", "properties": {"f": FILE, "g": {**LIST, "items": FILE}}}),
        {"requestBody": ref("PostItRequest")},
        False,
    ),
    (
        "a form with a list or an object",
        body("multipart/form-data", {"type": "object", "properties": {"f": FILE, "g": OBJECT}}),
        {"requestBody": ref("PostItRequest")},
        True,
    ),
    (
        "an answer in an envelope of code, message and data",
        answering("200", json_of(ENVELOPE)),
        {"responses": {"200": "data"}, "x-bare": None},
        False,
    ),
    ("an answer in no envelope", {}, {"responses": {"200": ref("Cat")}, "x-bare": True}, False),
    ("201 and 202", answering("201", json_of(ref("Cat"))), {"responses": {"201": ref("Cat")}, "x-bare": True}, False),
    ("204, or an answer without a body", answering("204", {}), {"responses": {"204": None}, "x-bare": True}, False),
    (
        "a list or a plain value as an answer",
        answering("200", json_of({"type": "array", "items": ref("Cat")})),
        {"responses": {"200": "array"}, "x-bare": True},
        False,
    ),
    (
        "an answer that is no JSON",
        answering("200", {"text/csv": {"schema": TEXT}}),
        {"responses": {"200": "text/csv"}, "x-bare": True},
        False,
    ),
    (
        "an answer of several types, none of them JSON",
        answering("200", {"text/csv": {}, "text/html": {}}),
        {"responses": {"200": "text/csv"}},
        True,
    ),
    ("`callbacks`, `servers` of an operation", {"servers": []}, {"operationId": "post_it"}, True),
]


@pytest.mark.parametrize(
    ("given", "wanted", "loses"), [row[1:] for row in OPERATIONS], ids=[row[0] for row in OPERATIONS]
)
def test_an_operation_is_brought_to_our_form(given: Json, wanted: Json | None, loses: bool) -> None:
    made, notes = drafted(given)

    assert any(note.is_lost for note in notes.all) is loses
    if wanted is None:
        assert made["paths"] == {}
        return
    operation = made["paths"]["/it"]["post"]
    found = {word: _told(word, operation.get(word)) for word in wanted}
    if "responses" in wanted:
        found["responses"] = {status: found["responses"][status] for status in wanted["responses"]}
    assert found == wanted


def _told(word: str, value: Any) -> Any:
    """Give what of a part of an operation the table compares."""
    if word == "requestBody":
        kind, media = next(iter(value["content"].items()))
        return media.get("schema", kind)
    if word == "parameters":
        return value[0].get("x-python-name") or value[0]["schema"]["type"]
    if word == "responses":
        return {status: _told_answer(answer) for status, answer in value.items()}
    return value


def _told_answer(answer: Json) -> Any:
    nothing: tuple[str, Json] = ("application/json", {})
    kind, media = next(iter(answer.get("content", {}).items()), nothing)
    schema = media.get("schema") if kind == "application/json" else kind
    if isinstance(schema, str) or schema is None or "$ref" in schema:
        return schema
    return "data" if "allOf" in schema else schema["type"]


NAMES = ["class", "self", "_id", "page-size", "1st", "名字", "to_dict", "a b", "", "from", "list", "items"]


def test_hostile_names_of_properties_get_others_in_python() -> None:
    made, _ = drafted({}, {"Held": {"type": "object", "properties": dict.fromkeys(NAMES, TEXT)}})

    assert list(made["components"]["schemas"]["Held"]["properties"]) == NAMES


def test_names_that_differ_by_case_or_are_taken_become_classes_of_their_own() -> None:
    names = ["pet", "Pet", "PET", "import", "Any", "Model", "1st", "a b", "名字", "Filter", "Rule"]
    made, _ = drafted({}, {name: {"type": "object", "properties": {name[0]: TEXT}} for name in names})

    assert len(made["components"]["schemas"]) == len(names) + len(SCHEMAS) + 1


def test_objects_of_one_shape_share_a_name() -> None:
    held = {"type": "object", "properties": {"one": OBJECT, "two": OBJECT, "three": {"type": "array", "items": OBJECT}}}
    made, _ = drafted({}, {"Held": held})
    properties = made["components"]["schemas"]["Held"]["properties"]

    assert properties["one"]["$ref"] == properties["two"]["$ref"] == properties["three"]["items"]["$ref"]


def test_objects_that_hold_each_other_are_taken() -> None:
    made, notes = drafted(
        {},
        {
            "Tree": {"type": "object", "properties": {"branches": {"type": "array", "items": ref("Branch")}}},
            "Branch": {"allOf": [ref("Cat"), {"type": "object", "properties": {"tree": ref("Tree")}}]},
        },
    )

    assert [note for note in notes.all if note.is_lost] == []
    assert {"Tree", "Branch"} <= made["components"]["schemas"].keys()


def test_the_page_has_these_rows_and_no_other() -> None:
    page = (ROOT / "docs/import.md").read_text("utf-8")
    rows = re.findall(r"^\| (.+?) \| (.+) \| (kept|less|left out) \|$", page, re.MULTILINE)

    assert [(row, kept) for row, _, kept in rows] == [
        *((row, "less" if loses else "kept") for row, _, _, loses in PROPERTIES),
        *((row, "left out" if wanted is None else "less" if loses else "kept") for row, _, wanted, loses in OPERATIONS),
    ]
