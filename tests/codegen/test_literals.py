"""What a document says, as Python source: a literal, a docstring, or refused."""

from __future__ import annotations

import ast
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codegen.errors import SpecError
from codegen.literals import docstring, literal


@given(st.text() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.booleans() | st.none())
def test_a_literal_reads_as_what_it_was(value: Any) -> None:
    assert ast.literal_eval(literal(value)) == value


@given(st.text(st.characters(exclude_categories=("Cs", "Cc"))))
def test_a_docstring_holds_its_text_and_ends_where_it_ends(text: str) -> None:
    module = ast.parse(f'"""{docstring(text)}"""')
    assert len(module.body) == 1
    assert ast.get_docstring(module, clean=False) == text


def test_what_no_schema_holds_is_no_literal() -> None:
    with pytest.raises(SpecError):
        literal(object())
