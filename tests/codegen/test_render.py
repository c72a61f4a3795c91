"""What the parser can't take, told as a fault of the spec."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import get_args

import pytest

from codegen.documents import MERGED, ROOT
from codegen.errors import SpecError
from codegen.generate import TARGET
from codegen.parser import parse
from codegen.render import TEMPLATES
from wyseos.generated import client, errors, events, models
from wyseos.generated.api import team
from wyseos.generated.api.team import list_teams
from wyseos.generated.models.sort_order import SORT_ORDER_VALUES
from wyseos.runtime import client as runtime_client
from wyseos.runtime import errors as runtime_errors

from .trees import document


def test_a_document_that_is_no_openapi_is_refused() -> None:
    with pytest.raises(SpecError) as caught:
        parse({"openapi": "3.1.0"})

    assert caught.value.place == MERGED
    assert "Failed to parse OpenAPI document" in caught.value.fault


def test_a_small_document_is_parsed() -> None:
    models = parse(document(Item={"type": "object", "properties": {"a": {"type": "string"}}})).models

    assert [found.class_info.name for found in models] == ["Item"]


def _takes_no_other(name: str) -> bool:
    """Whether a package's module imports nothing, so that whoever imports one thing of it loads that alone."""
    tree = ast.parse((ROOT / TARGET / name).read_text("utf-8"))
    return [type(node) for node in tree.body] == [ast.Expr]


def _is_told(function: Callable[..., object]) -> bool:
    told = " ".join((function.__doc__ or "").split())
    return "How many rows a page has. From 1 to 100." in told and "Raises: ValidationError" in told


# Each template, and what only it gives: the parser's own would do without.
WHY: dict[str, Callable[[], bool]] = {
    "package_init.py.jinja": lambda: _takes_no_other("__init__.py"),
    "api_init.py.jinja": lambda: _takes_no_other("api/__init__.py"),
    "endpoint_init.py.jinja": lambda: "list_teams" in dir(team) and not hasattr(team, "list_team"),
    "client.py.jinja": lambda: (client.Client, client.Response) == (runtime_client.Client, runtime_client.Response),
    "errors.py.jinja": lambda: issubclass(errors.UnexpectedAnswer, runtime_errors.WyseError),
    "endpoint_module.py.jinja": lambda: list_teams.call(page_size=5).query == {"page_size": "5"},
    "endpoint_doc.jinja": lambda: (
        _is_told(list_teams.call) and _is_told(list_teams.sync) and _is_told(list_teams.asyncio)
    ),
    "events.py.jinja": lambda: type(events.decode_event('{"type": "text"}')) is models.TextEvent,
    "model.py.jinja": lambda: models.Skill.from_dict({"skill_id": 5, "new": 1}).to_dict() == {"skill_id": 5, "new": 1},
    "models_init.py.jinja": lambda: "Skill" in dir(models) and not hasattr(models, "Skil"),
    "literal_enum.py.jinja": lambda: frozenset(get_args(models.SortOrder)) == SORT_ORDER_VALUES,
}


@pytest.mark.parametrize("template", WHY)
def test_a_template_gives_what_it_is_there_for(template: str) -> None:
    assert WHY[template]()


def test_there_is_no_other_template() -> None:
    assert {path.name for path in TEMPLATES.iterdir()} == WHY.keys()
