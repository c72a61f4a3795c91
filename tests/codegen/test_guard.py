"""What the guard refuses of the document around the schemas; each case breaks a copy of the real documents."""

from __future__ import annotations

from typing import Any

import pytest

from codegen.documents import ASYNCAPI, OPENAPI, Documents, Json
from codegen.errors import SpecError
from codegen.guard import guard

from .trees import REAL, Mutation, mutated

CREATE = "/paths/~1session~1create/post"
PAGES = "/paths/~1team~1lists/get"


def create(both: Documents) -> Json:
    found: Json = both.openapi["paths"]["/session/create"]["post"]
    return found


def teams(both: Documents) -> Json:
    found: Json = both.openapi["paths"]["/team/lists"]["get"]
    return found


def add_parameter(**parameter: Any) -> Mutation:
    return lambda both: teams(both)["parameters"].append(parameter)


def answered_with(status: str, content: Json) -> Mutation:
    def answer(both: Documents) -> None:
        answers = create(both)["responses"]
        answers[status] = {**answers.pop("200"), "content": content}

    return answer


def test_the_real_documents_pass() -> None:
    guard(REAL)


OPERATIONS: list[tuple[Mutation, str, str]] = [
    (lambda both: both.openapi.update(security=[]), "/security", "write it at each operation"),
    (lambda both: both.openapi.update(webhooks={}), "/webhooks", "ignored"),
    (
        lambda both: both.openapi["paths"]["/session/create"].update(servers=[]),
        "/paths/~1session~1create/servers",
        "servers is ignored",
    ),
    (lambda both: create(both).update(callbacks={}), f"{CREATE}/callbacks", "callbacks is ignored"),
    (lambda both: create(both).pop("operationId"), CREATE, "needs an operationId"),
    (lambda both: create(both).update(operationId="createSession"), CREATE, "snake_case"),
    (
        lambda both: create(both).update(operationId="list_teams"),
        PAGES,
        "list_teams is that of /paths/~1session~1create",
    ),
    (lambda both: create(both).pop("security"), CREATE, "no security of its own"),
    (lambda both: create(both).update(tags=["session", "team"]), CREATE, "exactly one tag"),
    (lambda both: create(both).pop("tags"), CREATE, "exactly one tag"),
]
BODIES: list[tuple[Mutation, str, str]] = [
    (lambda both: create(both)["requestBody"].pop("required"), f"{CREATE}/requestBody", "optional body"),
    (
        lambda both: create(both)["requestBody"]["content"].update({"application/xml": {}}),
        f"{CREATE}/requestBody/content",
        "should have one type",
    ),
    (
        lambda both: create(both)["requestBody"].update(content={"image/*": {}}),
        f"{CREATE}/requestBody/content",
        "should have one type",
    ),
    (
        lambda both: create(both)["requestBody"]["content"]["application/json"].update(encoding={}),
        f"{CREATE}/requestBody/content/application~1json/encoding",
        "encoding is ignored",
    ),
    (
        lambda both: create(both)["requestBody"].update(
            content={"multipart/form-data": {"schema": {"$ref": "#/components/schemas/UpdateSessionNameRequest"}}}
        ),
        f"{CREATE}/requestBody/content/multipart~1form-data",
        "requires no file; require one, or send application/x-www-form-urlencoded",
    ),
    (
        lambda both: both.openapi["paths"]["/session/upload"]["post"]["requestBody"].update(
            content={
                "application/x-www-form-urlencoded": {"schema": {"$ref": "#/components/schemas/UploadFilesRequest"}}
            }
        ),
        "/paths/~1session~1upload/post/requestBody/content/application~1x-www-form-urlencoded",
        "can't carry the files of files; send multipart/form-data",
    ),
    (
        lambda both: create(both)["requestBody"]["content"].update(
            {"application/json": {"schema": {"type": "object"}}}
        ),
        f"{CREATE}/requestBody/content/application~1json",
        "should refer to an object with properties",
    ),
    (
        lambda both: create(both)["requestBody"]["content"]["application/json"].update(
            schema={"$ref": "#/components/schemas/SortOrder"}
        ),
        f"{CREATE}/requestBody/content/application~1json",
        "should refer to an object with properties",
    ),
]
ANSWERS: list[tuple[Mutation, str, str]] = [
    (lambda both: create(both)["responses"].pop("200"), f"{CREATE}/responses", "exactly one success"),
    (lambda both: create(both)["responses"].update({"202": {}}), f"{CREATE}/responses", "exactly one success"),
    (lambda both: create(both)["responses"]["200"].pop("content"), f"{CREATE}/responses/200", "allOf of APIResponse"),
    (answered_with("204", {"application/json": {}}), f"{CREATE}/responses/204", "which a 204 never has"),
    (answered_with("200", {"*/*": {}}), f"{CREATE}/responses/200", "should answer one type"),
    (
        lambda both: create(both)["responses"]["200"]["content"].update({"text/event-stream": {}}),
        f"{CREATE}/responses/200",
        "should answer one type",
    ),
]
PARAMETERS: list[tuple[Mutation, str, str]] = [
    (
        add_parameter(**{"name": "Authorization", "in": "header", "schema": {"type": "string"}}),
        f"{PAGES}/parameters/3",
        "the transport's own, or a credential: say it as `security`",
    ),
    (
        add_parameter(**{"name": "seen", "in": "cookie", "schema": {"type": "array", "items": {"type": "string"}}}),
        f"{PAGES}/parameters/3",
        "is a list in a cookie",
    ),
    (
        add_parameter(**{"name": "ids", "in": "query", "schema": {"type": "array", "items": {"type": "object"}}}),
        f"{PAGES}/parameters/3",
        "or of a list of one",
    ),
    (
        add_parameter(**{"name": "ids", "in": "query", "schema": {"type": "object"}, "style": "deepObject"}),
        f"{PAGES}/parameters/3",
        "deepObject is no style that is sent; describe each `name[key]`",
    ),
    (
        add_parameter(**{"name": "ids", "in": "query", "content": {"application/json": {}}}),
        f"{PAGES}/parameters/3/content",
        "content is ignored",
    ),
    (
        add_parameter(**{"name": "ids", "in": "query", "schema": {"type": "string"}, "allowReserved": True}),
        f"{PAGES}/parameters/3/allowReserved",
        "allowReserved is ignored",
    ),
    (add_parameter(**{"name": "ids", "in": "query"}), f"{PAGES}/parameters/3", "one plain type"),
    (
        add_parameter(**{"name": "a b", "in": "query", "schema": {"type": "string"}}),
        f"{PAGES}/parameters/3",
        "'a b' can't be a Python name",
    ),
    (
        add_parameter(**{"name": "team_type", "in": "query", "schema": {"type": "string"}}),
        f"{PAGES}/parameters/3",
        f"has the name team_type, as {PAGES}/parameters/0 has",
    ),
    (
        lambda both: create(both).update(parameters=[{"name": "body", "in": "query", "schema": {"type": "string"}}]),
        f"{CREATE}/parameters/0",
        f"has the name body, as {CREATE}/requestBody has",
    ),
    (
        lambda both: both.openapi["paths"]["/team/lists"].update(
            parameters=[{"name": "trace", "in": "header", "schema": {"type": "object"}}]
        ),
        "/paths/~1team~1lists/parameters/0",
        "one plain type",
    ),
    (
        lambda both: both.openapi["paths"]["/session/info/{session_id}"]["get"].pop("parameters"),
        "/paths/~1session~1info~1{session_id}/get",
        "other path parameters than its path",
    ),
]


