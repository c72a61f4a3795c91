"""A Postman collection (2.1) as OpenAPI 3: its recorded requests and answers become schemas."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from codegen.documents import Json, pointer
from codegen.importing.notes import Notes
from codegen.importing.samples import schema_of


def from_postman(collection: Json, notes: Notes) -> Json:
    """Convert a collection; folders become tags."""
    paths: Json = {}
    for tag, place, item in _requests(collection["item"], None, ("item",)):
        request = item["request"]
        if isinstance(request, str):
            notes.lost(pointer(*place), "is a request without parts; export the collection as 2.1")
            continue
        path, operation = _operation(item, request, tag, pointer(*place), notes)
        method = str(request.get("method", "GET")).lower()
        if method in paths.setdefault(path, {}):
            notes.lost(pointer(*place), f"is a second request of {method.upper()} {path}; the first one is kept")
            continue
        paths[path][method] = operation
    info = {"title": collection["info"].get("name", "An API"), "version": "1"}
    return {"openapi": "3.1.0", "info": info, "paths": paths, "components": {}}


def _requests(
    items: list[Any], tag: str | None, place: tuple[str | int, ...]
) -> Iterator[tuple[str | None, tuple[str | int, ...], Json]]:
    for index, item in enumerate(items):
        if "item" in item:
            yield from _requests(item["item"], item.get("name"), (*place, index, "item"))
        elif "request" in item:
            yield tag, (*place, index), item


def _operation(item: Json, request: Json, tag: str | None, place: str, notes: Notes) -> tuple[str, Json]:
    url = request.get("url", {})
    url = {"raw": url} if isinstance(url, str) else url
    parts = url.get("path") or re.sub(r"^(\w+://)?[^/]*", "", str(url.get("raw", "")).split("?")[0]).strip("/").split(
        "/"
    )
    names = [re.sub(r"^:|^\{\{|\}\}$", "", part) for part in parts]
    path = "/" + "/".join(name if name == part else f"{{{name}}}" for name, part in zip(names, parts, strict=True))
    variables = {each.get("key"): each for each in url.get("variable", [])}
    parameters = [
        _parameter(name, "path", variables.get(name, {}))
        for name, part in zip(names, parts, strict=True)
        if name != part
    ]
    parameters += [_parameter(each["key"], "query", each) for each in url.get("query", []) if each.get("key")]
    parameters += [
        _parameter(each["key"], "header", each)
        for each in request.get("header", [])
        if each.get("key") != "Content-Type"
    ]
    operation: Json = {"summary": item.get("name", ""), "parameters": parameters, "responses": _answers(item)}
    operation |= {"tags": [tag]} if tag else {}
    body = request.get("body") or {}
    if body.get("mode") == "raw":
        operation["requestBody"] = _body(body["raw"], place, notes)
    elif body.get("mode"):
        notes.lost(
            place, f"its body is {body['mode']}; describe it as multipart/form-data with a list of files, or as JSON"
        )
    return path, {word: value for word, value in operation.items() if value is not None}


def _parameter(name: str, place: str, given: Json) -> Json:
    told = {"description": given["description"]} if isinstance(given.get("description"), str) else {}
    example = {"example": str(given["value"])} if given.get("value") else {}
    return {"name": name, "in": place, "required": place == "path", "schema": {"type": "string"}, **told, **example}


def _body(raw: str, place: str, notes: Notes) -> Json | None:
    try:
        example = json.loads(raw)
    except ValueError:
        notes.lost(place, "its body is no JSON; describe it by hand")
        return None
    return {"required": True, "content": {"application/json": {"schema": schema_of([example]), "example": example}}}


def _answers(item: Json) -> Json:
    examples: dict[str, list[Any]] = {}
    told: dict[str, str] = {}
    for each in item.get("response", []):
        status = str(each.get("code", 200))
        told[status] = each.get("name", "")
        try:
            examples.setdefault(status, []).append(json.loads(each.get("body") or "null"))
        except ValueError:
            examples.setdefault(status, [])
    return {
        status: {
            "description": told[status],
            "content": {"application/json": {"schema": schema_of(found), "example": found[0]}} if found else {},
        }
        for status, found in examples.items()
    }
