"""Reads a document from elsewhere, JSON or YAML, and brings it to OpenAPI 3.1."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from yaml import YAMLError

from codegen import strict_yaml
from codegen.documents import Json
from codegen.errors import SpecError
from codegen.importing.notes import Notes
from codegen.importing.postman import from_postman
from codegen.importing.swagger import from_swagger


def read(path: Path, notes: Notes) -> Json:
    """Give the document as one of OpenAPI 3.

    Raises:
        SpecError: it can't be read, or is of no kind that is known.
    """
    document = _decoded(path)
    if str(document.get("swagger", "")).startswith("2"):
        return from_swagger(document, notes)
    if "item" in document and "info" in document:
        return from_postman(document, notes)
    if str(document.get("openapi", "")).startswith("3."):
        return document
    raise SpecError(
        str(path), "is no OpenAPI 3, no Swagger 2 and no Postman collection (2.1); export it as one of them"
    )


def _decoded(path: Path) -> Json:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise SpecError(str(path), f"can't be read: {error.strerror}") from None
    try:
        # JSON first: not all of its escapes are YAML's.
        document: Any = json.loads(content)
    except (ValueError, RecursionError):
        try:
            document = strict_yaml.loads(content)
        except YAMLError as error:
            told = " ".join(str(error).split())[:200]
            raise SpecError(str(path), f"is neither JSON nor YAML that means the same in JSON: {told}") from None
    if not isinstance(document, dict):
        raise SpecError(str(path), "should be an object")
    return document
