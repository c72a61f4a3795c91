"""A rename is recognised and asked about; it is one only where somebody says so."""

from __future__ import annotations

import pytest

from codegen.changes.compare import Change, compare
from codegen.changes.renames import answered, asked
from codegen.changes.surface import surface
from codegen.documents import Documents
from codegen.errors import SpecError
from tests.codegen.trees import REAL, Mutation, mutated

OLD = surface(REAL)


def asked_about(mutation: Mutation) -> dict[str, str]:
    new = surface(mutated(mutation))
    return {change.subject: change.renamed for change in asked(compare(OLD, new), OLD, new) if change.told == "is gone"}


def rename_field(both: Documents) -> None:
    properties = both.openapi["components"]["schemas"]["SessionInfo"]["properties"]
    properties["headline"] = properties.pop("name")


def rename_operation(both: Documents) -> None:
    both.openapi["paths"]["/team/lists"]["get"]["operationId"] = "find_groups"


def replace_field(both: Documents) -> None:
    properties = both.openapi["components"]["schemas"]["SessionInfo"]["properties"]
    del properties["name"]
    properties["costs"] = {"type": "array", "items": {"type": "number"}}


def test_a_field_that_went_where_one_of_its_kind_came_is_asked_about() -> None:
    assert asked_about(rename_field) == {"SessionInfo.name": "SessionInfo.headline"}


def test_an_operation_of_the_same_path_is_asked_about_whatever_its_name() -> None:
    assert asked_about(rename_operation) == {"list_teams": "find_groups"}


def test_what_is_nothing_like_it_is_not_asked_about() -> None:
    assert asked_about(replace_field) == {"SessionInfo.name": ""}


def test_a_schema_of_the_same_fields_is_asked_about() -> None:
    def rename(both: Documents) -> None:
        schemas = both.openapi["components"]["schemas"]
        schemas["IndustryGroup"] = schemas.pop("IndustryLevel1")
        schemas["IndustryCondition"]["properties"]["level1"]["$ref"] = "#/components/schemas/IndustryGroup"

    assert asked_about(rename)["IndustryLevel1"] == "IndustryGroup"


def test_an_answer_makes_one_change_of_two() -> None:
    found = answered(compare(OLD, surface(mutated(rename_field))), {"SessionInfo.name": "SessionInfo.headline"})

    assert [change for change in found if change.kind != "words"] == [
        Change("breaking", "field", "SessionInfo", "name", "is called SessionInfo.headline now")
    ]


@pytest.mark.parametrize(
    ("was", "now"), [("SessionInfo.mode", "SessionInfo.headline"), ("SessionInfo.name", "Other.x")]
)
def test_an_answer_about_nothing_is_refused(was: str, now: str) -> None:
    with pytest.raises(SpecError, match="is no rename"):
        answered(compare(OLD, surface(mutated(rename_field))), {was: now})
