"""Each rule has a bad document here, which breaks that rule and no other; and docs/regenerate.md lists them all."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from typing import Any

import pytest

from codegen.documents import ASYNCAPI, OPENAPI, ROOT, Documents, Json
from codegen.lint import lint
from codegen.rules import RULES

from .trees import pruned
from .tried import document

Breaking = Callable[[Json], object]


def bad(breaking: Breaking, *operations: Json, **schemas: Json) -> Documents:
    """Break a sound document of one operation."""
    openapi = document(*(operations or ({},)), **schemas)
    breaking(openapi)
    return Documents(openapi, {})


def operation(openapi: Json) -> Json:
    found: Json = openapi["paths"]["/0"]["get"]
    return found


def named(**schema: Any) -> Breaking:
    """Add a schema that is sound but for what is given."""
    full = {"description": "A.", "examples": [], **schema}
    return lambda openapi: openapi["components"]["schemas"].update(Added={**full, "examples": full["examples"] or [{}]})


def holding(**schema: Any) -> Breaking:
    """Add a schema with one property."""
    return named(type="object", properties={"it": {"description": "A.", **schema}})


def parameter(**more: Any) -> Breaking:
    full = {"name": "a", "in": "query", "description": "A.", "schema": {"type": "string"}, "example": "a", **more}
    return lambda openapi: operation(openapi).update(parameters=[full])


def with_body(kind: str, schema: Json) -> Breaking:
    return lambda openapi: operation(openapi).update(
        requestBody={"required": True, "content": {kind: {"schema": schema}}}
    )


FORM = {
    "type": "object",
    "required": ["files"],
    "examples": [{"files": ["a"]}],
    "properties": {
        "files": {"type": "array", "description": "A.", "items": {"type": "string", "format": "binary"}},
        "more": {"type": "array", "description": "A.", "items": {"type": "string"}},
    },
}  # fmt: skip


def asks_for_a_form(openapi: Json) -> None:
    named(**FORM)(openapi)
    with_body("multipart/form-data", {"$ref": "#/components/schemas/Added"})(openapi)


def of_a_stranger() -> Json:
    kinds = [{"$ref": "#/components/schemas/Added"}, {"$ref": "#/components/schemas/APIResponse"}]
    return {"oneOf": kinds, "discriminator": {"propertyName": "code", "mapping": {"a": "Nobody"}}}


def has_an_error_of_its_own(openapi: Json) -> None:
    operation(openapi)["responses"]["409"] = {
        "description": "A.",
        "content": {"application/json": {"schema": {"type": "object"}}},
    }


def without_an_example(openapi: Json) -> None:
    parameter()(openapi)
    del operation(openapi)["parameters"][0]["example"]


CASES: dict[str, list[tuple[Documents, str]]] = {
    "reference": [
        (bad(holding(**{"$ref": "#/components/schemas/Nowhere"})), "/components/schemas/Added/properties/it"),
        (bad(named(**{"$ref": "#/components/schemas/Added"})), "/components/schemas/Added"),
        (bad(named(allOf=[{"$ref": "#/components/schemas/Added"}])), "/components/schemas/Added"),
        (
            bad(holding(**{"$ref": "#/components/schemas/APIResponse", "maxLength": 1})),
            "/components/schemas/Added/properties/it",
        ),
    ],
    "schema": [(bad(named(type="thing")), "/components/schemas/Added/type")],
    "openapi": [(bad(lambda openapi: openapi["info"].pop("version")), "/info")],
    "words": [(bad(lambda openapi: operation(openapi).pop("summary")), "/paths/~10/get")],
    "example": [(bad(without_an_example), "/paths/~10/get/parameters/0")],
    "sample": [
        (bad(parameter(schema={"type": "integer"})), "/paths/~10/get/parameters/0/example"),
        (
            bad(lambda openapi: openapi["components"]["schemas"]["APIResponse"]["examples"].append({"code": "a"})),
            "/components/schemas/APIResponse/examples/1",
        ),
    ],
    "ignored": [
        (bad(lambda openapi: openapi.update(security=[])), "/security"),
        (bad(named(discriminator={"propertyName": "a"})), "/components/schemas/Added"),
    ],
    "operation-id": [
        (bad(lambda openapi: operation(openapi).update(operationId="getIt")), "/paths/~10/get"),
        (bad(lambda openapi: operation(openapi).update(operationId="get__it")), "/paths/~10/get"),
        (bad(lambda _: None, {"operationId": "get_it"}, {"operationId": "get_it_"}), "/paths/~11/get"),
    ],
    "tag": [
        (bad(lambda openapi: operation(openapi).update(tags=["a", "b"])), "/paths/~10/get"),
        (bad(lambda openapi: openapi.update(tags=[{"name": "thing"}])), "/paths/~10/get/tags"),
        (bad(lambda _: None, {"tags": ["a b"]}, {"tags": ["a_b"]}), "/paths/~11/get/tags"),
    ],
    "security": [(bad(lambda openapi: operation(openapi).pop("security")), "/paths/~10/get")],
    "parameter": [
        (bad(parameter(schema={"type": "object"}, example={})), "/paths/~10/get/parameters/0"),
        (bad(parameter(**{"in": "header", "name": "Host"})), "/paths/~10/get/parameters/0"),
    ],
    "body": [
        (
            bad(with_body("application/json", {"type": "object"})),
            "/paths/~10/get/requestBody/content/application~1json",
        )
    ],
    "form": [
        (bad(asks_for_a_form), "/paths/~10/get/requestBody/content/multipart~1form-data/schema/properties/more")
    ],
    "answer": [
        (
            bad(lambda openapi: operation(openapi)["responses"].update({"201": {"description": "A."}})),
            "/paths/~10/get/responses",
        )
    ],
    "error-answer": [
        (bad(lambda openapi: operation(openapi)["responses"].pop("500")), "/paths/~10/get/responses"),
        (bad(has_an_error_of_its_own), "/paths/~10/get/responses/409"),
    ],
    "union": [(bad(holding(**of_a_stranger())), "/components/schemas/Added/properties/it/discriminator/mapping/a")],
    "types": [(bad(holding(type=["string", "null"])), "/components/schemas/Added/properties/it")],
    "const": [(bad(holding(const=1)), "/components/schemas/Added/properties/it")],
    "enum": [(bad(holding(enum=["a", 1])), "/components/schemas/Added/properties/it")],
    "array": [(bad(holding(type="array")), "/components/schemas/Added/properties/it")],
    "map": [
        (
            bad(named(properties={"it": {"description": "A."}}, additionalProperties={"type": "string"})),
            "/components/schemas/Added",
        )
    ],
    "default": [
        (bad(holding(type="object", default={})), "/components/schemas/Added/properties/it"),
        (
            bad(holding(type="string", format="date", default="2025-01-01")),
            "/components/schemas/Added/properties/it",
        ),
    ],
    "inline-object": [
        (
            bad(holding(type="object", properties={"a": {"type": "string", "description": "A."}})),
            "/components/schemas/Added/properties/it",
        )
    ],
    "required": [
        (
            bad(named(type="object", properties={}, required=["a"], examples=[{"a": 1}])),
            "/components/schemas/Added/required",
        )
    ],
    "python-name": [(bad(parameter(name="page-size")), "/paths/~10/get/parameters/0")],
    "schema-name": [
        (bad(lambda _: None, added={"type": "string", "examples": ["a"]}), "/components/schemas/added"),
        (bad(lambda _: None, Rule={"type": "string", "examples": ["a"]}), "/components/schemas/Rule"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "documents", "place"), [(rule, *case) for rule, cases in CASES.items() for case in cases]
)
def test_a_bad_document_breaks_its_rule_and_no_other(rule: str, documents: Documents, place: str) -> None:
    assert [(fault.rule, fault.place) for fault in lint(documents)] == [(rule, f"{OPENAPI}#{place}")]


def without_a_receiver(both: Documents) -> None:
    for kind in both.asyncapi["operations"].values():
        kind["messages"] = [each for each in kind["messages"] if not each["$ref"].endswith("/SkillEvent")]


def without_a_const(both: Documents) -> None:
    both.asyncapi["components"]["schemas"]["PingMessage"]["properties"]["type"] = {
        "type": "string",
        "description": "A.",
    }


SMALL = pruned(("/session/create",), ("receiveRich", "sendStart", "receiveHeartbeat", "sendHeartbeat"))
MESSAGES: list[tuple[str, Callable[[Documents], object], str]] = [
    ("message", without_a_receiver, "/components/messages/SkillEvent"),
    ("message", without_a_const, "/components/messages/PingMessage/payload"),
    (
        "message-payload",
        lambda both: both.asyncapi["components"]["messages"]["PingMessage"].update(payload={"type": "object"}),
        "/components/messages/PingMessage/payload",
    ),
    (
        "asyncapi",
        lambda both: both.asyncapi["operations"]["sendStart"].update(action="shout"),
        "/operations/sendStart/action",
    ),
]


@pytest.mark.parametrize(("rule", "breaking", "place"), MESSAGES)
def test_a_message_that_would_never_be_known_is_found(
    rule: str, breaking: Callable[[Documents], object], place: str
) -> None:
    documents = copy.deepcopy(SMALL)
    breaking(documents)
    assert [(fault.rule, fault.place) for fault in lint(documents)] == [(rule, f"{ASYNCAPI}#{place}")]


def test_every_rule_is_tried_but_for_those_that_no_lint_asks() -> None:
    assert RULES.keys() - CASES.keys() - {rule for rule, *_ in MESSAGES} == {
        "generator",
        "changelog",
        "path",  # the official validator finds it first
    }
    assert CASES.keys() | {rule for rule, *_ in MESSAGES} <= RULES.keys()


def test_the_guide_lists_the_rules_as_they_are() -> None:
    page = (ROOT / "docs/regenerate.md").read_text("utf-8")

    assert re.findall(r"^\| `([\w-]+)` \| (.+) \| (.+) \|$", page, re.MULTILINE) == [
        (name, *rule) for name, rule in RULES.items()
    ]
