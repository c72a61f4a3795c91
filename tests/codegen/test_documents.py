"""Loading the two documents and finding one's way in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from codegen.documents import last_part, load, operations, pointer, resolve, walk
from codegen.errors import SpecError

from .trees import REAL, write


def test_the_documents_are_read_from_below_the_root(tmp_path: Path) -> None:
    assert load(write(tmp_path, REAL)) == REAL


def test_a_missing_document_is_named(tmp_path: Path) -> None:
    with pytest.raises(SpecError) as caught:
        load(tmp_path)

    assert str(caught.value) == "schema/openapi.yaml: can't be read: No such file or directory"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: 1\nb: 'x' 'y'", "schema/asyncapi.yaml:2: can't be read: did not find expected key"),
        ("a: 1\na: 2", "schema/asyncapi.yaml:2: can't be read: a is there twice"),
        ("- a", "schema/asyncapi.yaml: should be a mapping"),
        ("", "schema/asyncapi.yaml: should be a mapping"),
    ],
)
def test_a_broken_document_is_named_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    write(tmp_path, REAL)
    (tmp_path / "schema/asyncapi.yaml").write_text(text, "utf-8")

    with pytest.raises(SpecError) as caught:
        load(tmp_path)

    assert told == str(caught.value)


def test_a_document_in_another_encoding_is_refused(tmp_path: Path) -> None:
    write(tmp_path, REAL)
    (tmp_path / "schema/openapi.yaml").write_bytes(b"a: \xff")

    with pytest.raises(SpecError, match=r"^schema/openapi\.yaml: can't be read: unacceptable character"):
        load(tmp_path)


def test_a_pointer_escapes_what_would_split_it() -> None:
    assert pointer("paths", "/a/{b}~c", "get", 0) == "/paths/~1a~1{b}~0c/get/0"


def test_a_walk_yields_every_mapping_outermost_first() -> None:
    document = {"a": {"b": [1, {"c": 2}]}}

    assert [((), document), (("a",), document["a"]), (("a", "b", 1), {"c": 2})] == list(walk(document))


def test_the_operations_are_told_from_the_rest_of_a_path() -> None:
    openapi = {"paths": {"/a": {"summary": "A.", "post": {"x": 1}, "get": {"x": 2}, "parameters": []}}}

    assert list(operations(openapi)) == [("/a", "get", {"x": 2}), ("/a", "post", {"x": 1})]


def test_a_reference_is_followed_also_through_escapes() -> None:
    document = {"paths": {"/a": {"x": {"y": 1}}}}

    assert resolve(document, {"$ref": "#/paths/~1a/x"}) == {"y": 1}
    assert resolve(document, {"z": 2}) == {"z": 2}


def test_a_references_last_part_is_its_name() -> None:
    assert last_part("./openapi.yaml#/components/schemas/Skill") == "Skill"
