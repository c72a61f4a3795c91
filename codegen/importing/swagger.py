"""Swagger 2 as OpenAPI 3. There is no converter for Python that is kept well; what an export uses of it is little."""

from __future__ import annotations

import copy
from typing import Any

from codegen.documents import METHODS, Json, pointer, walk
from codegen.importing.notes import Notes

_MOVED = {"#/definitions/": "#/components/schemas/", "#/parameters/": "#/components/parameters/",
          "#/responses/": "#/components/responses/"}  # fmt: skip
_BODIES = ("body", "formData")
_JSON = ["application/json"]
_STYLES: dict[str, Json] = {
    "csv": {"explode": False}, "multi": {}, "ssv": {"style": "spaceDelimited"}, "pipes": {"style": "pipeDelimited"},
}  # fmt: skip
_OF_THE_PARAMETER = {"name", "in", "required", "description", "example", "deprecated"}


def from_swagger(document: Json, notes: Notes) -> Json:
    """Convert a document; what OpenAPI 3 says in another place is put there."""
    document = copy.deepcopy(document)
    for _, node in walk(document):
        if isinstance(node.get("$ref"), str):
            for old, new in _MOVED.items():
                node["$ref"] = node["$ref"].replace(old, new, 1)
    shared = dict(document.get("parameters", {}).items())
    bodies = {
        f"#/components/parameters/{name}": given
        for name, given in shared.items()
        if given["in"] in ("body", "formData")
    }
    for path, item in document.get("paths", {}).items():
        common = list(item.pop("parameters", []))
        for method in [method for method in METHODS if method in item]:
            place = pointer("paths", path, method)
            item[method] = _operation(document, item[method], common, bodies, place, notes)
    return {
        "openapi": "3.1.0",
        "info": document.get("info", {}),
        **({"tags": document["tags"]} if "tags" in document else {}),
        **({"security": document["security"]} if "security" in document else {}),
        "paths": document.get("paths", {}),
        "components": {
            "schemas": document.get("definitions", {}),
            "parameters": {name: _parameter(each) for name, each in shared.items() if each["in"] not in _BODIES},
            "responses": {name: _response(each, _JSON) for name, each in document.get("responses", {}).items()},
            "securitySchemes": {
                name: _scheme(each) for name, each in document.get("securityDefinitions", {}).items()
            },
        },
    }  # fmt: skip


def _scheme(given: Json) -> Json:
    return {"type": "http", "scheme": "basic"} if given.get("type") == "basic" else given


def _operation(
    document: Json, operation: Json, common: list[Any], bodies: dict[str, Json], place: str, notes: Notes
) -> Json:
    takes = operation.pop("consumes", document.get("consumes", _JSON))
    gives = operation.pop("produces", document.get("produces", _JSON))
    given = [bodies.get(each.get("$ref", ""), each) for each in (*common, *operation.pop("parameters", []))]
    operation.pop("schemes", None)
    body = [each for each in given if each.get("in") == "body"]
    form = [each for each in given if each.get("in") == "formData"]
    kept = [each if "$ref" in each else _parameter(each) for each in given if each not in (*body, *form)]
    operation["parameters"] = kept
    if body:
        operation["requestBody"] = {
            "required": True,
            "content": {_first(takes, "json"): {"schema": body[0].get("schema", {})}},
        }
    elif form:
        kind = "multipart/form-data" if any(each.get("type") == "file" for each in form) else _first(takes, "form")
        operation["requestBody"] = {"required": True, "content": {kind: {"schema": _form(form)}}}
    operation["responses"] = {
        str(status): _response(each, gives) for status, each in operation.get("responses", {}).items()
    }
    return operation


def _first(kinds: list[str], word: str) -> str:
    return next((kind for kind in kinds if word in kind), kinds[0] if kinds else "application/json")


def _parameter(given: Json) -> Json:
    told = {word: value for word, value in given.items() if word in _OF_THE_PARAMETER or word.startswith("x-")}
    schema = {word: value for word, value in given.items() if word not in told and word != "collectionFormat"}
    is_list = given.get("type") == "array" and given.get("in") == "query"
    styles: Json = _STYLES.get(given.get("collectionFormat", "csv"), {"style": "tabDelimited"}) if is_list else {}
    return {**told, **styles, "schema": schema}


def _form(fields: list[Json]) -> Json:
    properties = {}
    for each in fields:
        field = _parameter(each)
        is_file = each.get("type") == "file"
        schema = {"type": "string", "format": "binary"} if is_file else field["schema"]
        properties[each["name"]] = {**schema, "description": each.get("description", "")}
    return {
        "type": "object",
        "properties": properties,
        "required": [each["name"] for each in fields if each.get("required")],
    }


def _response(given: Json, kinds: list[str]) -> Json:
    if "$ref" in given:
        return given
    answer = {word: value for word, value in given.items() if word not in ("schema", "examples", "headers")}
    if "schema" in given:
        example = next(iter(given.get("examples", {}).values()), None)
        media = {"schema": given["schema"], **({} if example is None else {"example": example})}
        answer["content"] = {_first(kinds, "json"): media}
    return {"description": "", **answer}
