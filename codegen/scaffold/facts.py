"""What the drafts of an operation say, taken from the schema."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from codegen.changes.surface import Field, Operation, surface
from codegen.documents import OPENAPI, Documents, Json, last_part, operations, resolve
from codegen.errors import SpecError
from codegen.merge import is_json, merge


class Given(NamedTuple):
    """A parameter of a drafted method."""

    name: str
    type: str
    default: str | None
    doc: str
    example: Any

    @property
    def declaration(self) -> str:
        """How it stands in the signature."""
        return f"{self.name}: {self.type}" + ("" if self.default is None else f" = {self.default}")


class Facts(NamedTuple):
    """An operation, ready for the templates."""

    operation: str
    tag: str
    name: str
    summary: str
    parameters: list[Given]
    positional: int
    """How many of them are given by place: ids of the path, and a body."""
    returns: str
    classes: list[str]
    """The models and enumerations that the signature names."""
    arguments: str
    """Those of a call in a test."""


def facts(documents: Documents, operation: str, name: str | None) -> Facts:
    """Take the facts.

    Args:
        documents: the schema.
        operation: its operationId.
        name: what the method is called; the operationId if None.

    Raises:
        SpecError: there is no such operation, or its body is no JSON, which no draft can guess.
    """
    found = surface(documents).operations
    if operation not in found:
        raise SpecError(OPENAPI, f"there is no operation {operation}; add it, then `make generate`")
    fact = found[operation]
    if fact.body and not is_json(fact.body.split()[0]):
        told = f"{operation} takes {fact.body.split()[0]}"
        raise SpecError(OPENAPI, f"{told}; write it by the side of mate/wyseos/mate/services/file_upload.py")
    raw = next(each for _, _, each in operations(documents.openapi) if each["operationId"] == operation)
    placed, named = _parameters(documents, raw, fact)
    must = [each for each in (*placed, *named) if each.default is None]
    arguments = ", ".join(repr(each.example) if each in placed else f"{each.name}={each.example!r}" for each in must)
    types = " ".join([fact.returns, *(each.type for each in (*placed, *named))])
    merged = merge(documents)
    classes = sorted({word for word in re.findall(r"\w+", types) if word in merged["components"]["schemas"]})
    return Facts(
        operation, fact.tag, name or operation, str(raw["summary"]).rstrip(".") + ".", [*placed, *named], len(placed),
        fact.returns, classes, arguments,
    )  # fmt: skip


def _parameters(documents: Documents, raw: Json, fact: Operation) -> tuple[list[Given], list[Given]]:
    described = {each["name"]: each for each in _raw_parameters(documents, raw, fact)}
    given = [_given(field, described[wire]) for wire, field in fact.parameters.items()]
    places = [field.place for field in fact.parameters.values()]
    placed = [each for each, place in zip(given, places, strict=True) if place == "path"]
    named = sorted(
        (each for each, place in zip(given, places, strict=True) if place != "path"),
        key=lambda each: each.default is not None,
    )
    if fact.body:
        model = last_part(fact.body.split()[1])
        schema = merge(documents)["components"]["schemas"][model]
        example: Any = next(iter(schema.get("examples", [])), {})
        doc = "what to send, also as a dict of its fields."
        placed.append(Given("request", f"{model} | dict[str, Any]", None, doc, example))
    return placed, named


def _raw_parameters(documents: Documents, raw: Json, fact: Operation) -> Iterator[Json]:
    for each in (*documents.openapi["paths"][fact.path].get("parameters", []), *raw.get("parameters", [])):
        yield resolve(documents.openapi, each)


def _given(field: Field, raw: Json) -> Given:
    default = None if field.required else "None"
    kind = field.type if field.required else f"{field.type} | None"
    told = str(raw.get("description", "as on the wire.")).strip()
    told += f" Without it, the service takes {field.default}." if field.default else ""
    return Given(field.name, kind, default, told[:1].lower() + told[1:], raw.get("example"))
