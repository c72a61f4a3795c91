"""All that is used of openapi-python-client's inside stands in one module, so that an update is tried in one place."""

from __future__ import annotations

import re

import pytest

from codegen.documents import ROOT
from codegen.errors import SpecError
from codegen.parser import folder_name, inline_name, module_name, parse

from .trees import document


def test_one_module_alone_knows_the_generators_inside() -> None:
    files = [*(ROOT / "codegen").rglob("*.py"), *(ROOT / "tests/codegen").rglob("*.py")]
    importing = [
        path.relative_to(ROOT).as_posix()
        for path in files
        if re.search(r"^\s*(from|import) openapi_python_client", path.read_text("utf-8"), re.MULTILINE)
    ]

    assert importing == ["codegen/parser.py"]


@pytest.mark.parametrize(
    ("name", "module"),
    [("get_session_", "get_session"), ("a__b", "a_b"), ("list", "list_"), ("import", "import_"), ("Filter", "filter_")],
)
def test_its_names_are_asked_of_it(name: str, module: str) -> None:
    assert module_name(name) == module


def test_an_enumeration_within_a_schema_is_called_as_it_calls_it() -> None:
    level = {"type": "string", "enum": ["a"]}
    parsed = parse(document(Probe={"type": "object", "properties": {"b": level}}))

    assert [str(enum.class_info.name) for enum in parsed.enums] == [inline_name("Probe", "b")] == ["ProbeB"]
    assert folder_name("a b") == "a_b"


def test_what_it_did_not_foresee_is_a_fault_and_no_traceback() -> None:
    with pytest.raises(SpecError, match=r"^schema/openapi.yaml \+ schema/asyncapi.yaml: "):
        parse({"openapi": "3.1.0", "paths": 5})
