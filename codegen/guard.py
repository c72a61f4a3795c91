"""Refuses what the generator would warn about, drop, or get silently wrong, naming the place in the spec."""

from __future__ import annotations

import re
from collections.abc import Iterator

from codegen.documents import ASYNCAPI, METHODS, OPENAPI, Documents, Json, operations, pointer, resolve
from codegen.errors import SpecError
from codegen.guard_schemas import schema_faults
from codegen.names import name_fault


def guard(documents: Documents) -> None:
    """Check both documents, which the lint has passed, against every rule.

    Raises:
        SpecError: at the first place that a rule objects to.
    """
    for fault in (*_faults(documents), *schema_faults(documents)):
        raise fault


def _faults(documents: Documents) -> Iterator[SpecError]:
    for place, fault in (*_openapi_faults(documents.openapi), *_operations_faults(documents.openapi)):
        yield SpecError(f"{OPENAPI}#{place}", fault)
    for place, fault in _asyncapi_faults(documents.asyncapi):
        yield SpecError(f"{ASYNCAPI}#{place}", fault)


# All that is honoured of each kind of object; `x-` extensions are for people.
_PATH_ITEM = frozenset({*METHODS, "parameters", "summary", "description"})
_OPERATION = frozenset({
    "operationId", "tags", "summary", "description", "security", "parameters", "requestBody", "responses", "deprecated",
})  # fmt: skip
_PARAMETER = frozenset({"name", "in", "required", "description", "schema", "example", "examples", "deprecated"})
_MESSAGE = frozenset({"name", "title", "summary", "description", "payload", "examples", "tags"})


def _unknown_keys(place: str, node: Json, known: frozenset[str]) -> Iterator[tuple[str, str]]:
    for key in node:
        if key not in known and not key.startswith("x-"):
            yield place + pointer(key), f"{key} is ignored by the generator"


def _openapi_faults(openapi: Json) -> Iterator[tuple[str, str]]:
    if "security" in openapi:
        yield pointer("security"), "the document's own security is ignored; write it at each operation"
    if "webhooks" in openapi:
        yield pointer("webhooks"), "webhooks are ignored by the generator"
    for path, item in openapi.get("paths", {}).items():
        yield from _unknown_keys(pointer("paths", path), item, _PATH_ITEM)


def _asyncapi_faults(asyncapi: Json) -> Iterator[tuple[str, str]]:
    for name, message in asyncapi.get("components", {}).get("messages", {}).items():
        place = pointer("components", "messages", name)
        yield from _unknown_keys(place, message, _MESSAGE)
        if "$ref" not in message.get("payload", {}):
            yield place + pointer("payload"), "should refer to a schema, whose name its class gets"


def _operations_faults(openapi: Json) -> Iterator[tuple[str, str]]:
    seen: dict[str, str] = {}
    for path, method, operation in operations(openapi):
        place = pointer("paths", path, method)
        yield from _unknown_keys(place, operation, _OPERATION)
        name = operation.get("operationId", "")
        if not re.fullmatch("[a-z][a-z0-9_]*", name):
            yield place, "needs an operationId in snake_case, which names its module"
        elif name in seen:
            yield place, f"its operationId {name} is that of {seen[name]} too"
        seen[name] = place
        if "security" not in operation:
            yield place, "has no security of its own; the generator ignores the document's"
        if len(operation.get("tags", [])) != 1:
            yield place, "needs exactly one tag, which names its folder"
        yield from _body_faults(openapi, place, operation)
        yield from _answer_faults(openapi, place, operation)
        yield from _parameter_faults(openapi, path, method)


def _body_faults(openapi: Json, place: str, operation: Json) -> Iterator[tuple[str, str]]:
    if "requestBody" not in operation:
        return
    place += pointer("requestBody")
    body = resolve(openapi, operation["requestBody"])
    if body.get("required") is not True:
        yield place, "is an optional body; require it or leave it out"
    if list(body.get("content", {})) not in (["application/json"], ["multipart/form-data"]):
        yield place + pointer("content"), "should have one type: application/json or multipart/form-data"
    for kind, media in body.get("content", {}).items():
        named = resolve(openapi, media.get("schema", {}))
        if "$ref" not in media.get("schema", {}) or not named.keys() & {"properties", "allOf"}:
            yield (
                place + pointer("content", kind),
                "should refer to an object with properties, whose name its class gets",
            )


def _answer_faults(openapi: Json, place: str, operation: Json) -> Iterator[tuple[str, str]]:
    place += pointer("responses")
    successes = [status for status in operation.get("responses", {}) if str(status).startswith("2")]
    if successes != ["200"]:
        yield place, "should describe exactly one success, under '200' (a string)"
        return
    answer = resolve(openapi, operation["responses"]["200"])
    if list(answer.get("content", {})) != ["application/json"]:
        yield place + pointer("200"), "should answer application/json, and that alone"


_SCALARS = ("string", "integer", "number", "boolean")


def _parameters(openapi: Json, path: str, method: str) -> Iterator[tuple[str, Json]]:
    """Yield each parameter of an operation, and of its path, with its place."""
    item = openapi["paths"][path]
    for steps, holder in (((path,), item), ((path, method), item[method])):
        for index, given in enumerate(holder.get("parameters", [])):
            yield pointer("paths", *steps, "parameters", index), resolve(openapi, given)


def _parameter_faults(openapi: Json, path: str, method: str) -> Iterator[tuple[str, str]]:
    places: dict[str, str] = {}
    for place, parameter in _parameters(openapi, path, method):
        yield from _unknown_keys(place, parameter, _PARAMETER)
        if parameter["in"] not in ("path", "query"):
            yield place, "only path and query parameters are supported"
        if resolve(openapi, parameter.get("schema", {})).get("type") not in _SCALARS:
            yield place, f"should have a schema of one plain type: {', '.join(_SCALARS)}"
        if parameter.get("required") and "default" in resolve(openapi, parameter.get("schema", {})):
            yield place, "is required, so that its default is never used; leave out one of the two"
        if fault := name_fault(parameter["name"]):
            yield place, fault
        if places.setdefault(parameter["name"], place) != place:
            yield place, f"has the name {parameter['name']}, as {places[parameter['name']]} has"
    named = {found["name"] for _, found in _parameters(openapi, path, method) if found["in"] == "path"}
    if named != set(re.findall("{([^}]*)}", path)):
        yield pointer("paths", path, method), "describes other path parameters than its path has"
