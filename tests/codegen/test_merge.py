"""The one document that both documents become."""

from __future__ import annotations

import copy

import pytest

from codegen.documents import ASYNCAPI, OPENAPI, Documents, Json, operations
from codegen.errors import SpecError
from codegen.merge import merge, payload, received, written_only

from .trees import REAL, mutated

MERGED = merge(REAL)


def test_every_schema_of_both_documents_is_in_it_once() -> None:
    ours = REAL.openapi["components"]["schemas"].keys() | REAL.asyncapi["components"]["schemas"].keys()

    assert ours == MERGED["components"]["schemas"].keys()


def test_references_from_one_document_to_the_other_become_local() -> None:
    skills = MERGED["components"]["schemas"]["TextInputData"]["properties"]["skills"]

    assert skills["items"] == {"$ref": "#/components/schemas/Skill"}


def test_an_answer_is_what_its_envelope_holds() -> None:
    answer = MERGED["paths"]["/team/lists"]["get"]["responses"]["200"]

    assert answer["content"]["application/json"] == {"schema": {"$ref": "#/components/schemas/TeamPage"}}


def test_errors_are_left_to_the_transport() -> None:
    assert {"200"} == {status for _, _, operation in operations(MERGED) for status in operation["responses"]}


def test_the_documents_stay_as_they_were() -> None:
    before = copy.deepcopy(REAL)

    merge(REAL)

    assert before == REAL


def test_a_parameters_words_are_where_the_parser_looks_for_them() -> None:
    team_type = MERGED["paths"]["/team/lists"]["get"]["parameters"][0]

    assert team_type["description"] == team_type["schema"]["description"]


@pytest.mark.parametrize(
    "schema",
    [
        {"$ref": "#/components/schemas/TeamPage"},
        {"allOf": [{"$ref": "#/components/schemas/APIResponse"}]},
        {"allOf": [{"type": "object", "properties": {"data": {"type": "string"}}}]},
    ],
)
def test_an_answer_outside_the_envelope_is_refused_with_its_place(schema: Json) -> None:
    def break_it(both: Documents) -> None:
        content = both.openapi["paths"]["/team/lists"]["get"]["responses"]["200"]["content"]
        content["application/json"]["schema"] = schema

    with pytest.raises(SpecError) as caught:
        merge(mutated(break_it))

    assert f"{OPENAPI}#/paths/~1team~1lists/get/responses/200" == caught.value.place


def test_only_what_is_never_read_is_held_against_its_rules() -> None:
    written = written_only(REAL, MERGED)

    assert {"CreateSessionRequest", "StartMessage", "StartData", "StartTask", "PlanInputMessage"} <= written
    # A plan's steps are sent back as they came, and uploaded files too: both must forgive.
    assert {"PlanStep", "UploadedFile", "SessionInfo", "TextEvent"} & written == set()


def test_what_only_lends_its_fields_to_something_read_is_held_against_its_rules() -> None:
    assert {"$ref": "#/components/schemas/UpdateReportRequest"} in REAL.openapi["components"]["schemas"][
        "ProductReport"
    ]["allOf"]

    assert {"UpdateReportRequest"} == {"UpdateReportRequest", "ProductReport"} & written_only(REAL, MERGED)


def test_the_received_messages_keep_the_documents_order() -> None:
    names = received(REAL.asyncapi)

    assert names[:3] == ["TextEvent", "ProgressEvent", "WarningEvent"]
    assert len(names) == len(set(names))


def test_a_messages_payload_is_found_through_its_channel() -> None:
    found = payload(REAL.asyncapi, {"$ref": "#/channels/session/messages/TextEvent"})

    assert found == {"$ref": "#/components/schemas/TextEvent"}
    assert "TextEvent" in REAL.asyncapi["components"]["schemas"], ASYNCAPI
