"""Refuses parameters that the generator would drop or get silently wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator

from codegen.documents import Json, pointer, resolve
from codegen.names import name_fault, python_name

_PARAMETER = frozenset({"name", "in", "required", "description", "schema", "example", "examples", "deprecated"})
_SCALARS = ("string", "integer", "number", "boolean")


def parameter_faults(openapi: Json, path: str, method: str) -> Iterator[tuple[str, str, str]]:
    """Find the rule, place and fault of what is wrong with an operation's parameters."""
    places: dict[str, str] = {}
    for place, parameter in _parameters(openapi, path, method):
        for key in parameter:
            if key not in _PARAMETER and not key.startswith("x-"):
                yield "ignored", place + pointer(key), f"{key} is ignored by the generator"
        yield from _kind_faults(openapi, place, parameter)
        name = parameter["name"]
        if fault := name_fault(name, parameter.get("x-python-name")):
            yield "python-name", place, fault
        same = python_name(name, parameter.get("x-python-name"))
        if places.setdefault(same, place) != place:
            yield "python-name", place, f"has the name {name}, as {places[same]} has"
    named = {found["name"] for _, found in _parameters(openapi, path, method) if found["in"] == "path"}
    if named != set(re.findall("{([^}]*)}", path)):
        yield "path", pointer("paths", path, method), "describes other path parameters than its path has"


def _parameters(openapi: Json, path: str, method: str) -> Iterator[tuple[str, Json]]:
    """Yield each parameter of an operation, and of its path, with its place."""
    item = openapi["paths"][path]
    for steps, holder in (((path,), item), ((path, method), item[method])):
        for index, given in enumerate(holder.get("parameters", [])):
            yield pointer("paths", *steps, "parameters", index), resolve(openapi, given)


def _kind_faults(openapi: Json, place: str, parameter: Json) -> Iterator[tuple[str, str, str]]:
    schema = resolve(openapi, parameter.get("schema", {}))
    if parameter["in"] not in ("path", "query"):
        yield "parameter", place, "only path and query parameters are supported"
    if schema.get("type") not in _SCALARS:
        yield "parameter", place, f"should have a schema of one plain type: {', '.join(_SCALARS)}"
    if parameter.get("required") and "default" in schema:
        yield "parameter", place, "is required, so that its default is never used; leave out one of the two"
