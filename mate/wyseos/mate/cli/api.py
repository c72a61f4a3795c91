"""`wyse api`: any endpoint. Those of the schema are known with their arguments; others are called as they stand."""

from __future__ import annotations

import re
import sys
from difflib import get_close_matches
from importlib import import_module, resources
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import click

from wyseos.runtime import records
from wyseos.runtime.codec import dumps, loads

if TYPE_CHECKING:
    from wyseos.mate.cli.invocation import Invocation

_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@records.frozen
class Endpoint:
    """An operation of the OpenAPI document."""

    method: str
    path: str
    summary: str
    query: tuple[str, ...]
    body: tuple[str, ...]

    @property
    def in_path(self) -> list[str]:
        """The names of the path's parameters."""
        return re.findall(r"{(\w+)}", self.path)

    def fits(self, method: str, path: str) -> bool:
        """Tell whether a path is this one, written out or as a template."""
        pattern = "".join(
            r"[^/]+" if part.startswith("{") else re.escape(part) for part in re.split(r"({\w+})", self.path)
        )
        return method == self.method and re.fullmatch(pattern, path) is not None


def api(invocation: Invocation, method: str | None, path: str | None, values: tuple[str, ...], lists: bool) -> None:
    """Call an endpoint and write its data as JSON, or list the endpoints."""
    if lists or method is None:
        _list()
        return
    if method.startswith("/"):  # `wyse api /team/lists` reads
        method, path, values = "GET", method, tuple(filter(None, (path, *values)))
    if path is None or method.upper() not in _METHODS:
        raise click.UsageError(
            f"Say a method ({', '.join(_METHODS)}) and a path; `wyse api --list` shows what there is."
        )
    method = method.upper()
    named = dict(named_value(each, "{!r} is not NAME=VALUE.") for each in values)
    endpoint = next((known for known in endpoints() if known.fits(method, path)), None)
    if endpoint is not None:
        _check(endpoint, named)
    path = _filled(path, named)
    is_query = method in ("GET", "DELETE")
    query = (
        {name: value if isinstance(value, str | list) else dumps(value) for name, value in named.items()}
        if is_query
        else None
    )
    data = invocation.client.request(method, path, query=query or None, json=None if is_query else named)
    sys.stdout.write(dumps(data) + "\n")


def endpoints() -> list[Endpoint]:
    """Return the endpoints of the schema that is shipped."""
    package = import_module("wyseos.generated").__name__
    document = loads(resources.files(package).joinpath("schema/openapi.json").read_text("utf-8"))
    return [
        Endpoint(
            method.upper(),
            path,
            operation.get("summary") or operation.get("description", ""),
            tuple(_query(document, operation)),
            tuple(_body(document, operation)),
        )
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
        if method.upper() in _METHODS
    ]


def _list() -> None:
    for endpoint in endpoints():
        names = " ".join(f"[{name}=…]" for name in (*endpoint.query, *endpoint.body))
        print(f"{endpoint.method:6} {endpoint.path} {names}".rstrip())


def _resolved(document: dict[str, Any], node: Any) -> Any:
    while isinstance(node, dict) and "$ref" in node:
        found: Any = document
        for part in node["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        node = found
    return node


def _query(document: dict[str, Any], operation: dict[str, Any]) -> list[str]:
    parameters = (_resolved(document, each) for each in operation.get("parameters", ()))
    return [parameter["name"] for parameter in parameters if parameter["in"] == "query"]


def _body(document: dict[str, Any], operation: dict[str, Any]) -> list[str]:
    content = _resolved(document, operation.get("requestBody", {})).get("content", {})
    schema = _resolved(document, content.get("application/json", {}).get("schema", {}))
    return list(schema.get("properties", {}))


def named_value(text: str, fault: str) -> tuple[str, Any]:
    """Read `NAME=VALUE`; `fault` is the format of what is told of another text."""
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise click.UsageError(fault.format(text))
    return name, _json_or_text(value)


def _json_or_text(value: str) -> Any:
    """Read a value of the command line: JSON where it is an object, a list, a number or a truth value, else text."""
    if value[:1] in ("{", "[") or value in ("true", "false", "null") or value.lstrip("-").isdecimal():
        try:
            return loads(value)
        except ValueError:
            return value
    return value


def _check(endpoint: Endpoint, named: dict[str, Any]) -> None:
    known = [*endpoint.query, *endpoint.body, *endpoint.in_path]
    for name in named:
        if name not in known:
            near = get_close_matches(name, known, 1)
            hint = f" Did you mean {near[0]!r}?" if near else f" There are: {', '.join(known) or 'none'}."
            raise click.UsageError(f"{endpoint.method} {endpoint.path} has no argument {name!r}.{hint}")


def _filled(path: str, named: dict[str, Any]) -> str:
    def value(found: re.Match[str]) -> str:
        if found[1] not in named:
            raise click.UsageError(f"The path needs {found[1]}=…")
        return quote(str(named.pop(found[1])), safe="")

    return re.sub(r"{(\w+)}", value, path)
