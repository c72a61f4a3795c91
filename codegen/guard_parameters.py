"""Refuses parameters that the generator would drop or get silently wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator

from codegen.documents import Json, pointer, resolve
from codegen.merge import MULTIPART, URLENCODED
from codegen.names import name_fault, python_name

_PARAMETER = frozenset({
    "name", "in", "required", "description", "schema", "example", "examples", "deprecated", "style", "explode",
})  # fmt: skip
_SCALARS = ("string", "integer", "number", "boolean")


def parameter_faults(openapi: Json, path: str, method: str) -> Iterator[tuple[str, str, str]]:
    """Find the rule, place and fault of what is wrong with an operation's parameters."""
    places = _of_the_body(openapi, path, method)
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


def _of_the_body(openapi: Json, path: str, method: str) -> dict[str, str]:
    """Give the arguments that the body becomes, each with its place: the fields of a form, or else `body`."""
    body = resolve(openapi, openapi["paths"][path][method].get("requestBody", {}))
    place = pointer("paths", path, method, "requestBody")
    for kind, media in body.get("content", {}).items():
        if kind not in (MULTIPART, URLENCODED):
            return {"body": place}
        form = resolve(openapi, media.get("schema", {})).get("properties", {})
        return {python_name(name, given.get("x-python-name")): place for name, given in form.items()}
    return {}


def _parameters(openapi: Json, path: str, method: str) -> Iterator[tuple[str, Json]]:
    """Yield each parameter of an operation, and of its path, with its place."""
    item = openapi["paths"][path]
    for steps, holder in (((path,), item), ((path, method), item[method])):
        for index, given in enumerate(holder.get("parameters", [])):
            yield pointer("paths", *steps, "parameters", index), resolve(openapi, given)


def _kind_faults(openapi: Json, place: str, parameter: Json) -> Iterator[tuple[str, str, str]]:
    schema = resolve(openapi, parameter.get("schema", {}))
    held = resolve(openapi, schema.get("items", {})) if schema.get("type") == "array" else schema
    where = parameter["in"]
    if where == "header" and parameter["name"].lower() in OF_THE_TRANSPORT:
        yield "parameter", place, f"{parameter['name']} is the transport's own, or a credential: say it as `security`"
    if parameter.get("style", next(iter(STYLES[where]))) not in STYLES[where]:
        told = f"{parameter['style']} is no style that is sent; {_INSTEAD}"
        yield "parameter", place, told
    elif schema.get("type") == "array" and where in ("path", "cookie"):
        yield "parameter", place, f"is a list in a {where}; make it a string, in which the caller joins them"
    elif held.get("type") not in _SCALARS:
        told = f"should have a schema of one plain type ({', '.join(_SCALARS)}), or of a list of one; {_INSTEAD}"
        yield "parameter", place, told
    if where == "path" and not parameter.get("required"):
        yield "parameter", place, "is in the path, and so required; say `required: true`"
    if parameter.get("required") and "default" in schema:
        yield "parameter", place, "is required, so that its default is never used; leave out one of the two"


STYLES: dict[str, dict[str, str]] = {
    "path": {"simple": ","},
    "query": {"form": ",", "spaceDelimited": " ", "pipeDelimited": "|"},
    "header": {"simple": ","},
    "cookie": {"form": ","},
}
"""The styles of each place, its own first, and what stands between a list's elements."""
_INSTEAD = "describe each `name[key]` of an object as a parameter of its own, with `x-python-name`"
OF_THE_TRANSPORT = {
    "accept", "accept-encoding", "authorization", "connection", "content-length", "content-type", "cookie", "host",
    "trailer", "transfer-encoding", "upgrade", "x-api-key",
}  # fmt: skip


def separator(parameter: Json) -> str:
    """What stands between the elements of a list; empty where each is told by itself, as a query's `form` does."""
    styles = STYLES[parameter["in"]]
    style = parameter.get("style", next(iter(styles)))
    is_exploded = parameter["in"] == "query" and parameter.get("explode", style == "form")
    return "" if is_exploded else styles[style]
