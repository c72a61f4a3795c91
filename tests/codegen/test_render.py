"""What the parser can't take, told as a fault of the spec."""

from __future__ import annotations

import pytest

from codegen.documents import MERGED
from codegen.errors import SpecError
from codegen.parser import parse

from .trees import document


def test_a_document_that_is_no_openapi_is_refused() -> None:
    with pytest.raises(SpecError) as caught:
        parse({"openapi": "3.1.0"})

    assert caught.value.place == MERGED
    assert "Failed to parse OpenAPI document" in caught.value.fault


def test_a_small_document_is_parsed() -> None:
    models = parse(document(Item={"type": "object", "properties": {"a": {"type": "string"}}})).models

    assert [found.class_info.name for found in models] == ["Item"]
