"""Validates both schema documents, offline, and holds them to the house rules: `python -m codegen.lint`.

A fault names its file and JSON pointer. Four kinds are looked for, each only if the one before found nothing:
references that point nowhere, schemas that are none, what the official validators object to in the documents around
them, and what our own rules ask for beyond that.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from jsonschema import Draft7Validator, Draft202012Validator, ValidationError
from jsonschema.exceptions import best_match
from openapi_spec_validator import OpenAPIV31SpecValidator
from referencing import Registry
from referencing.exceptions import Unresolvable
from referencing.jsonschema import DRAFT202012, Schema

from codegen.documents import ASYNCAPI, OPENAPI, ROOT, Documents, Json, load, pointer, walk
from codegen.errors import SpecError

_SCHEMA = Draft202012Validator(Draft202012Validator.META_SCHEMA)
_ASYNCAPI_METASCHEMA = Path(__file__).parent / "metaschema" / "asyncapi-3.0.0.json"


class _Rule(NamedTuple):
    """What the nodes at a place of a document must have. In a place, `*` stands for any one step."""

    document: str
    place: tuple[str, ...]
    needs: tuple[str, ...]


_RULES = (
    _Rule(OPENAPI, ("paths", "*", "*"), ("operationId", "tags", "summary", "description", "security")),
    _Rule(OPENAPI, ("paths", "*", "*", "parameters", "*"), ("description", "example")),
    _Rule(OPENAPI, ("components", "parameters", "*"), ("description", "example")),
    _Rule(OPENAPI, ("components", "schemas", "*"), ("description", "examples")),
    _Rule(ASYNCAPI, ("channels", "*"), ("title", "summary", "description")),
    _Rule(ASYNCAPI, ("operations", "*"), ("title", "summary", "messages")),
    _Rule(ASYNCAPI, ("components", "messages", "*"), ("name", "title", "summary", "payload", "examples")),
    _Rule(ASYNCAPI, ("components", "schemas", "*"), ("description", "examples")),
)


def lint(documents: Documents) -> list[SpecError]:
    """Find what is wrong with the two documents.

    Returns:
        The faults, in the order of the documents; none if both are sound.
    """
    for check in (_dangling_references, _invalid_schemas, _invalid_documents, _missing_fields):
        if faults := list(check(documents)):
            return faults
    return []


def registry(documents: Documents) -> Registry[Schema]:
    """Make both documents known under their file names, so that references from one to the other are found."""
    named = zip((OPENAPI, ASYNCAPI), documents, strict=True)
    return Registry().with_resources((name, DRAFT202012.create_resource(document)) for name, document in named)


def _nodes(documents: Documents) -> Iterator[tuple[str, tuple[str | int, ...], Json]]:
    for name, document in zip((OPENAPI, ASYNCAPI), documents, strict=True):
        for path, node in walk(document):
            yield name, path, node


def _dangling_references(documents: Documents) -> Iterator[SpecError]:
    known = registry(documents)
    for name, path, node in _nodes(documents):
        reference = node.get("$ref")
        if not isinstance(reference, str):
            continue
        try:
            known.resolver(name).lookup(reference)
        except Unresolvable:
            yield _fault(name, path, f"refers to {reference}, which is nowhere")


def _invalid_schemas(documents: Documents) -> Iterator[SpecError]:
    # The validators below look into schemas too, but do not tell which one is at fault.
    for name, path, node in _nodes(documents):
        if path[-2:-1] != ("schemas",) and path[-1:] != ("schema",):
            continue
        for error in _SCHEMA.iter_errors(node):
            place, message = _deepest(error)
            yield _fault(name, (*path, *place), message)


def _invalid_documents(documents: Documents) -> Iterator[SpecError]:
    for error in OpenAPIV31SpecValidator(documents.openapi).iter_errors():
        # One of its backends quotes the rule and the value below the first line.
        yield _fault(OPENAPI, error.absolute_path, error.message.partition("\n")[0])
    for error in _asyncapi_metaschema().iter_errors(documents.asyncapi):
        yield _fault(ASYNCAPI, *_deepest(error))


@cache
def _asyncapi_metaschema() -> Draft7Validator:
    return Draft7Validator(json.loads(_ASYNCAPI_METASCHEMA.read_bytes()))


def _deepest(error: ValidationError) -> tuple[Iterable[Any], str]:
    # The meta-schemas are full of "a reference or a thing": what is wrong with the thing tells more than "neither".
    deepest = best_match([error]) or error
    return deepest.absolute_path, deepest.message


def _missing_fields(documents: Documents) -> Iterator[SpecError]:
    for name, path, node in _nodes(documents):
        if "$ref" in node:
            continue  # described where it points to
        if "properties" in node:
            for field in sorted(set(node.get("required", ())) - set(node["properties"])):
                yield _fault(name, path, f"requires {field}, which it does not describe")
        for field in _needed(name, path):
            if node.get(field) in (None, "", []):
                yield _fault(name, path, f"has no {field}")


def _needed(name: str, path: tuple[str | int, ...]) -> tuple[str, ...]:
    if len(path) > 1 and path[-2] == "properties":
        return ("description",)
    for rule in _RULES:
        if rule.document == name and _is_at(path, rule.place):
            return rule.needs
    return ()


def _is_at(path: tuple[str | int, ...], place: tuple[str, ...]) -> bool:
    return len(path) == len(place) and all(fnmatchcase(str(step), want) for step, want in zip(path, place, strict=True))


def _fault(name: str, path: Iterable[str | int], message: str) -> SpecError:
    return SpecError(f"{name}#{pointer(*path)}", message)


def main(root: Path = ROOT) -> int:
    """Lint the documents below `root` and print what is wrong with them.

    Returns:
        The process's exit status: 0 if both documents are sound, else 1.
    """
    try:
        faults = lint(load(root))
    except SpecError as unreadable:
        faults = [unreadable]
    for fault in faults:
        print(fault, file=sys.stderr)
    if not faults:
        print(f"{OPENAPI} and {ASYNCAPI} are sound")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
