"""Names on the wire and in Python."""

from __future__ import annotations

import keyword

import pytest

from codegen.names import name_fault, python_name

REMEDY = "name it otherwise, or write its name in Python as x-python-name"


def test_a_field_is_called_as_on_the_wire_wherever_python_allows() -> None:
    assert python_name("message_id") == "message_id"
    assert python_name("en_desc") == "en_desc"


@pytest.mark.parametrize("wire", [*keyword.kwlist, "list", "dict", "str", "date", "datetime", "property"])
def test_a_name_that_python_or_the_annotations_need_gets_an_underscore(wire: str) -> None:
    assert (f"{wire}_", None) == (python_name(wire), name_fault(wire))


@pytest.mark.parametrize("wire", ["", "a-b", "1st", "a b", "a.b", "@id"])
def test_what_is_no_identifier_can_not_be_a_name(wire: str) -> None:
    assert f"{wire!r} can't be a Python name; {REMEDY}" == name_fault(wire)


@pytest.mark.parametrize("wire", ["additional_properties", "FIELDS", "field", "define", "from_dict", "to_dict", "_id"])
def test_what_every_model_has_can_not_be_a_name(wire: str) -> None:
    assert f"{wire} clashes with what every model has; {REMEDY}" == name_fault(wire)


def test_the_schema_may_say_what_python_calls_it() -> None:
    assert [python_name("page-size", "page_size"), python_name("_id", "id"), python_name("x", "class")] == [
        "page_size",
        "id",
        "class_",
    ]
    assert name_fault("field", "field_name") is None
    assert name_fault("page-size", "page size") == f"'page size' can't be a Python name; {REMEDY}"
