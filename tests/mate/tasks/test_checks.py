"""What a task is asked for is checked before a session exists: wrong arguments leave nothing behind."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.runner import make_runner
from wyseos.mate import AsyncClient, Client
from wyseos.mate.emulator import Emulator
from wyseos.mate.errors import APIError, ValidationError
from wyseos.mate.models import ProductAttachment
from wyseos.mate.task_runner import TaskExecutionOptions


def options(**given: Any) -> dict[str, Any]:
    return {"options": TaskExecutionOptions(**given)}


WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"task": ""}, "task", "say in words"),
    ({"task": None}, "task", "say in words"),
    ({"attachments": "brief.pdf"}, "attachments", "list of uploaded files"),
    ({"attachments": ["brief.pdf"]}, "attachments", "upload it first"),
    ({"attachments": [Path("brief.pdf")]}, "attachments", "upload it first"),
    ({"attachments": [{"file_name": "a"}]}, "attachments", "has no file_url"),
    ({"attachments": [5]}, "attachments", "of type int"),
    ({"task_mode": "market"}, "task_mode", "'deep_search', 'marketing'"),
    ({"task_mode": None}, "task_mode", "task_mode is None"),
    ({"extra": "skills"}, "extra", "give a dict"),
    ({"extra": {"skill": []}}, "extra", "did you mean 'skills'"),
    ({"extra": {"marketing_products": {}}}, "extra", "did you mean 'marketing_product'"),
    ({"extra": {5: 1}}, "extra", "keys are strings"),
    ({"options": {"completion_timeout": 60}}, "options", "give TaskExecutionOptions"),
    (options(completion_timeout="60"), "completion_timeout", "give a number of at least 0"),
    (options(completion_timeout=-1), "completion_timeout", "give a number of at least 0"),
    (options(completion_timeout=float("nan")), "completion_timeout", "give a number"),
    (options(max_user_input_timeout=True), "max_user_input_timeout", "give a number"),
    (options(heartbeat_interval=0), "heartbeat_interval", "at least 0.1"),
    (options(max_message_size=1.5), "max_message_size", "a whole number"),
    (options(memory_budget=0), "memory_budget", "at least 1024"),
    (options(auto_accept_plan="no"), "auto_accept_plan", "True or False"),
    ({"on_plan": True}, "on_plan", "give a function"),
    ({"on_event": "print"}, "on_event", "give a function"),
]


@pytest.fixture
def client(wyseos_emulator: Emulator) -> Iterator[Client]:
    with Client(base_url=wyseos_emulator.base_url, api_key=wyseos_emulator.api_key) as client:
        yield client


@pytest.mark.parametrize(("given", "field", "words"), WRONG)
def test_a_wrong_argument_is_refused_and_no_session_exists(
    client: Client, wyseos_emulator: Emulator, given: dict[str, Any], field: str, words: str
) -> None:
    arguments = {"task": "Find trends", **given}
    for method in (client.run, client.start):
        with pytest.raises(ValidationError, match=words) as caught:
            method(**arguments)
        assert caught.value.field == field
    assert wyseos_emulator.sessions == {}


@pytest.mark.parametrize(("given", "field", "words"), WRONG)
async def test_a_wrong_argument_is_refused_by_the_async_client_too(
    wyseos_emulator: Emulator, given: dict[str, Any], field: str, words: str
) -> None:
    arguments = {"task": "Find trends", **given}
    async with AsyncClient(base_url=wyseos_emulator.base_url, api_key=wyseos_emulator.api_key) as client:
        with pytest.raises(ValidationError, match=words) as caught:
            await client.run(**arguments)
    assert caught.value.field == field
    assert wyseos_emulator.sessions == {}


@pytest.mark.parametrize(("given", "field", "words"), WRONG)
def test_a_wrong_argument_of_a_runner_starts_nothing(
    client: Client, wyseos_emulator: Emulator, given: dict[str, Any], field: str, words: str
) -> None:
    runner = make_runner(client)
    with pytest.raises(APIError, match=words):
        runner.run_task(**{"task": "Find trends", **given})
    [session] = wyseos_emulator.sessions.values()
    assert session.starts == []


def test_who_attaches_is_told_as_well(client: Client) -> None:
    wrong: Any = {"verbose": True}
    with pytest.raises(ValidationError, match="TaskExecutionOptions"):
        client.attach("s1", options=wrong)
    with pytest.raises(ValidationError, match="give a function"):
        client.attach("s1", on_input=wrong)


def test_what_an_upload_returns_is_an_attachment(client: Client, wyseos_emulator: Emulator) -> None:
    file = ProductAttachment("a.md", "https://files.example.com/a.md")
    assert client.run("Find trends", [file, {"file_name": "b", "file_url": "https://b"}], extra={"mine": 1}).success
    assert wyseos_emulator.violations == []


async def _later(question: Any) -> bool:
    return True


class _Later:
    async def __call__(self, question: Any) -> bool:
        return True


@pytest.mark.parametrize("handler", [_later, _Later(), functools.partial(_later)])
def test_a_coroutine_function_is_refused_where_nobody_awaits_it(
    client: Client, wyseos_emulator: Emulator, handler: Any
) -> None:
    runner = make_runner(client)
    calls: list[Callable[..., Any]] = [client.run, client.start, runner.run_task, client.attach]
    for call in calls:
        with pytest.raises(ValidationError, match=r"on_plan is a coroutine function.*AsyncClient"):
            call("Find trends", on_plan=handler)
    [session] = wyseos_emulator.sessions.values()
    assert session.starts == []
