"""Each small change of the real schema has the verdict that its users would give it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from codegen.changes.compare import compare
from codegen.changes.surface import surface
from codegen.documents import Documents, Json
from tests.codegen.trees import REAL, Mutation, mutated

OLD = surface(REAL)


def schema(name: str, change: Callable[[Json], object]) -> Mutation:
    def mutation(both: Documents) -> None:
        inside = both.openapi if name in both.openapi["components"]["schemas"] else both.asyncapi
        change(inside["components"]["schemas"][name])

    return mutation


def operation(path: str, method: str, **changes: Any) -> Mutation:
    return lambda both: both.openapi["paths"][path][method].update(changes)


def field(name: str, wire: str, **changes: Any) -> Mutation:
    return schema(name, lambda found: found["properties"].setdefault(wire, {}).update(changes))


def parameter(index: int, **changes: Any) -> Mutation:
    """Change a parameter of list_messages: 3 is sort_order, 4 is role."""

    def mutation(both: Documents) -> None:
        parameters = both.openapi["paths"]["/session/message/lists"]["get"]["parameters"]
        parameters[index : index + 1] = [{**parameters[index], **changes}] if index < len(parameters) else [changes]

    return mutation


def without_parameter(both: Documents) -> None:
    del both.openapi["paths"]["/session/message/lists"]["get"]["parameters"][4]


def without_message(both: Documents) -> None:
    for kind in both.asyncapi["operations"].values():
        kind["messages"] = [each for each in kind["messages"] if not each["$ref"].endswith("/SkillEvent")]


TEXT = {"type": "string", "description": "A."}
CASES: list[tuple[Mutation, list[tuple[str, str, str]]]] = [
    # ---- answers: read, and forgiving
    (field("SessionInfo", "mood", **TEXT), [("additive", "SessionInfo.mood", "is new")]),
    (
        schema("SessionInfo", lambda found: found["properties"].pop("name")),
        [("breaking", "SessionInfo.name", "is gone")],
    ),
    (
        field("SessionInfo", "name", type="integer"),
        [("breaking", "SessionInfo.name", "is int, no longer str")],
    ),
    (
        schema("SessionInfo", lambda found: found["required"].remove("session_id")),
        [("breaking", "SessionInfo.session_id", "may be None")],
    ),
    (
        schema("SessionInfo", lambda found: found["required"].append("name")),
        [("compatible", "SessionInfo.name", "is promised")],
    ),
    (field("SessionInfo", "name", deprecated=True), [("deprecated", "SessionInfo.name", "is deprecated")]),
    (field("SessionInfo", "name", maxLength=9), []),
    (
        schema("SessionStatus", lambda found: found["enum"].append("asleep")),
        [("additive", "SessionStatus.asleep", "is new")],
    ),
    (
        schema("SessionStatus", lambda found: found["enum"].pop(0)),
        [("compatible", "SessionStatus.created", "is gone")],
    ),
    # ---- requests: written, and strict
    (field("CreateSessionRequest", "mood", **TEXT), [("additive", "CreateSessionRequest.mood", "is new")]),
    (
        schema("CreateSessionRequest", lambda found: found["required"].append("mode")),
        [
            ("breaking", "CreateSessionRequest.mode", "must be given"),
            ("breaking", "CreateSessionRequest", "takes task, mode in this order, no longer task"),
        ][:1],
    ),
    (
        schema("UpdateSessionNameRequest", lambda found: found["required"].remove("title")),
        [("breaking", "UpdateSessionNameRequest.title", "is given by its name alone")],
    ),
    (
        schema(
            "UpdateSessionNameRequest",
            lambda found: found.update(properties=dict(reversed(found["properties"].items()))),
        ),
        [
            (
                "breaking",
                "UpdateSessionNameRequest",
                "takes title, session_id in this order, no longer session_id, title",
            )
        ],
    ),
    (
        field("CreateSessionRequest", "mode", maxLength=5),
        [("breaking", "CreateSessionRequest.mode", "maxLength is 5, no longer None")],
    ),
    (
        field("CreateSessionRequest", "task", pattern="."),
        [("breaking", "CreateSessionRequest.task", "pattern is ., no longer \\S")],
    ),
    (
        schema("SortOrder", lambda found: found["enum"].remove("ASC")),
        [
            ("breaking", "list_messages(sort_order)", "no longer takes 'ASC'"),
            ("compatible", "SortOrder.ASC", "is gone"),
        ],
    ),
    # ---- parameters
    (
        parameter(9, **{"name": "mood", "in": "query", "schema": {"type": "string"}, "description": "A."}),
        [("additive", "list_messages(mood)", "is new")],
    ),
    (
        parameter(9, **{"name": "mood", "in": "query", "required": True, "schema": {"type": "string"}}),
        [("breaking", "list_messages(mood)", "is new and must be given")],
    ),
    (without_parameter, [("breaking", "list_messages(role)", "is gone")]),
    (parameter(4, required=True), [("breaking", "list_messages(role)", "must be given")]),
    (
        parameter(4, schema={"type": "integer"}),
        [("breaking", "list_messages(role)", "is int, no longer str")],
    ),
    (
        parameter(4, schema={"type": "string", "default": "user"}),
        [("compatible", "list_messages(role)", "is 'user' where it is not given, no longer absent")],
    ),
    (parameter(4, deprecated=True), [("deprecated", "list_messages(role)", "is deprecated")]),
    # ---- operations and messages
    (
        lambda both: both.openapi["paths"].pop("/session/current"),
        [("breaking", "list_current_sessions", "is gone")],
    ),
    (operation("/session/current", "get", deprecated=True), [("deprecated", "list_current_sessions", "is deprecated")]),
    (
        operation("/session/current", "get", tags=["team"]),
        [("breaking", "list_current_sessions", "is imported from api.team, no longer from api.session")],
    ),
    (
        lambda both: both.openapi["paths"].update({"/session/now": both.openapi["paths"].pop("/session/current")}),
        [("compatible", "list_current_sessions", "is GET /session/now, no longer GET /session/current")],
    ),
    (
        operation("/session/current", "get", security=[{"TokenAuth": []}]),
        [("breaking", "list_current_sessions", "no longer takes ApiKeyAuth")],
    ),
    (without_message, [("breaking", "SkillEvent", "is gone")]),
    (
        operation("/session/current", "get", summary="Other words"),
        [("compatible", "descriptions", "1 texts are new or other ones")],
    ),
]


@pytest.mark.parametrize(("mutation", "verdicts"), CASES, ids=[f"{at}" for at in range(len(CASES))])
def test_a_change_has_the_verdict_of_its_users(mutation: Mutation, verdicts: list[tuple[str, str, str]]) -> None:
    found = compare(OLD, surface(mutated(mutation)))
    told = [(change.verdict, change.subject, change.told) for change in found]

    assert [change for change in told if change[1] != "descriptions" or "descriptions" in str(verdicts)] == verdicts


def test_nothing_changed_is_no_change() -> None:
    assert compare(OLD, surface(REAL)) == []
