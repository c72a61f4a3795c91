"""Which unions of an export can be told apart, and what becomes of their discriminators."""

from __future__ import annotations

import pytest

from codegen.documents import Json
from codegen.importing.unions import is_told, renamed

TEXT: Json = {"type": "string"}
MOMENT: Json = {"type": "string", "format": "date-time"}
LIST: Json = {"type": "array", "items": TEXT}
CAT: Json = {"properties": {"kind": {"const": "cat"}}}
DOG: Json = {"allOf": [{"properties": {"kind": {"enum": ["dog", "puppy"]}}}]}
FREE: Json = {"type": "object"}
MAP: Json = {"type": "object", "additionalProperties": TEXT}


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ([TEXT, {"type": "integer"}, LIST, FREE], True),
        ([MOMENT, {"type": "boolean"}], True),
        ([MOMENT, TEXT], False),
        ([LIST, LIST], False),
        ([{}, TEXT], False),
        ([MAP, TEXT], False),
        ([CAT, TEXT, LIST], True),
        ([CAT, FREE], False),
        ([CAT, DOG], True),
        ([CAT, CAT], False),
        ([CAT, {"properties": {"kind": TEXT}}], False),
        ([CAT, {"properties": {"kind": {"enum": [1]}}}], False),
    ],
)
def test_kinds_are_told_apart_by_json_or_by_a_constant(parts: list[Json], told: bool) -> None:
    assert is_told(parts, False, lambda part: part) is told


def test_a_discriminator_tells_any_objects_apart() -> None:
    assert is_told([CAT, CAT], True, lambda part: part)


def test_a_discriminator_tells_of_the_names_in_the_draft() -> None:
    given = {"propertyName": "kind", "mapping": {"c": "#/components/schemas/cat", "x": "Nobody"}}
    made, lost = renamed(given, {"cat": "Cat", "dog": "Dog", "Bird": "Bird"})

    assert made == {
        "propertyName": "kind",
        "mapping": {"c": "#/components/schemas/Cat", "dog": "#/components/schemas/Dog"},
    }
    assert lost == ["Nobody"]
    assert renamed({"propertyName": "kind"}, {"Bird": "Bird"}) == ({"propertyName": "kind"}, [])
