"""Holds examples and defaults against the schemas that they stand in: what people copy should work."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jsonschema import Draft202012Validator, ValidationError

from codegen.documents import ASYNCAPI, OPENAPI, Documents, Json, pointer, registry, walk
from codegen.errors import SpecError
from codegen.guard_schemas import schemas_of

_Sample = tuple[tuple[str | int, ...], tuple[str | int, ...], Any]
"""Where a sample stands, where its schema does, and the sample."""


def example_faults(documents: Documents) -> Iterator[SpecError]:
    """Find the examples and defaults that their own schemas refuse."""
    known = registry(documents)
    for name, document in zip((OPENAPI, ASYNCAPI), documents, strict=True):
        for place, of, sample in _samples(document):
            reference = f"{name}#{pointer(*of)}"
            validator = Draft202012Validator(
                {"$ref": reference}, registry=known, format_checker=Draft202012Validator.FORMAT_CHECKER
            )
            for error in filter(_is_fault, validator.iter_errors(sample)):
                told = f"does not fit its schema: {error.json_path}: {error.message}; mend one of the two"
                yield SpecError(f"{name}#{pointer(*place)}", told, "sample")


def _is_fault(error: ValidationError) -> bool:
    """Whether it is one: what fits several kinds is told by their discriminator, which the validator does not know."""
    is_told = isinstance(error.schema, dict) and "discriminator" in error.schema
    return not (is_told and error.validator == "oneOf" and not error.context)


def _samples(document: Json) -> Iterator[_Sample]:
    for path, schema, _ in schemas_of(document):
        for index, sample in enumerate(schema.get("examples", [])):
            yield (*path, "examples", index), path, sample
        if "default" in schema:
            yield (*path, "default"), path, schema["default"]
    for path, node in walk(document):
        if "schema" in node and "example" in node and "examples" not in path:
            yield (*path, "example"), (*path, "schema"), node["example"]
    for name, message in document.get("components", {}).get("messages", {}).items():
        place = ("components", "messages", name)
        for index, sample in enumerate(message.get("examples", [])):
            if "payload" in sample:
                yield (*place, "examples", index), (*place, "payload"), sample["payload"]
