"""Validates both schema documents, offline, and holds them to the house rules: `python -m codegen lint`.

A fault names its file, line, JSON pointer and rule; docs/regenerate.md lists the rules. First come references that
point nowhere or in a circle, then schemas that are none and what the official validators object to; only where a
document is valid can the rest be asked, and that is told all at once: the house rules, and what the generator can't do.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from jsonschema import Draft7Validator, Draft202012Validator, ValidationError
from jsonschema.exceptions import best_match
from openapi_spec_validator import OpenAPIV31SpecValidator
from referencing.exceptions import Unresolvable

from codegen.documents import ASYNCAPI, OPENAPI, ROOT, Documents, Json, load, operations, pointer, registry, walk
from codegen.errors import SpecError
from codegen.guard import guard_faults
from codegen.lines import report
from codegen.lint_examples import example_faults
from codegen.lint_messages import message_faults
from codegen.render import render_faults

_SCHEMA = Draft202012Validator(Draft202012Validator.META_SCHEMA)
_ASYNCAPI_METASCHEMA = Path(__file__).parent / "metaschema" / "asyncapi-3.0.0.json"


class _Rule(NamedTuple):
    """What the nodes at a place of a document must have. In a place, `*` stands for any one step."""

    document: str
    place: tuple[str, ...]
    needs: tuple[str, ...]


_RULES = (
    _Rule(OPENAPI, ("paths", "*", "*"), ("summary", "description", "responses")),
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
    for checks in _STAGES:
        if faults := [fault for check in checks for fault in check(documents)]:
            return faults
    return []


def _references(documents: Documents) -> Iterator[SpecError]:
    yield from _dangling_references(documents)
    yield from _circles(documents)


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
            yield _fault(name, path, f"refers to {reference}, which is nowhere", "reference")


def _circles(documents: Documents) -> Iterator[SpecError]:
    """Find schemas that are only ever each other: they are nothing, and looking for what they are has no end."""
    known = {
        (name, schema): given
        for name, document in zip((OPENAPI, ASYNCAPI), documents, strict=True)
        for schema, given in document.get("components", {}).get("schemas", {}).items()
    }
    leads = {key: {_target(key[0], part) for part in _itself(given)} & known.keys() for key, given in known.items()}
    for key in known:
        met: set[tuple[str, str]] = set()
        waiting = [key]
        while waiting:
            met |= (following := leads[waiting.pop()] - met)
            waiting += following
        if key in met:
            yield _fault(key[0], ("components", "schemas", key[1]), "is made of itself, and so is nothing", "reference")


def _itself(schema: Any) -> list[Json]:
    """Give what a schema is, rather than what it holds."""
    parts = [schema, *schema.get("allOf", [])] if isinstance(schema, dict) else []
    return [part for part in parts if isinstance(part, dict)]


def _target(name: str, part: Json) -> tuple[str, str]:
    file, _, place = str(part.get("$ref", "")).partition("#")
    return (OPENAPI if file.endswith("openapi.yaml") else name, place.removeprefix("/components/schemas/"))


def _invalid(documents: Documents) -> list[SpecError]:
    # The validators of documents look into schemas too, but do not tell which one is at fault.
    found = list(_invalid_documents(documents))
    return (list(_invalid_schemas(documents)) or found) if found else []


def _invalid_schemas(documents: Documents) -> Iterator[SpecError]:
    for name, path, node in _nodes(documents):
        if path[-2:-1] != ("schemas",) and path[-1:] != ("schema",):
            continue
        for error in _SCHEMA.iter_errors(node):
            place, message = _deepest(error)
            yield _fault(name, (*path, *place), message, "schema")


def _invalid_documents(documents: Documents) -> Iterator[SpecError]:
    for error in OpenAPIV31SpecValidator(documents.openapi).iter_errors():
        # One of its backends quotes the rule and the value below the first line.
        yield _fault(OPENAPI, error.absolute_path, error.message.partition("\n")[0], "openapi")
    for error in _asyncapi_metaschema().iter_errors(documents.asyncapi) if documents.asyncapi else ():
        yield _fault(ASYNCAPI, *_deepest(error), "asyncapi")


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
        for field in _needed(name, path):
            if node.get(field) in (None, "", []):
                yield _fault(name, path, f"has no {field}; write one", "example" if "example" in field else "words")


def _needed(name: str, path: tuple[str | int, ...]) -> tuple[str, ...]:
    if len(path) > 1 and path[-2] == "properties":
        return ("description",)
    for rule in _RULES:
        if rule.document == name and _is_at(path, rule.place):
            return rule.needs
    return ()


def _is_at(path: tuple[str | int, ...], place: tuple[str, ...]) -> bool:
    return len(path) == len(place) and all(fnmatchcase(str(step), want) for step, want in zip(path, place, strict=True))


def _missing_errors(documents: Documents) -> Iterator[SpecError]:
    for path, method, operation in operations(documents.openapi):
        kinds = {str(status)[:1] for status in operation.get("responses", {})}
        if not {"4", "5"} <= kinds:
            told = "describes no error of the caller (4xx) or of the service (5xx); refer to the answers of components"
            yield _fault(OPENAPI, ("paths", path, method, "responses"), told, "error-answer")


def _fault(name: str, path: Iterable[str | int], message: str, rule: str) -> SpecError:
    return SpecError(f"{name}#{pointer(*path)}", message, rule)


_STAGES: tuple[tuple[Callable[[Documents], Iterable[SpecError]], ...], ...] = (
    (_references,),
    (_invalid,),
    (_missing_fields, _missing_errors, guard_faults, example_faults, message_faults),
)


def main(root: Path = ROOT) -> int:
    """Lint the documents below `root` and print what is wrong with them.

    Returns:
        The process's exit status: 0 if both documents are sound, else 1.
    """
    try:
        documents = load(root)
        faults = lint(documents) or render_faults(documents)
    except SpecError as unreadable:
        faults = [unreadable]
    for fault in faults:
        print(*report(fault, root), file=sys.stderr)
    if not faults:
        print(f"{OPENAPI} and {ASYNCAPI} are sound")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
