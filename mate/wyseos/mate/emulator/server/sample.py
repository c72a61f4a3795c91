"""What an operation without a handler answers: the schema's own example, so that a new one runs at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Json = dict[str, Any]
Lookup = Callable[[Json], Json]
"""Follows a `$ref` to the schema that it names; gives any other schema as it is."""

_PLAIN = {"string": "text", "integer": 1, "number": 1.5, "boolean": True, "null": None}
_OF_FORMAT = {"date-time": "2025-06-01T07:30:00Z", "date": "2025-06-01"}


def sample(schema: Json, lookup: Lookup, depth: int = 0) -> Any:
    """Make a value that fits a schema: its example where it has one, else the plainest that it allows."""
    schema = lookup(schema)
    if schema.get("examples"):
        return schema["examples"][0]
    for word in ("default", "const"):
        if word in schema:
            return schema[word]
    if schema.get("enum"):
        return schema["enum"][0]
    for union in ("oneOf", "anyOf"):
        if schema.get(union):
            return sample(schema[union][0], lookup, depth + 1)
    if schema.get("type") == "array":
        wanted = depth < _DEEPEST or schema.get("minItems", 0)
        return [sample(schema.get("items", {}), lookup, depth + 1)] if wanted else []
    if schema.keys() & {"properties", "allOf"} or schema.get("type") == "object":
        return _object(schema, lookup, depth)
    return _OF_FORMAT.get(schema.get("format", ""), _PLAIN.get(schema.get("type", ""), {}))


# Objects that hold each other end somewhere.
_DEEPEST = 4


def _object(schema: Json, lookup: Lookup, depth: int) -> Json:
    found: Json = {}
    for part in schema.get("allOf", []):
        found |= _object(lookup(part), lookup, depth)
    properties = schema.get("properties", {})
    names = properties if depth < _DEEPEST else schema.get("required", [])
    return found | {name: sample(properties[name], lookup, depth + 1) for name in names if name in properties}
