"""A small repository to generate in: the real documents, or what a test makes of them."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Collection
from pathlib import Path

import yaml

from codegen.documents import ASYNCAPI, OPENAPI, Documents, Json, last_part, load
from codegen.parser import ModelProperty, parse

REAL = load()
Mutation = Callable[[Documents], object]


def mutated(mutation: Mutation) -> Documents:
    """Give a copy of the real documents after something was done to it."""
    documents = copy.deepcopy(REAL)
    mutation(documents)
    return documents


def pruned(paths: Collection[str], exchanges: Collection[str]) -> Documents:
    """Give the real documents with some paths and some of the channel's operations alone.

    What a promise needs of a whole tree, a small one shows as well, in a tenth of the time.

    Args:
        paths: of the OpenAPI document.
        exchanges: names of the AsyncAPI document's operations, whose messages are kept.
    """

    def prune(both: Documents) -> None:
        openapi, asyncapi = both
        openapi["paths"] = {path: openapi["paths"][path] for path in paths}
        asyncapi["operations"] = {name: asyncapi["operations"][name] for name in exchanges}
        kept = {last_part(each["$ref"]) for given in asyncapi["operations"].values() for each in given["messages"]}
        for holder in (asyncapi["components"], asyncapi["channels"]["session"]):
            holder["messages"] = {name: given for name, given in holder["messages"].items() if name in kept}
        _drop_what_is_not_referred_to(both)

    return mutated(prune)


def _drop_what_is_not_referred_to(both: Documents) -> None:
    schemas = [document["components"].pop("schemas") for document in both]
    everything = {name: given for each in schemas for name, given in each.items()}
    wanted, waiting = set[str](), {"UnknownEvent"} | _referred_to(both)
    while waiting:
        wanted |= waiting
        waiting = _referred_to([everything[name] for name in waiting if name in everything]) - wanted
    for document, found in zip(both, schemas, strict=True):
        document["components"]["schemas"] = {name: given for name, given in found.items() if name in wanted}


def _referred_to(node: object) -> set[str]:
    return {last_part(each) for each in re.findall(r'"\$ref": "([^"]+)"', json.dumps(node))}


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
