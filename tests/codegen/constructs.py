"""A document of every construct that the generator takes: operations and schemas, for the tests that use them."""

from __future__ import annotations

from typing import Any

from codegen.documents import Json

from .tried import answers


def reference(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def described(**properties: Json) -> Json:
    """Give properties, each with a description where it has none and is no reference."""
    return {name: {"description": "A.", **schema} for name, schema in properties.items()}


def thing(*required: str, **properties: Json) -> Json:
    return {
        "type": "object", "properties": described(**properties), "required": list(required),
        "examples": [dict.fromkeys(required, "a")],
    }  # fmt: skip


NULL: Json = {"type": "null"}
TEXT: Json = {"type": "string"}


def body(name: str) -> Json:
    return {"required": True, "content": {"application/json": {"schema": reference(name)}}}


def parameter(name: str, place: str, schema: Json, **more: Any) -> Json:
    return {"name": name, "in": place, "schema": schema, "description": "A.", **more}


LIST: Json = {"type": "array", "items": TEXT}
DAY: Json = {"x-python-name": "day"}
ERRORS: Json = {status: answer for status, answer in answers(NULL).items() if status != "200"}


def without_content(status: str) -> Json:
    return {status: {"description": "Done."}, **ERRORS}


def answering(kind: str) -> Json:
    return {"200": {"description": "It.", "content": {kind: {}}}, **ERRORS}


def bare(schema: Json) -> Json:
    return {"200": {"description": "It.", "content": {"application/json": {"schema": schema}}}, **ERRORS}


def made(data: Json) -> Json:
    return {"201": answers(data)["200"], **ERRORS}


OPERATIONS: list[Json] = [
    {
        "operationId": "list",
        "data": {"type": "object", "description": "A.", "additionalProperties": reference("Filter")},
    },
    {"operationId": "import", "method": "post", "requestBody": body("Sent")},
    {
        "operationId": "by_code",
        "path": "/codes/{code}/{page-size}",
        "deprecated": True,
        "parameters": [
            parameter("code", "path", {"type": "string", "pattern": "^[A-Z]+$"}, required=True, example="A"),
            parameter("page-size", "path", {"type": "integer"}, required=True, example=1, **{"x-python-name": "size"}),
            parameter("word", "query", {"type": "string", "default": "it's"}, example="a", deprecated=True),
        ],
    },
    {
        "operationId": "send_form",
        "method": "post",
        "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": reference("Form")}}},
    },
    {
        "operationId": "look",
        "parameters": [
            parameter("X-Trace", "header", TEXT, required=True, example="a", **{"x-python-name": "trace"}),
            parameter("X-Marks", "header", LIST, example=["a"], **{"x-python-name": "marks"}),
            parameter("X-Day", "header", {"type": "string", "format": "date"}, example="2026-01-01", **DAY),
            parameter("theme", "cookie", TEXT, example="a"),
            parameter("id", "query", {"type": "array", "items": {"type": "integer"}}, example=[1]),
            parameter("comma", "query", LIST, example=["a"], explode=False),
            parameter("pipe", "query", LIST, example=["a"], style="pipeDelimited"),
            parameter("level", "query", {"type": "array", "items": reference("Level")}, example=["low"]),
        ],
    },
    {
        "operationId": "send_files", "method": "post",
        "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": reference("Files")}}},
    },
    {
        "operationId": "log_in", "method": "post",
        "requestBody": {
            "required": True, "content": {"application/x-www-form-urlencoded": {"schema": reference("LogIn")}},
        },
    },
    {"operationId": "put_picture", "method": "put", "requestBody": {"required": True, "content": {"image/png": {}}}},
    {
        "operationId": "put_table", "method": "put",
        "requestBody": {"required": True, "content": {"text/csv": {"schema": TEXT}}},
        "responses": without_content("204"),
    },
    {"operationId": "get_table", "responses": answering("text/csv")},
    {"operationId": "get_bare", "x-bare": True, "responses": bare(reference("Filter"))},
    {"operationId": "get_picture", "responses": answering("image/png")},
    {"operationId": "make", "method": "post", "responses": made(reference("Pet"))},
    {"operationId": "get_pet", "data": {"description": "A.", "oneOf": [reference("Pet"), NULL]}},
    {"operationId": "get_levels", "data": {"type": "array", "description": "A.", "items": reference("Level")}},
]  # fmt: skip
FILE: Json = {"type": "string", "format": "binary"}
SCHEMAS: dict[str, Json] = {
    **{name: thing(a=TEXT) for name in ("Filter", "Range", "Input", "Map", "Object", "Type", "In", "Import")},
    "Tree": thing(branches={"type": "array", "items": reference("Branch")}),
    "Branch": thing(tree=reference("Tree"), parent=reference("Branch")),
    "Sent": {
        **thing(
            "note", note={"oneOf": [TEXT, NULL]}, mode={"type": "string", "default": "it's"}, self=TEXT,
            **{"page-size": {"type": "integer", "x-python-name": "page_size"}},
        ),
        "examples": [{"note": None}],
    },
    "Read": thing(
        points={"type": "array", "items": {"type": "array", "items": {"type": "number"}}},
        marks={"type": "array", "items": {"oneOf": [{"type": "integer"}, NULL]}},
        count={"type": "integer", "default": 0}, old={"type": "string", "deprecated": True},
        filter={**reference("Filter"), "description": "What is wanted here.", "deprecated": True},
    ),
    "Level": {"type": "string", "enum": ["low", "high"], "examples": ["low"]},
    "Animal": thing(kind=TEXT, name=TEXT),
    "Cat": {"allOf": [reference("Animal"), thing(lives={"type": "integer"})], "examples": [{"kind": "cat"}]},
    "Dog": thing("kind", kind=TEXT, tricks=LIST),
    "Pet": {
        "oneOf": [reference("Cat"), reference("Dog")],
        "discriminator": {"propertyName": "kind", "mapping": {"cat": "#/components/schemas/Cat", "lion": "Cat"}},
        "examples": [{"kind": "Dog"}],
    },
    "Square": {
        **thing(form={"type": "string", "const": "square"}, side={"type": "number"}), "examples": [{"form": "square"}],
    },
    "Disc": {
        **thing(form={"type": "string", "enum": ["disc", "ring"]}, radius={"type": "number"}),
        "examples": [{"form": "disc"}],
    },
    "Home": {**thing(
        pets={"type": "array", "items": reference("Pet")}, favourite=reference("Pet"),
        shape={"anyOf": [reference("Square"), reference("Disc"), TEXT, NULL]},
        words={"oneOf": [TEXT, LIST]}, leader={"oneOf": [TEXT, reference("Dog")]},
        id={"type": "string", "format": "uuid"}, photo={"type": "string", "format": "binary"},
        key={"type": "string", "format": "password"},
    ), "examples": [{"words": "a"}]},
    "Sending": {
        **thing("shape", shape={"oneOf": [reference("Square"), reference("Disc")]}),
        "examples": [{"shape": {"form": "disc"}}],
    },
    "Files": {
        **thing("one", one=FILE, more={"type": "array", "items": FILE}, word=TEXT), "examples": [{"one": "a"}],
    },
    "LogIn": {**thing("name", name=TEXT, days={"type": "integer", "maximum": 9}), "examples": [{"name": "a"}]},
    "Form": {
        **thing(
            "files", files={"type": "array", "items": {"type": "string", "format": "binary"}},
            word={"type": "string", "maxLength": 3},
        ),
        "examples": [{"files": ["a"]}],
    },
}  # fmt: skip
