"""What the schema documents show as examples, and what they refuse."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from codegen.documents import ASYNCAPI, OPENAPI, Json, last_part, pointer, walk

from .schemas import DOCUMENTS, component, faults, fits

ASYNC_COMPONENTS = DOCUMENTS.asyncapi["components"]


def examples() -> Iterator[tuple[str, Any]]:
    """Yield every example with the reference of the schema it belongs to."""
    for name, document in zip((OPENAPI, ASYNCAPI), DOCUMENTS, strict=True):
        for schema, definition in document["components"]["schemas"].items():
            for example in definition["examples"]:
                yield f"{name}#{pointer('components', 'schemas', schema)}", example
    for path, node in walk(DOCUMENTS.openapi):
        if "example" in node and "schema" in node:
            yield f"{OPENAPI}#{pointer(*path, 'schema')}", node["example"]
    for message, definition in ASYNC_COMPONENTS["messages"].items():
        for example in definition["examples"]:
            yield f"{ASYNCAPI}#{pointer('components', 'messages', message, 'payload')}", example["payload"]


@pytest.mark.parametrize(("reference", "example"), list(examples()))
def test_every_example_fits_its_schema(reference: str, example: Any) -> None:
    assert faults(reference, example) == []


def payloads(action: str) -> dict[str, Json]:
    """Give, for each message that is sent or received, its payload schema and its examples."""
    names = [
        last_part(message["$ref"])
        for operation in DOCUMENTS.asyncapi["operations"].values()
        if operation["action"] == action
        for message in operation["messages"]
    ]
    return {
        last_part(ASYNC_COMPONENTS["messages"][name]["payload"]["$ref"]): ASYNC_COMPONENTS["messages"][name]
        for name in names
    }


@pytest.mark.parametrize("action", ["send", "receive"])
def test_each_message_is_told_apart_from_all_others_of_its_direction(action: str) -> None:
    messages = payloads(action)
    for own, message in messages.items():
        for example in message["examples"]:
            fitting = [name for name in messages if fits(component(name), example["payload"])]
            assert fitting == [own], example["name"]


def test_each_message_of_the_channel_is_sent_or_received() -> None:
    assert (
        payloads("send").keys() | payloads("receive").keys()
        == DOCUMENTS.asyncapi["channels"]["session"]["messages"].keys()
    )


REFUSED: list[tuple[str, Any]] = [
    ("CreateSessionRequest", {}),
    ("CreateSessionRequest", {"task": ""}),
    ("CreateSessionRequest", {"task": "Go", "extra": "none"}),
    ("UpdateSessionNameRequest", {"session_id": "session_01", "title": ""}),
    ("UpdateSessionNameRequest", {"title": "A name"}),
    ("CreateAPIKeyRequest", {"name": ""}),
    ("CreateProductRequest", {"product": ""}),
    ("CreateProductRequest", {"product": "Example", "attachments": [{"file_name": "brief.pdf"}]}),
    ("UploadFilesRequest", {"files": []}),
    ("StartMessage", {"type": "start", "data": {"messages": []}}),
    ("StartMessage", {"type": "start", "data": {"messages": [{"type": "task", "content": ""}]}}),
    ("TextInputMessage", {"type": "input", "data": {"input_type": "text", "text": "Yes"}}),
    ("PlanInputMessage", {"type": "input", "data": {"input_type": "plan", "request_id": "req_01", "response": {}}}),
    ("PingMessage", {"type": "ping"}),
    ("InputEvent", {"type": "input", "message": {"type": "", "data": {}}}),
    ("PlanEvent", {"type": "plan", "message": {"type": "create_plan", "data": [{"title": "No id"}]}}),
    ("SessionInfo", {"session_id": "session_01", "status": "asleep"}),
    ("MessagePage", {"page_num": 1}),
]


@pytest.mark.parametrize(("name", "value"), REFUSED)
def test_what_breaks_a_rule_does_not_fit(name: str, value: Any) -> None:
    assert not fits(component(name), value)


PAGE_SIZES = [("PageSize", 20), ("PageSizeTen", 10)]


@pytest.mark.parametrize(("name", "default"), PAGE_SIZES)
def test_a_page_has_1_to_100_rows_and_its_documented_default(name: str, default: int) -> None:
    reference = f"{OPENAPI}#/components/parameters/{name}/schema"
    assert [fits(reference, size) for size in (0, 1, default, 100, 101)] == [False, True, True, True, False]
    assert DOCUMENTS.openapi["components"]["parameters"][name]["schema"]["default"] == default


@pytest.mark.parametrize("name", ["TweetReplyEvent", "TweetInteractEvent", "TweetDraftEvent"])
def test_the_closing_message_of_a_stream_carries_null(name: str) -> None:
    kind = DOCUMENTS.asyncapi["components"]["schemas"][name]["examples"][0]["message"]["type"]
    assert fits(component(name), {"type": "rich", "delta": None, "message": {"type": kind, "data": None}})
