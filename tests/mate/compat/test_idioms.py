"""Idioms of programs of 0.3.x, against the emulator and a bare server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.raw_server import RawServer, ok
from wyseos.mate import APIError, Client, ClientOptions, create_task_runner
from wyseos.mate.emulator import Emulator
from wyseos.mate.models import CreateProductRequest, CreateSessionRequest, ProductAttachment, SessionInfo
from wyseos.mate.task_runner import TaskExecutionOptions
from wyseos.mate.websocket import WebSocketClient


@pytest.fixture
def client(wyseos_emulator: Emulator) -> Iterator[Client]:
    with Client(ClientOptions(api_key=wyseos_emulator.api_key, base_url=wyseos_emulator.base_url)) as client:
        yield client
    assert wyseos_emulator.violations == []


def test_a_runner_takes_the_answer_of_create(client: Client) -> None:
    created = client.session.create(CreateSessionRequest(task="Find trends"))
    ws_client = WebSocketClient(client.base_url, client.api_key, created.session_id)
    result = create_task_runner(ws_client, client, created).run_task(
        "Find trends", options=TaskExecutionOptions(enable_event_logging=True)
    )

    assert result.success
    assert all(isinstance(entry["timestamp"], str) for entry in result.execution_logs)
    assert result.plan_history[0]["content"] == "This is how I will go about it."
    assert json.loads(result.model_dump_json())["final_answer"] == result.final_answer

    info = client.session.get_info(created.session_id)
    assert info.task_result is not None
    assert info.task_result["content"] == info.task_result.content
    assert SessionInfo(**dict(info)).task_result == info.task_result
    assert info["created_at"][:2] == "20"
    assert info.model_copy(update={"name": "mine"}).name == "mine"


def test_a_session_is_stopped_by_its_id(client: Client, wyseos_emulator: Emulator) -> None:
    with client.start("Find trends", options=TaskExecutionOptions(auto_accept_plan=False)) as task:
        next(event for event in task if event.type == "input")
        with client.attach(task.session_id) as other:
            next(iter(other))
            other.stop()
            assert other.result().error == "the task was stopped"
        assert task.result().error == "the task was stopped"


def test_a_message_is_read_like_its_dict(client: Client) -> None:
    created = client.session.create(CreateSessionRequest(task="Find trends"))
    ws_client = WebSocketClient(client.base_url, client.api_key, created.session_id)
    create_task_runner(ws_client, client, created).run_task("Find trends")

    page = client.session.get_messages(created.session_id, page_size=50)
    assert [message.get("type") for message in page.messages] == [message.type for message in page.messages]
    assert len(page.model_dump()["messages"]) == len(page.messages)


def test_a_product_is_asked_for_with_its_files_as_objects(client: Client) -> None:
    files = [ProductAttachment(file_name="a.pdf", file_url="https://files.example.com/a.pdf")]
    report = client.product.create_and_wait("Lantern", attachments=files, poll_interval=0)

    assert "; ".join(report.related_links)
    assert report.get("report_id") == report.report_id
    assert client.product.create(CreateProductRequest(product="Lantern", attachments=files)).product_id


@pytest.mark.parametrize(
    ("product", "words"),
    [({"product_id": "p1", "status": "failed"}, "failed"), ({"product_id": "p1", "status": "pending"}, "in time")],
)
def test_whatever_ends_the_wait_for_a_report_is_an_api_error(product: dict[str, Any], words: str) -> None:
    with RawServer((ok({"product_id": 1}), ok(product))) as server, Client(_options(server)) as client:
        with pytest.raises(APIError, match=words) as caught:
            client.product.create_and_wait("Lantern", poll_interval=0, max_attempts=2)
        assert caught.value.details == {"product_id": "1"}
        with pytest.raises(APIError, match="product"):
            client.product.create_and_wait("")


def test_what_a_server_leaves_out_is_empty() -> None:
    bare: dict[str, Any] = {"report_id": 7}
    with RawServer((ok(bare),)) as server, Client(_options(server)) as client:
        report = client.product.get_report("7")

    assert (", ".join(report.keywords), "; ".join(report.related_links), report.target_description) == ("", "", "")
    assert report.to_dict() == bare


def test_a_tweet_of_research_is_read_like_its_dict() -> None:
    tweet = {"tweet_id": "1", "username": "ada", "tweet": "Hello", "new_field": [1]}
    with RawServer((ok([tweet]),)) as server, Client(_options(server)) as client:
        tweets = client.marketing.get_research_tweets("q1")

    assert [tweet.get("username", "") for tweet in tweets] == ["ada"]
    assert json.loads(json.dumps(tweets, default=dict)) == [tweet]


def test_an_upload_is_a_dict() -> None:
    told = {"file_name": "a.md", "file_url": "https://files.example.com/a.md"}
    with RawServer((ok([told]),)) as server, Client(_options(server)) as client:
        upload = client.file_upload.upload_file(__file__)

    assert json.dumps(upload) == json.dumps(told)


def test_an_unknown_field_of_a_request_is_sent() -> None:
    given: dict[str, Any] = {"task": "Find trends", "team_id": "wyse_mate"}
    with RawServer((ok({"session_id": "s1"}),)) as server, Client(_options(server)) as client:
        client.session.create(CreateSessionRequest(**given))

    assert server.requests[0].json() == given


def _options(server: RawServer) -> ClientOptions:
    return ClientOptions(api_key="key", base_url=server.base_url, max_retries=0)
