"""What users of the SDK see of two schema documents: operations, models and messages, each as plain facts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from codegen.documents import Documents, Json, last_part, operations, resolve, seen_through, walk
from codegen.literals import literal
from codegen.merge import ANSWERS, JSON, SENDS, is_json, merge, message_payloads, reached
from codegen.names import python_name

_LIMITS = ("minLength", "maxLength", "minItems", "maxItems", "minimum", "maximum", "pattern")


class Field(NamedTuple):
    """A field of a model, or a parameter of an operation."""

    name: str
    """Its name in Python."""
    wire: str
    type: str
    required: bool
    limits: Mapping[str, Any]
    values: tuple[Any, ...]
    default: str | None
    deprecated: bool
    place: str = ""
    """Where a parameter stands: `path`, `query`, `header` or `cookie`."""

    @property
    def is_promised(self) -> bool:
        """Whether a reader may count on it: it is required, and not null."""
        return self.required and not self.type.endswith("| None")


class Model(NamedTuple):
    """A class, or an enumeration (which has values and no fields)."""

    fields: Mapping[str, Field]
    values: tuple[Any, ...]
    written: bool
    """Whether users make it, to be sent."""
    read: bool
    """Whether the service sends it."""
    deprecated: bool


class Operation(NamedTuple):
    """An endpoint."""

    tag: str
    method: str
    path: str
    parameters: Mapping[str, Field]
    body: str | None
    returns: str
    security: tuple[str, ...]
    deprecated: bool
    models: frozenset[str]
    """The models that it takes and gives, also within others."""


class Message(NamedTuple):
    """A message of the WebSocket."""

    direction: str
    """`receive` or `send`, from the SDK's side."""
    models: frozenset[str]


class Surface(NamedTuple):
    """All of it, by the names in the schema."""

    operations: Mapping[str, Operation]
    models: Mapping[str, Model]
    messages: Mapping[str, Message]
    words: tuple[str, ...]
    """Every text that is for people, to tell that one changed."""


def surface(documents: Documents) -> Surface:
    """Take the facts from two valid documents."""
    merged = merge(documents)
    found = {
        operation["operationId"]: _operation(merged, path, method, operation)
        for path, method, operation in operations(merged)
    }
    sent, received = message_payloads(documents.asyncapi)
    bodies = [operation.get("requestBody", {}) for _, _, operation in operations(merged)]
    answers = [operation.get("responses", {}) for _, _, operation in operations(merged)]
    written, read = reached(merged, [*bodies, *sent]), reached(merged, [*answers, *received])
    models = {
        name: _model(merged, schema, name in written, name in read)
        for name, schema in merged["components"]["schemas"].items()
        if _is_class(schema)
    }
    payloads = [*(("send", payload) for payload in sent), *(("receive", payload) for payload in received)]
    messages = {
        last_part(payload["$ref"]): Message(direction, reached(merged, [payload])) for direction, payload in payloads
    }
    return Surface(found, models, messages, tuple(_words(documents)))


def _is_class(schema: Json) -> bool:
    return bool(schema.keys() & {"properties", "allOf", "enum"})


def _words(documents: Documents) -> list[str]:
    return [
        str(node[word])
        for document in documents
        for _, node in walk(document)
        for word in ("description", "summary")
        if isinstance(node.get(word), str)
    ]


def _model(merged: Json, schema: Json, written: bool, read: bool) -> Model:
    fields = {name: _field(merged, name, given, name in required) for name, given, required in _fields(merged, schema)}
    values = tuple(schema.get("enum", ()))
    return Model(fields, values, written, read, bool(schema.get("deprecated")))


def _fields(merged: Json, schema: Json) -> list[tuple[str, Json, frozenset[str]]]:
    """List the properties of a schema, and those that it takes from others, in their order."""
    found: dict[str, Json] = {}
    required: set[str] = set()
    waiting = [schema]
    while waiting:
        part = resolve(merged, waiting.pop(0))
        found |= part.get("properties", {})
        required |= set(part.get("required", ()))
        waiting = [*part.get("allOf", ()), *waiting]
    return [(name, given, frozenset(required)) for name, given in found.items()]


def _field(merged: Json, wire: str, given: Json, required: bool, place: str = "") -> Field:
    seen = seen_through(merged, given)
    default = seen.get("default")
    return Field(
        python_name(wire, seen.get("x-python-name")),
        wire,
        type_of(merged, given),
        required,
        {limit: seen[limit] for limit in _LIMITS if limit in seen},
        tuple(seen.get("enum", ())),
        None if default is None else "[]" if default == [] else literal(default),
        bool(seen.get("deprecated")),
        place,
    )


def _operation(merged: Json, path: str, method: str, operation: Json) -> Operation:
    given = [*merged["paths"][path].get("parameters", []), *operation.get("parameters", [])]
    parameters = {}
    for each in (resolve(merged, parameter) for parameter in given):
        own: Json = {word: each[word] for word in ("deprecated", "x-python-name") if word in each}
        required = bool(each.get("required"))
        parameters[each["name"]] = _field(
            merged, each["name"], {**each["schema"], **own}, required, str(each.get("x-in", each["in"]))
        )
    body = resolve(merged, operation["requestBody"]) if "requestBody" in operation else {}
    kind = operation[SENDS]
    taken = [
        f"{kind} {last_part(media['schema']['$ref'])}" if "$ref" in media["schema"] else kind
        for media in body.get("content", {}).values()
    ]
    data = operation["responses"]["200"]["content"]["application/json"]["schema"]
    answers = operation[ANSWERS]
    returns = type_of(merged, data) if is_json(answers or JSON) else "str" if answers.startswith("text/") else "bytes"
    security = tuple(sorted(name for each in operation.get("security", []) for name in each))
    models = reached(merged, [operation.get("requestBody", {}), operation["responses"]])
    return Operation(
        operation["tags"][0], method.upper(), path, parameters, next(iter(taken), None), returns,
        security, bool(operation.get("deprecated")), models,
    )  # fmt: skip


_TYPES = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}
_FORMATS = {"date-time": "datetime", "date": "date", "binary": "file", "password": "str"}


def type_of(merged: Json, schema: Json) -> str:
    """Write what a schema is in Python's terms, for comparing and for people."""
    if "$ref" in schema:
        named = merged["components"]["schemas"][last_part(schema["$ref"])]
        return last_part(schema["$ref"]) if _is_class(named) else type_of(merged, named)
    if "const" in schema:
        return f"Literal[{schema['const']!r}]"
    for union in ("oneOf", "anyOf"):
        if union in schema:
            parts = list(dict.fromkeys(type_of(merged, part) for part in schema[union]))
            return " | ".join([*(part for part in parts if part != "None"), *(["None"] if "None" in parts else [])])
    if schema.get("type") == "array":
        return f"list[{type_of(merged, schema.get('items', {}))}]"
    if schema.get("type") == "object":
        values = schema.get("additionalProperties")
        return f"dict[str, {type_of(merged, values) if isinstance(values, dict) else 'Any'}]"
    plain = _TYPES.get(schema.get("type", ""), "Any")
    return _FORMATS.get(schema.get("format", ""), plain) if plain == "str" else plain
