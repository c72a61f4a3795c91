"""Makes the one synthetic OpenAPI document that goes through the generator, so that a Tweet is one class everywhere."""

from __future__ import annotations

import copy
from typing import Any

from codegen.documents import OPENAPI, Documents, Json, last_part, operations, pointer, resolve, walk
from codegen.errors import SpecError

ENVELOPE = "#/components/schemas/APIResponse"


def merge(documents: Documents) -> Json:
    """Join both documents' component schemas and lift every answer's `data` out of its envelope.

    Raises:
        SpecError: if an answer is not in the envelope.
    """
    merged = copy.deepcopy(documents.openapi)
    schemas = merged.setdefault("components", {}).setdefault("schemas", {})
    for name, schema in documents.asyncapi.get("components", {}).get("schemas", {}).items():
        schemas.setdefault(name, _localised(copy.deepcopy(schema)))
    for path, method, operation in operations(merged):
        place = pointer("paths", path, method, "responses", "200")
        # Only the success is parsed as a model; errors share one shape, which the transport reads.
        answer = resolve(merged, operation["responses"]["200"])
        media = answer["content"]["application/json"]
        answer["content"] = {"application/json": {"schema": _data_schema(media["schema"], place)}}
        operation["x-errors"] = _told_errors(merged, operation)
        operation["responses"] = {"200": answer}
    _describe_parameters(merged)
    _drop_titles(merged)
    return merged


def _told_errors(merged: Json, operation: Json) -> dict[str, str]:
    """Keep for the docstrings what the document says of each error."""
    errors = {str(status): found for status, found in operation["responses"].items() if str(status) != "200"}
    return {status: str(resolve(merged, found).get("description", "")) for status, found in errors.items()}


def _drop_titles(merged: Json) -> None:
    # A title would rename the class; what a schema is called says its place.
    for path, node in walk(merged):
        if path != ("info",) and isinstance(node.get("title"), str):
            del node["title"]


def _describe_parameters(merged: Json) -> None:
    # The parser takes a parameter's words from its schema alone.
    for _, node in walk(merged):
        if node.get("in") in ("path", "query") and "$ref" not in node.get("schema", {"$ref": ""}):
            node["schema"].setdefault("description", node.get("description", ""))


def _localised(schema: Json) -> Json:
    for _, node in walk(schema):
        reference = node.get("$ref")
        if isinstance(reference, str):
            node["$ref"] = "#" + reference.split("#", 1)[-1]
    return schema


def _data_schema(schema: Json, place: str) -> Any:
    parts = schema.get("allOf", [])
    if {"$ref": ENVELOPE} in parts:
        for part in parts:
            if "data" in part.get("properties", {}):
                return part["properties"]["data"]
    raise SpecError(f"{OPENAPI}#{place}", "should be allOf of APIResponse and an object with a `data` property")


def written_only(documents: Documents, merged: Json) -> frozenset[str]:
    """Name the schemas that the SDK only ever writes: these are held against their rules when they are made.

    What is read too must forgive, so it is not in here.
    """
    bodies = [operation.get("requestBody", {}) for _, _, operation in operations(documents.openapi)]
    answers = [operation.get("responses", {}) for _, _, operation in operations(merged)]
    sent, received = message_payloads(documents.asyncapi)
    return reached(merged, [*bodies, *sent]) - reached(merged, [*answers, *received])


def message_payloads(asyncapi: Json) -> tuple[list[Json], list[Json]]:
    found: dict[str, list[Json]] = {"send": [], "receive": []}
    for operation in asyncapi.get("operations", {}).values():
        for reference in operation.get("messages", []):
            found[operation["action"]].append(payload(asyncapi, reference))
    return found["send"], found["receive"]


def received(asyncapi: Json) -> list[str]:
    """Name the payload schemas of the messages that the service sends, in the document's order."""
    return list(dict.fromkeys(last_part(schema["$ref"]) for schema in message_payloads(asyncapi)[1]))


def payload(asyncapi: Json, reference: Json) -> Json:
    """Give the payload schema of a message that an operation or a channel refers to."""
    message = resolve(asyncapi, reference)
    while "$ref" in message:
        message = resolve(asyncapi, message)
    return dict(message["payload"])


def reached(merged: Json, roots: list[Json]) -> frozenset[str]:
    """Name the schemas whose classes are met below these; one that only lends its fields (allOf) is not."""
    schemas = merged["components"]["schemas"]
    met: set[str] = set()
    looked_into: set[str] = set()
    waiting: list[Any] = list(roots)
    while waiting:
        for path, node in walk(waiting.pop()):
            name = last_part(str(node.get("$ref", "")))
            if name not in schemas:
                continue
            if path[-2:-1] != ("allOf",):
                met.add(name)
            if name not in looked_into:
                looked_into.add(name)
                waiting.append(schemas[name])
    return frozenset(met)
