"""Row 17: a hostile document writes no code: whatever stands in it is a literal, a docstring, or refused."""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import codegen.documents
from codegen.documents import Json
from codegen.errors import SpecError
from codegen.guard import guard
from codegen.render import render
from tests.codegen.trees import pruned

CALL = "__import__('os').system('pwned')"
# Each kind of place is in these: bodies, forms, pages, ids in paths, enumerations, patterns, dates, and messages.
DOCUMENTS = pruned(
    ("/session/create", "/session/message/lists", "/session/upload", "/user/apikey/delete/{id}"),
    ("receiveRich", "receivePlan", "sendInput"),
)


PAYLOADS = [
    f'"}}; {CALL}; {{"',
    f"'}}; {CALL}; {{'",
    f'"""\n{CALL}\n"""',
    f"'''\n{CALL}\n'''",
    f'\\"""\n{CALL}\n\\',
    f'x"\n{CALL}\n#',
    f"{{{CALL}}}",
    f"\\N{{BULLET}}\\x41\\\n{CALL}",
    'ends with a quote"',
    "ends with a backslash\\",
    "beyond \U0001f3ee the BMP",
    "{{ 7 * 7 }}{% raw %}",
]


Change = Callable[[Json, str], None]


def walked(node: Any) -> Any:
    """Every object of a document."""
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from walked(value)
    elif isinstance(node, list):
        for value in node:
            yield from walked(value)


def texts(document: Json, payload: str) -> None:
    for node in walked(document):
        for name in ("description", "summary", "title"):
            if isinstance(node.get(name), str):
                node[name] = payload


def constants(document: Json, payload: str) -> None:
    for number, node in enumerate(walked(document)):
        if isinstance(node.get("const"), str):
            node["const"] = f"{node['const']}{payload}"
        elif isinstance(node.get("enum"), list) and all(isinstance(value, str) for value in node["enum"]):
            node["enum"] = [f"{value}{payload}{number}" for value in node["enum"]]


def defaults(document: Json, payload: str) -> None:
    """Of properties: a parameter of a path, which is always there, may have none."""
    for holder in walked(document):
        for node in holder.get("properties", {}).values():
            if node.get("type") == "string" and not node.keys() & {"enum", "format", "const"}:
                node["default"] = payload


def patterns(document: Json, payload: str) -> None:
    for node in walked(document):
        if "pattern" in node:
            node["pattern"] = payload


def paths(document: Json, payload: str) -> None:
    if "paths" in document:
        document["paths"] = {f"{path}/{payload}": item for path, item in document["paths"].items()}


def names(document: Json, payload: str) -> None:
    for node in walked(document):
        if isinstance(node.get("properties"), dict) and "status" in node["properties"]:
            node["properties"][payload] = node["properties"].pop("status")


def tags(document: Json, payload: str) -> None:
    for node in walked(document):
        if "operationId" in node:
            node["tags"] = [payload]


def schemas(document: Json, payload: str) -> None:
    found = document.get("components", {}).get("schemas", {})
    if found:
        found[payload] = {"type": "object", "properties": {"a": {"type": "string"}}, "description": "x"}


def words(document: Json, payload: str) -> None:
    """What is printed in every document, at once."""
    texts(document, payload)
    constants(document, payload)
    patterns(document, payload)
    defaults(document, payload)


CHANGES: list[Change] = [words, paths, names, tags, schemas]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_place_of_a_document_writes_code(change: Change, payload: str, tmp_path: Path) -> None:
    documents = copy.deepcopy(DOCUMENTS)
    for document in documents:
        change(document, payload)
    try:
        guard(documents)
        render(documents, tmp_path / "tree")
    except SpecError:
        assert change is not words  # any text may stand there: it is printed, and not refused
        return  # refused: nothing is written into the tree that is used
    for path in (tmp_path / "tree").rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"), path.name)
        called = {
            node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert "__import__" not in called
        assert path.resolve().is_relative_to(tmp_path / "tree")


def test_templates_print_texts_of_a_document_through_the_two_functions_alone() -> None:
    """A new template that forgets would be found here, and not by whoever is attacked."""
    templates = list((Path(codegen.documents.__file__).parent / "templates").glob("*.jinja"))
    assert templates
    for path in templates:
        assert not {"tojson", "safe_for_docstring"} & set(re.findall(r"\w+", path.read_text("utf-8")))
