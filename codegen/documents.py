"""The two schema documents: loading them, walking them, naming places in them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from referencing import Registry
from referencing.jsonschema import DRAFT202012, Schema
from yaml import MarkedYAMLError, YAMLError

from codegen import strict_yaml
from codegen.errors import SpecError

Json = dict[str, Any]

ROOT = Path(__file__).resolve().parent.parent
OPENAPI = "schema/openapi.yaml"
ASYNCAPI = "schema/asyncapi.yaml"
MERGED = f"{OPENAPI} + {ASYNCAPI}"
"""Where a fault is told to be that can be in either, by a pointer that holds in the one that has it."""

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


class Documents(NamedTuple):
    """Both documents, decoded."""

    openapi: Json
    asyncapi: Json


def load(root: Path = ROOT) -> Documents:
    """Read both documents from below `root`; a service without a WebSocket has no AsyncAPI document.

    Raises:
        SpecError: if one is missing or is not YAML; it names the line.
    """
    return Documents(_load(root, OPENAPI), _load(root, ASYNCAPI) if (root / ASYNCAPI).exists() else {})


def registry(documents: Documents) -> Registry[Schema]:
    """Make both documents known under their file names, so that references from one to the other are found."""
    named = zip((OPENAPI, ASYNCAPI), documents, strict=True)
    return Registry().with_resources((name, DRAFT202012.create_resource(document)) for name, document in named)


def _load(root: Path, name: str) -> Json:
    try:
        document = strict_yaml.loads((root / name).read_bytes())
    except OSError as error:
        raise SpecError(name, f"can't be read: {error.strerror}") from None
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else "?"
        raise SpecError(f"{name}:{line}", f"can't be read: {error.problem}") from None
    except YAMLError as error:
        raise SpecError(name, f"can't be read: {str(error).splitlines()[0]}") from None
    if not isinstance(document, dict):
        raise SpecError(name, "should be a mapping")
    return document


def pointer(*parts: str | int) -> str:
    """Write a JSON pointer (RFC 6901)."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


def walk(value: Any, *path: str | int) -> Iterator[tuple[tuple[str | int, ...], Json]]:
    """Yield every mapping of a document with its path, outermost first."""
    if isinstance(value, dict):
        yield path, value
        for key, child in value.items():
            yield from walk(child, *path, key)
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from walk(child, *path, index)


def operations(openapi: Json) -> Iterator[tuple[str, str, Json]]:
    """Yield each operation as (path, method, operation)."""
    for path, item in openapi.get("paths", {}).items():
        for method in METHODS:
            if method in item:
                yield path, method, item[method]


def last_part(reference: str) -> str:
    """Give the name that a `$ref` ends with."""
    return reference.rsplit("/", 1)[-1]


def resolve(document: Json, node: Any) -> Json:
    """Follow a local `$ref`, if the node is one."""
    reference = node.get("$ref")
    if reference is None:
        return dict(node)
    found: Any = document
    for part in reference.removeprefix("#/").split("/"):
        found = found[part.replace("~1", "/").replace("~0", "~")]
    return dict(found)


def seen_through(document: Json, node: Json) -> Json:
    """Give what a schema says, also through a `$ref`; what stands beside that counts more."""
    beside = {word: said for word, said in node.items() if word != "$ref"}
    return {**resolve(document, node), **beside}
