"""A small repository to generate in: the real documents, or what a test makes of them."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path

import yaml

from codegen.documents import ASYNCAPI, OPENAPI, Documents, Json, load
from codegen.parser import ModelProperty, parse

REAL = load()
Mutation = Callable[[Documents], object]


def mutated(mutation: Mutation) -> Documents:
    """Give a copy of the real documents after something was done to it."""
    documents = copy.deepcopy(REAL)
    mutation(documents)
    return documents


def write(root: Path, documents: Documents) -> Path:
    """Write both documents below a folder, where the generator looks for them."""
    (root / "schema").mkdir()
    for name, document in zip((OPENAPI, ASYNCAPI), documents, strict=True):
        if document:
            # Through JSON: what a test uses twice would be an alias.
            plain = json.loads(json.dumps(document))
            (root / name).write_text(yaml.safe_dump(plain, sort_keys=False, allow_unicode=True), "utf-8")
    return root


def contents(folder: Path) -> dict[str, bytes]:
    """Give all files of a tree, but for bytecode."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def document(**schemas: Json) -> Json:
    """Make an OpenAPI document of these component schemas and no path."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "A test", "version": "1"},
        "paths": {},
        "components": {"schemas": schemas},
    }


def model(merged: Json, name: str) -> ModelProperty:
    """Parse a document and give one of its models."""
    return next(found for found in parse(merged).models if found.class_info.name == name)
