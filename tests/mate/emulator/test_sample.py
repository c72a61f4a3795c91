"""What nobody has written a handler for is answered from the schema's example."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from wyseos.mate.emulator import Emulator
from wyseos.mate.emulator.server.contract import contract
from wyseos.mate.emulator.server.endpoints import HANDLERS
from wyseos.mate.emulator.server.rest import _convert
from wyseos.mate.emulator.server.sample import sample

OPERATIONS = list(contract().operations.values())


@pytest.mark.parametrize("operation", OPERATIONS, ids=[operation.name for operation in OPERATIONS])
def test_every_operation_has_an_answer_that_its_schema_allows(operation: Any) -> None:
    assert operation.answer.problem({"code": 0, "msg": "success", "data": operation.sample()}) is None


def test_an_operation_without_a_handler_answers_the_schemas_example(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(HANDLERS, "get_team")
    with Emulator(speed=0, check_own=True) as emulator:
        answer = httpx.get(f"{emulator.base_url}/team/info/any", headers={"x-api-key": emulator.api_key})
        mistakes = emulator.mistakes

    assert (answer.status_code, answer.json()["data"]["team_id"]) == (200, "team_01")
    assert mistakes == []


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"type": "string", "format": "date"}, "2025-06-01"),
        ({"oneOf": [{"type": "integer"}, {"type": "null"}]}, 1),
        ({"type": "string", "enum": ["a", "b"]}, "a"),
        ({"type": "array", "items": {"type": "boolean"}}, [True]),
        ({"allOf": [{"properties": {"a": {"const": "k"}}}], "properties": {"b": {"default": 3}}}, {"a": "k", "b": 3}),
        ({}, {}),
    ],
)
def test_without_an_example_it_is_the_plainest_value(schema: Any, value: Any) -> None:
    assert sample(schema, lambda found: found) == value


def test_objects_that_hold_each_other_end() -> None:
    tree: Any = {"properties": {"name": {"type": "string"}, "inner": {"type": "array", "items": {}}}}
    tree["properties"]["inner"]["items"] = tree

    assert str(sample(tree, lambda found: found)).count("name") == 2


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("3", "integer", 3), ("1.5", "number", 1.5), ("-2", "number", -2.0), ("nan", "number", "nan"),
        ("true", "boolean", True), ("yes", "boolean", "yes"), ("٣", "number", "٣"), ("3", "string", "3"),
    ],
)  # fmt: skip
def test_a_query_holds_every_plain_kind(text: str, kind: str, value: object) -> None:
    assert _convert(text, kind) == value
