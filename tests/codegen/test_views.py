"""What the templates print of models and endpoints, and what no template could print rightly."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from codegen.documents import MERGED, Documents, Json
from codegen.errors import SpecError
from codegen.merge import merge
from codegen.parser import parse
from codegen.views import EndpointView, ModelView, endpoint_view, model_view

from .trees import REAL, document, model

ITEM = {"type": "object", "properties": {"a": {"type": "string"}}}
MERGED_REAL = merge(REAL)
CALLS = {
    f"{tag}.{found.name}": found
    for tag, collection in parse(MERGED_REAL).endpoint_collections_by_tag.items()
    for found in collection.endpoints
}


def viewed(schema: Json, *written: str, **others: Json) -> ModelView:
    merged = document(Holder=schema, **others)
    return model_view(model(merged, "Holder"), merged, frozenset(written))


def endpoint(name: str) -> EndpointView:
    return endpoint_view(CALLS[name], MERGED_REAL)


def test_fields_without_a_default_come_first_in_the_constructor() -> None:
    found = viewed({
        "type": "object", "required": ["kind", "id"],
        "properties": {"a": {"type": "string"}, "kind": {"const": "k"}, "id": {"type": "string"}},
    })  # fmt: skip

    assert [field.name for field in found.declared] == ["id", "kind", "a"]


def test_a_field_that_python_can_not_have_keeps_its_name_on_the_wire() -> None:
    found = viewed({"type": "object", "properties": {"from": {"type": "string"}, "list": {"type": "string"}}})

    assert [(field.name, field.wire) for field in found.fields] == [("from_", "from"), ("list_", "list")]


def test_a_limit_behind_a_reference_is_kept() -> None:
    found = viewed(
        {"type": "object", "properties": {"name": {"$ref": "#/components/schemas/Name"}}},
        Name={"type": "string", "maxLength": 9},
    )

    assert [field.rule for field in found.fields] == ["Rule('name', (str,), 'a string', max_length=9)"]


def test_a_limit_within_allof_is_kept() -> None:
    found = viewed(
        {"allOf": [{"$ref": "#/components/schemas/Base"}, {"type": "object", "properties": {"b": {"type": "string"}}}]},
        Base={"type": "object", "properties": {"a": {"type": "string", "minLength": 1}}},
    )

    assert {field.name: field.rule for field in found.fields} == {
        "a": "Rule('a', (str,), 'a string', min_length=1)",
        "b": "Rule('b', (str,), 'a string')",
    }


def test_only_what_is_only_written_is_checked() -> None:
    assert [viewed(ITEM, "Holder").checked, viewed(ITEM).checked] == [True, False]


def test_a_model_without_words_is_described_by_its_name() -> None:
    assert viewed(ITEM).doc == "Holder."


def test_a_model_imports_what_it_holds_but_not_itself() -> None:
    found = viewed({
        "type": "object",
        "properties": {
            "self_": {"$ref": "#/components/schemas/Holder"},
            "items": {"type": "array", "items": {"$ref": "#/components/schemas/Item"}},
            "letter": {"$ref": "#/components/schemas/Letter"},
        },
    }, Item=ITEM, Letter={"type": "string", "enum": ["a"]})  # fmt: skip

    assert (found.imports, found.enums) == (["Item"], [("Letter", "LETTER_VALUES")])


def test_a_union_of_objects_that_nothing_tells_apart_is_refused_with_its_place() -> None:
    union = {"oneOf": [{"$ref": "#/components/schemas/Item"}, {"$ref": "#/components/schemas/Other"}]}

    with pytest.raises(SpecError) as caught:
        viewed({"type": "object", "properties": {"it": union}}, Item=ITEM, Other=ITEM)

    assert f"{MERGED}#/components/schemas/Holder/properties/it" == caught.value.place


def test_an_ids_place_in_the_path_is_quoted() -> None:
    written = endpoint("session.get_session").path_expression
    assert written == "'/session/info/' + segment('session_id', session_id)"


def test_an_operation_keeps_its_path_as_the_document_has_it() -> None:
    found = endpoint("user.delete_api_key")

    assert (found.method, found.path) == ("DELETE", "/user/apikey/delete/{id}")


def test_ids_and_body_are_positional_and_the_rest_is_by_keyword() -> None:
    found = endpoint("session.update_session_name")
    pages = endpoint("session.list_messages_between")

    assert [field.name for field in found.positional] == ["session_id", "body"]
    assert [field.name for field in pages.keyword] == ["session_id", "from_message_id", "to_message_id"]


def test_a_body_is_its_model_or_a_dict_that_becomes_it() -> None:
    found = endpoint("session.create_session")

    assert found.body is not None
    assert found.body.declaration == "body: CreateSessionRequest | dict[str, Any]"
    assert found.checked == []  # it is checked as it is made


def test_files_are_told_from_the_other_fields_of_a_form() -> None:
    found = endpoint("session.upload_files")

    assert ([field.wire for field in found.files], [field.wire for field in found.form]) == (["files"], ["session_id"])


@pytest.mark.parametrize(
    ("name", "returns", "parse"),
    [
        ("session.get_session", "SessionInfo", 'whole(model(SessionInfo), "an object")'),
        ("session.update_session_name", "None", "nothing"),
        ("session.list_messages_between", "list[MessageResponse]", "whole_list(model(MessageResponse))"),
        ("user.delete_api_key", "dict[str, Any]", "whole_freeform"),
    ],
)
def test_an_answer_is_parsed_by_its_shape(name: str, returns: str, parse: str) -> None:
    found = endpoint(name)

    assert (returns, parse) == (found.returns, found.parse)


def described(operation: Json, **schemas: Json) -> EndpointView:
    """Give the view of one operation in a document of its own."""
    answer = {"description": "A.", "content": {"application/json": {"schema": {"type": "null"}}}}
    given = document(**schemas)
    bare = {"operationId": "do_it", "tags": ["a"], "x-bare": True, "responses": {"200": answer}}
    given["paths"] = {"/a": {"post": {**bare, **operation}}}
    merged = merge(Documents(given, {}))
    collections: Any = parse(merged).endpoint_collections_by_tag
    return endpoint_view(collections["a"].endpoints[0], merged)


def test_a_parameter_that_would_hide_a_function_gets_an_underscore() -> None:
    found = described({"parameters": [{"name": "query", "in": "query", "schema": {"type": "string"}}]})

    assert [(field.name, field.wire) for field in found.others] == [("query_", "query")]


@pytest.mark.parametrize(
    ("schema", "returns", "parse"),
    [
        ({"oneOf": [{"type": "string"}, {"type": "integer"}]}, "str | int", "'a string or a whole number'"),
        ({"oneOf": [{"type": "string"}, {"type": "null"}]}, "str | None", "or_none(whole(text, 'a string'))"),
        ({"type": "string"}, "str", "whole(text, 'a string')"),
        ({}, "Any", "anything"),
    ],
)
def test_an_answer_may_be_any_value(schema: Json, returns: str, parse: str) -> None:
    answer = {"description": "A.", "content": {"application/json": {"schema": schema}}}
    found = described({"responses": {"200": answer}})

    assert (found.returns, parse in found.parse) == (returns, True)


def test_no_template_is_longer_than_a_screen_or_two() -> None:
    folder = Path(__file__).parents[2] / "codegen/templates"

    assert {
        path.name: lines for path in folder.iterdir() if (lines := len(path.read_text("utf-8").splitlines())) > 110
    } == {}
