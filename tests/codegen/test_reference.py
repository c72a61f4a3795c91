"""The page that lists the generated layer: what is in it, and that no text of a schema breaks out of its place."""

from __future__ import annotations

from codegen.documents import ROOT, Documents, Json
from codegen.events import event_rows
from codegen.merge import merge, received
from codegen.parser import parse
from codegen.reference import reference
from codegen.render import all_views
from tests.codegen.tried import document

PAGE = (ROOT / "docs/reference.md").read_text("utf-8")


def page(documents: Documents) -> str:
    merged = merge(documents)
    parsed = parse(merged)
    views = all_views(parsed, merged, frozenset())
    rows = event_rows(parsed, received(documents.asyncapi)) if documents.asyncapi else {}
    return reference(documents, views.endpoints.values(), views.models, rows)


def test_an_endpoint_is_listed_with_its_arguments_and_what_it_gives() -> None:
    section = PAGE.split("## `api.team.list_teams`\n")[1].split("\n## ")[0]

    assert "`GET /team/lists`: List teams. Returns a page of the teams" in section
    assert "| `page_num` | `int \\| None` | The page wanted, counted from 1. At least 1. Without it," in section
    assert "Gives `TeamPage`." in section


def test_an_event_is_listed_with_what_tells_it_and_with_its_data() -> None:
    section = PAGE.split("### `SkillEvent`\n")[1].split("\n### ")[0]

    assert "`type` `rich` and `message.type` `skill`." in section
    assert "| `message.data.skill_name` | `str \\| None` |" in section


def test_what_all_have_is_told_once() -> None:
    assert PAGE.count("- 500: ") == 1
    assert PAGE.count("| `session_round` |") == 1


def test_no_text_of_a_schema_breaks_a_table_or_becomes_html() -> None:
    argument: Json = {
        "name": "a", "in": "query", "description": "a | b\n\n# c <script>", "example": "`",
        "schema": {"type": "string", "enum": ["`|`"]},
    }  # fmt: skip
    told = page(Documents(document({"operationId": "look", "parameters": [argument]}), {}))

    assert "| a \\| b # c &lt;script>" in told
    assert "## Events" not in told
