"""Refuses what the generator would warn about, drop, or get silently wrong, naming the place in the spec."""

from __future__ import annotations

from collections.abc import Iterator

from codegen.documents import ASYNCAPI, OPENAPI, Documents, Json, last_part, operations, pointer, resolve, walk
from codegen.errors import SpecError

_BODY_TYPES = {"application/json", "multipart/form-data"}

Path = tuple[str | int, ...]


def guard(documents: Documents) -> None:
    """Check both documents against every rule.

    Raises:
        SpecError: at the first place that a rule objects to.
    """
    for name, document in zip((OPENAPI, ASYNCAPI), documents, strict=True):
        for path, node in walk(document):
            if _is_sample(path):
                continue
            if fault := _node_fault(path, node):
                raise SpecError(f"{name}#{pointer(*path)}", fault)
    for place, fault in _operation_faults(documents.openapi):
        raise SpecError(f"{OPENAPI}#{place}", fault)
    _refuse_duplicates(documents)


def _is_sample(path: Path) -> bool:
    return any(part in ("example", "examples", "default") for part in path)


def _names_properties(path: Path) -> bool:
    """Whether the mapping at this path has property names as its keys, which mean nothing to JSON Schema."""
    return bool(path) and path[-1] == "properties" and (len(path) < 2 or path[-2] != "properties")


# What a mapping must not hold: the key, whether its value matters too, and what to write instead.
_FORBIDDEN_KEYS = {
    "discriminator": "a discriminator is ignored by the generator; events are told apart by the const of their `type`",
    "nullable": 'nullable is OpenAPI 3.0; use oneOf with `type: "null"`',
    "text/event-stream": "text/event-stream would be read as one text; the service has no such answer",
    "patternProperties": "patternProperties is ignored by the generator; use additionalProperties",
}
_FORBIDDEN_PROPERTIES = {
    "additional_properties": "clashes with every model's own additional_properties; name it otherwise",
}


def _node_fault(path: Path, node: Json) -> str | None:
    forbidden = _FORBIDDEN_PROPERTIES if _names_properties(path) else _FORBIDDEN_KEYS
    for key, fault in forbidden.items():
        if key in node:
            return fault
    if isinstance(node.get("type"), list) and "enum" in node and not _names_properties(path):
        return 'a list of types with an enum makes junk enums; use oneOf with `type: "null"`'
    return None


def _operation_faults(openapi: Json) -> Iterator[tuple[str, str]]:
    seen: dict[str, str] = {}
    for path, method, operation in operations(openapi):
        place = pointer("paths", path, method)
        name = operation.get("operationId")
        if not name:
            yield place, "has no operationId, which names its module"
        elif name in seen:
            yield place, f"its operationId {name} is that of {seen[name]} too"
        seen[str(name)] = place
        if "security" not in operation:
            yield place, "has no security of its own; the generator ignores the document's"
        if len(operation.get("tags", [])) != 1:
            yield place, "needs exactly one tag, which names its folder"
        yield from _content_faults(openapi, place, operation)
        yield from _parameter_faults(openapi, place, operation)


def _content_faults(openapi: Json, place: str, operation: Json) -> Iterator[tuple[str, str]]:
    content = operation.get("requestBody", {}).get("content", {})
    for kind in content:
        if kind not in _BODY_TYPES:
            yield place + pointer("requestBody", "content", kind), "is not supported; use JSON or multipart/form-data"
    if len(content) > 1:
        yield place + pointer("requestBody"), "has several content types; describe one"
    successes = [status for status in operation.get("responses", {}) if str(status).startswith("2")]
    if successes != ["200"]:
        yield place + pointer("responses"), "should describe exactly one success, under '200' (a string)"
        return
    answer = resolve(openapi, operation["responses"]["200"])
    if list(answer.get("content", {})) != ["application/json"]:
        yield place + pointer("responses", "200"), "should answer application/json, and that alone"


def _parameter_faults(openapi: Json, place: str, operation: Json) -> Iterator[tuple[str, str]]:
    for index, given in enumerate(operation.get("parameters", [])):
        parameter = resolve(openapi, given)
        if parameter.get("in") not in ("path", "query"):
            yield place + pointer("parameters", index), "only path and query parameters are supported"
        if "schema" not in parameter:
            yield place + pointer("parameters", index), "has no schema, so it would be dropped"


def _refuse_duplicates(documents: Documents) -> None:
    ours = documents.openapi.get("components", {}).get("schemas", {})
    for name, schema in documents.asyncapi.get("components", {}).get("schemas", {}).items():
        # A bare reference under the same name is an alias, and means the same class.
        if name in ours and last_part(schema.get("$ref", "")) != name:
            raise SpecError(f"{ASYNCAPI}#{pointer('components', 'schemas', name)}", f"is in {OPENAPI} too; refer to it")
