"""Both schema documents, loaded once, and validators for any place in them."""

from __future__ import annotations

from typing import Any

from jsonschema import Draft202012Validator

from codegen.documents import ASYNCAPI, OPENAPI, load, registry

DOCUMENTS = load()

_REGISTRY = registry(DOCUMENTS)


def fits(reference: str, value: Any) -> bool:
    """Tell whether a value is what the schema at `reference` (file and JSON pointer) describes."""
    return not faults(reference, value)


def faults(reference: str, value: Any) -> list[str]:
    """Tell what the schema at `reference` objects to in a value."""
    validator = Draft202012Validator(
        {"$ref": reference}, registry=_REGISTRY, format_checker=Draft202012Validator.FORMAT_CHECKER
    )
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)]


def component(name: str) -> str:
    """Give the reference of a named schema, in whichever document it is."""
    inside = OPENAPI if name in DOCUMENTS.openapi["components"]["schemas"] else ASYNCAPI
    return f"{inside}#/components/schemas/{name}"
