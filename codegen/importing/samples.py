"""Schemas from examples, and examples from schemas, where a document has only one of the two."""

from __future__ import annotations

from typing import Any

from codegen.documents import Json, resolve

_KINDS = {str: "string", bool: "boolean", int: "integer", float: "number"}


def schema_of(examples: list[Any]) -> Json:
    """Make the schema that all examples fit: what every object has is required, what one has is optional."""
    examples = list(examples)
    present = [example for example in examples if example is not None]
    if not present:
        return {}
    schema = _of(present)
    return schema if len(present) == len(examples) or not schema else {"oneOf": [schema, {"type": "null"}]}


def _of(present: list[Any]) -> Json:
    kinds = {type(example) for example in present}
    if kinds == {dict}:
        names = list(dict.fromkeys(name for example in present for name in example))
        properties = {name: schema_of([example[name] for example in present if name in example]) for name in names}
        required = [name for name in names if all(name in example for example in present)]
        return {"type": "object", "properties": properties, **({"required": required} if required else {})}
    if kinds == {list}:
        return {"type": "array", "items": schema_of([element for example in present for element in example])}
    if kinds == {int, float}:
        return {"type": "number"}
    return {"type": _KINDS[next(iter(kinds))]} if len(kinds) == 1 else {}


_PLAIN: Json = {"string": "text", "integer": 1, "number": 1.5, "boolean": True, "null": None}
_OF_FORMAT = {
    "date-time": "2025-06-01T07:30:00Z", "date": "2025-06-01", "uuid": "6f9619ff-8b86-4d01-b42d-00cf4fc964ff",
    "email": "ada@example.com", "uri": "https://example.com", "ipv4": "192.0.2.1",
}  # fmt: skip


def sample_of(document: Json, schema: Json, within: tuple[str, ...] = ()) -> Any:
    """Make an example that fits a schema, as plain as it can be: what is optional is left out."""
    name = schema.get("$ref", "")
    schema = resolve(document, schema)
    if schema.get("examples"):
        return schema["examples"][0]
    for word in ("default", "const"):
        if word in schema:
            return schema[word]
    if schema.get("enum"):
        return schema["enum"][0]
    if schema.get("oneOf"):
        return sample_of(document, schema["oneOf"][-1], (*within, name))
    if schema.get("type") == "array":
        count = 0 if name in within else schema.get("minItems", 0)
        return [sample_of(document, schema.get("items", {}), (*within, name))] * count
    if schema.get("type") == "object" or schema.keys() & {"properties", "allOf"}:
        return _object(document, schema, (*within, name))
    return _plain(schema)


def _object(document: Json, schema: Json, within: tuple[str, ...]) -> Json:
    found: Json = {}
    for part in schema.get("allOf", []):
        found |= _object(document, resolve(document, part), within)
    for name in schema.get("required", []):
        if name in schema.get("properties", {}) and len(within) < 9:
            found[name] = sample_of(document, schema["properties"][name], within)
    return found


def _plain(schema: Json) -> Any:
    value: Any = _OF_FORMAT.get(schema.get("format", ""), _PLAIN.get(schema.get("type", ""), {}))
    if isinstance(value, str):
        value = value.ljust(schema.get("minLength", 0), "t")[: schema.get("maxLength", 10**6)]
    elif isinstance(value, int | float) and not isinstance(value, bool):
        value = max(value, schema.get("minimum", value))
        value = min(value, schema.get("maximum", value))
    return value
