"""Makes the one synthetic OpenAPI document that goes through the generator, so that a Tweet is one class everywhere."""

from __future__ import annotations

import copy
from typing import Any

from codegen.documents import OPENAPI, Documents, Json, last_part, operations, pointer, resolve, walk
from codegen.errors import SpecError

ENVELOPE = "#/components/schemas/APIResponse"
BARE = "x-bare"
"""Says of an operation that its answers are in no envelope: the body is the data, and the status tells of errors."""
SENDS, ANSWERS = "x-sends", "x-answers"
"""In the merged document: the MIME type of an operation's body, and of its answer; empty where there is none."""
JSON, MULTIPART, URLENCODED = "application/json", "multipart/form-data", "application/x-www-form-urlencoded"
PLACES = ("path", "query", "header", "cookie")
"""Where a parameter may stand."""


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
        status = success(operation)
        place = pointer("paths", path, method, "responses", status)
        # Only the success is parsed as a model; errors share one shape, which the transport reads.
        answer = resolve(merged, operation["responses"][status])
        operation[ANSWERS] = next(iter(answer.get("content", {})), "")
        answer["content"] = {"application/json": {"schema": _answered(operation, answer, place)}}
        operation["x-errors"] = _told_errors(merged, operation)
        operation["responses"] = {"200": answer}
        _parsed_as_form_or_bytes(merged, operation)
    _describe_parameters(merged)
    _tell_by_discriminators(merged)
    _drop_titles(merged)
    return merged


def is_json(kind: str) -> bool:
    """Whether a MIME type is JSON."""
    plain = kind.partition(";")[0].strip().lower()
    return plain == JSON or plain.endswith("+json")


def _answered(operation: Json, answer: Json, place: str) -> Any:
    """Give the schema of what an operation returns."""
    kind = operation[ANSWERS]
    if not kind:
        return {"type": "null"}
    if not is_json(kind):
        return {"type": "string"}
    schema = answer["content"][kind].get("schema", {})
    return schema if operation.get(BARE) else _data_schema(schema, place)


def _parsed_as_form_or_bytes(merged: Json, operation: Json) -> None:
    """Bring a body to what the parser knows: JSON, a multipart form, or bytes."""
    body = resolve(merged, operation.get("requestBody", {}))
    kind = operation[SENDS] = next(iter(body.get("content", {})), "")
    if kind == URLENCODED:
        operation["requestBody"] = {**body, "content": {MULTIPART: body["content"][kind]}}
    elif kind not in ("", MULTIPART) and not is_json(kind):
        schema = {"type": "string", "format": "binary"}
        operation["requestBody"] = {**body, "content": {"application/octet-stream": {"schema": schema}}}


def _tell_by_discriminators(merged: Json) -> None:
    """Write what a discriminator says into the objects that it tells apart: as a const, or an enum of a few."""
    for _, node in walk(merged):
        if not isinstance(node.get("discriminator"), dict) or not node.keys() & {"oneOf", "anyOf"}:
            continue
        name, values = discriminated(node)
        for member, told in values.items():
            _tell(merged["components"]["schemas"][member], name, told)


def discriminated(union: Json) -> tuple[str, dict[str, list[str]]]:
    """Give the field that a union's discriminator names, and the values by which each of its objects is told."""
    given = union["discriminator"]
    mapping = [(value, last_part(target)) for value, target in given.get("mapping", {}).items()]
    parts = [*union.get("oneOf", []), *union.get("anyOf", [])]
    members = [last_part(part["$ref"]) for part in parts if "$ref" in part]
    return given["propertyName"], {
        member: [value for value, target in mapping if target == member] or [member] for member in members
    }


def _tell(schema: Json, name: str, values: list[str]) -> None:
    parts = [schema, *(part for part in schema.get("allOf", []) if "$ref" not in part)]
    holder = next((part for part in parts if name in part.get("properties", {})), None)
    if holder is None and "allOf" in schema:
        schema["allOf"].append(holder := {"type": "object", "properties": {}})
    holder = schema if holder is None else holder
    given = holder.setdefault("properties", {}).get(name, {})
    own = [given["const"]] if "const" in given else given.get("enum", [])
    if own and set(own) <= set(values):
        return
    words = {word: said for word, said in given.items() if word in ("description", "x-python-name", "deprecated")}
    told: Json = {"const": values[0]} if len(values) == 1 else {"enum": values}
    holder["properties"][name] = {"type": "string", "description": "Tells which kind it is.", **words, **told}


def success(operation: Json) -> str:
    """Give the status of the one answer that is a success."""
    return next(str(status) for status in operation["responses"] if str(status).startswith("2"))


def _told_errors(merged: Json, operation: Json) -> dict[str, str]:
    """Keep for the docstrings what the document says of each error."""
    errors = {str(status): found for status, found in operation["responses"].items() if not str(status).startswith("2")}
    return {status: str(resolve(merged, found).get("description", "")) for status, found in errors.items()}


def _drop_titles(merged: Json) -> None:
    # A title would rename the class; what a schema is called says its place.
    for path, node in walk(merged):
        if path != ("info",) and isinstance(node.get("title"), str):
            del node["title"]


def _describe_parameters(merged: Json) -> None:
    # The parser takes a parameter's words from its schema alone, and takes less in a header than in a query.
    for _, node in walk(merged):
        if node.get("in") not in PLACES or not isinstance(node.get("schema"), dict):
            continue
        if "$ref" not in node["schema"]:
            node["schema"].setdefault("description", node.get("description", ""))
        if node["in"] not in ("path", "query"):
            node["x-in"], node["in"] = node["in"], "query"


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


def as_json(documents: Documents, merged: Json) -> frozenset[str]:
    """Name the schemas that are met in JSON: in a body, an answer or a message."""
    bodies = [resolve(merged, operation.get("requestBody", {})) for _, _, operation in operations(merged)]
    plain = [media for body in bodies for kind, media in body.get("content", {}).items() if is_json(kind)]
    answers = [operation["responses"] for _, _, operation in operations(merged)]
    sent, received = message_payloads(documents.asyncapi)
    return reached(merged, [*plain, *answers, *sent, *received])


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