@pytest.mark.parametrize(("mutation", "place", "fault"), [*OPERATIONS, *BODIES, *ANSWERS, *PARAMETERS])
def test_what_the_generator_would_get_wrong_is_refused_with_its_place(
    mutation: Mutation, place: str, fault: str
) -> None:
    with pytest.raises(SpecError) as caught:
        guard(mutated(mutation))

    assert (f"{OPENAPI}#{place}", fault in caught.value.fault) == (caught.value.place, True)


TEXT = "/components/messages/TextEvent"


@pytest.mark.parametrize(
    ("change", "place", "fault"),
    [
        ({"traits": []}, f"{TEXT}/traits", "traits is ignored"),
        ({"headers": {}}, f"{TEXT}/headers", "headers is ignored"),
        ({"payload": {"type": "object"}}, f"{TEXT}/payload", "should refer to a schema"),
    ],
)
def test_a_message_that_would_lose_something_is_refused_with_its_place(change: Json, place: str, fault: str) -> None:
    with pytest.raises(SpecError) as caught:
        guard(mutated(lambda both: both.asyncapi["components"]["messages"]["TextEvent"].update(change)))

    assert (f"{ASYNCAPI}#{place}", fault in caught.value.fault) == (caught.value.place, True)


def test_extensions_are_for_people_and_pass() -> None:
    guard(mutated(lambda both: create(both).update({"x-note": "for people"})))
