"""The documented runner, as a program written against the API reference uses it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.support.runner import make_runner
from wyseos.mate import AsyncClient, Client, create_task_runner
from wyseos.mate.emulator import Emulator
from wyseos.mate.errors import SessionExecutionError, ValidationError
from wyseos.mate.models import CreateSessionRequest
from wyseos.mate.task_runner import AsyncTaskRunner, TaskExecutionOptions, TaskMode, TaskResult, TaskRunner
from wyseos.mate.websocket import WebSocketClient

Make = Callable[..., TaskRunner]


@pytest.fixture
def client(wyseos_emulator: Emulator) -> Iterator[Client]:
    with Client(base_url=wyseos_emulator.base_url, api_key=wyseos_emulator.api_key) as client:
        yield client
    assert wyseos_emulator.violations == []


@pytest.fixture
def runner(client: Client) -> TaskRunner:
    return make_runner(client)


def test_a_task_runs_as_documented(runner: TaskRunner) -> None:
    result = runner.run_task("Find trends", attachments=[{"file_name": "a.md", "file_url": "https://example.com/a"}])
    assert isinstance(result, TaskResult)
    assert (result.success, result.error, result.message_count) == (True, None, 27)
    assert result.session_id == runner.session_info.session_id
    assert runner.task is None


def test_screenshots_and_logs_are_captured_where_asked_for(runner: TaskRunner) -> None:
    options = TaskExecutionOptions(capture_screenshots=True, enable_event_logging=True)
    result = runner.run_task("Find trends", task_mode=TaskMode.Default, options=options)
    assert [bool(shot["screenshot"]) for shot in result.screenshots] == [True, True]
    assert len(result.execution_logs) == 27


def test_a_mode_that_the_session_was_not_made_for_is_sent_along(runner: TaskRunner, wyseos_emulator: Emulator) -> None:
    assert runner.run_task("Find trends", task_mode=TaskMode.DeepSearch, extra={"skills": []}).success
    [session] = wyseos_emulator.sessions.values()
    assert session.starts[0]["data"]["extra"] == {"skills": [], "mode": "deep_search"}


def test_rounds_follow_each_other_and_each_has_its_own_events(runner: TaskRunner) -> None:
    results = [runner.run_task(task) for task in ("First", "Second", "Third")]
    assert [result.message_count for result in results] == [27, 27, 27]


def test_a_new_runner_of_an_old_session_does_not_replay_it(client: Client, wyseos_emulator: Emulator) -> None:
    first = client.run("First")
    info = client.session.get_info(first.session_id)
    line = WebSocketClient(options=client.options, session_id=first.session_id)
    wyseos_emulator.fault("cut", message="start", taken=False)
    second = create_task_runner(line, client, info).run_task("Second")
    assert (second.success, second.message_count) == (True, 27)
    [session] = wyseos_emulator.sessions.values()
    assert len(session.starts) == 2


@pytest.mark.parametrize("task", ["", " \n", None])
def test_an_empty_task_is_refused(runner: TaskRunner, task: Any) -> None:
    with pytest.raises(ValidationError, match="task is empty"):
        runner.run_task(task)


def test_only_one_task_runs_at_a_time(runner: TaskRunner) -> None:
    def on_event(event: Any) -> None:
        assert runner.task is not None
        with pytest.raises(SessionExecutionError, match="already under way"):
            runner.run_task("Second")

    assert runner.run_task("First", on_event=on_event).success


@pytest.mark.wyseos(scenario="questions")
def test_a_question_is_answered_by_a_callback(runner: TaskRunner) -> None:
    assert runner.run_task("Find trends", on_input=lambda question: "Yes").final_answer.endswith("You said: Yes")


@pytest.mark.wyseos(scenario="questions")
def test_a_question_that_nobody_answers_ends_the_task_in_time_and_is_carried(runner: TaskRunner) -> None:
    result = runner.run_task("Find trends", options=TaskExecutionOptions(completion_timeout=0.1))
    assert "waits for an answer to: What is it for?" in (result.error or "")
    assert result.question is not None


def test_the_handlers_of_the_websocket_client_are_called_as_well(runner: TaskRunner) -> None:
    heard: list[Any] = []
    runner.ws_client.set_message_handler(lambda message: heard.append(message["type"]))
    runner.ws_client.set_connect_handler(lambda: heard.append("connect"))
    runner.ws_client.set_disconnect_handler(lambda: heard.append("disconnect"))
    events: list[Any] = []
    assert runner.run_task("Find trends", on_event=lambda event: events.append(event.type)).success
    assert heard == ["connect", *events, "disconnect"]


@pytest.mark.wyseos(scenario="patient", speed=1)
def test_a_task_is_stopped_through_the_websocket_client(runner: TaskRunner) -> None:
    def on_event(event: Any) -> None:
        if event.type == "progress":
            runner.ws_client.send_stop()

    result = runner.run_task("Find trends", on_event=on_event)
    assert (result.success, result.error) == (False, "the task was stopped")


@pytest.mark.parametrize("given", [{"api_key": "a-wrong-key"}, {"jwt_token": "a-wrong-token"}])
def test_the_connection_shows_what_the_websocket_client_holds(client: Client, given: Any) -> None:
    made = client.session.create(CreateSessionRequest(task="Find trends"))
    ws_client = WebSocketClient(client.base_url, **given)
    result = create_task_runner(ws_client, client, made).run_task("Find trends")
    assert (result.success, result.message_count) == (False, 0)
    assert "401" in (result.error or "")


def test_the_connection_leads_where_the_websocket_client_says(client: Client) -> None:
    made = client.session.create(CreateSessionRequest(task="Find trends"))
    with Emulator(speed=0) as other:
        with Client(base_url=other.base_url, api_key=other.api_key) as there:
            session = there.session.create(CreateSessionRequest(task="Find trends"))
        ws_client = WebSocketClient(other.base_url, other.api_key, made.session_id)
        result = create_task_runner(ws_client, client, made).run_task("Find trends")
    assert made.session_id == session.session_id  # both emulators count from the same seed
    assert result.success
    assert client.session.get_info(made.session_id).status == "created"


def test_what_the_websocket_client_was_not_given_is_the_clients(client: Client) -> None:
    made = client.session.create(CreateSessionRequest(task="Find trends"))
    assert create_task_runner(WebSocketClient(), client, made).run_task("Find trends").success
    other = WebSocketClient(options=client.options, session_id=made.session_id)
    assert create_task_runner(other, client, made).run_task("Find more").success


def test_a_token_that_is_asked_for_is_renewed_for_the_runner_too(wyseos_emulator: Emulator) -> None:
    tokens = iter(["an-old-token"])
    with Client(base_url=wyseos_emulator.base_url, api_key=wyseos_emulator.api_key) as maker:
        made = maker.session.create(CreateSessionRequest(task="Find trends"))
    token = lambda: next(tokens, wyseos_emulator.jwt_token)  # noqa: E731
    with Client(base_url=wyseos_emulator.base_url, jwt_token=token) as client:
        ws_client = WebSocketClient(client.base_url, "", made.session_id, "a-token-of-yesterday")
        assert create_task_runner(ws_client, client, made).run_task("Find trends").success


def test_a_websocket_client_of_another_session_is_refused(client: Client) -> None:
    made = client.session.create(CreateSessionRequest(task="Find trends"))
    runner = create_task_runner(WebSocketClient(session_id="another"), client, made)
    with pytest.raises(ValidationError, match="'another'"):
        runner.run_task("Find trends")


async def test_the_async_runner_does_the_same_awaited(wyseos_emulator: Emulator) -> None:
    heard: list[Any] = []

    async def on_event(event: Any) -> None:
        heard.append(event.type)
        assert awaited.task is not None
        if event.type == "input":
            await awaited.task.approve()
            assert awaited.ws_client.connected
            with pytest.raises(SessionExecutionError, match="already under way"):
                await awaited.run_task("Second")

    async with AsyncClient(base_url=wyseos_emulator.base_url, api_key=wyseos_emulator.api_key) as client:
        made = await client.session.create(CreateSessionRequest(task="Find trends"))
        session_info = await client.session.get_info(made.session_id)
        line = WebSocketClient(options=client.options, session_id=made.session_id)
        awaited = AsyncTaskRunner(line, client, session_info)
        by_hand = TaskExecutionOptions(auto_accept_plan=False)
        first = await awaited.run_task("First", options=by_hand, on_event=on_event)
        second = await awaited.run_task("Second")
    assert (first.message_count, second.message_count, len(heard), awaited.task) == (27, 27, 27, None)
    assert wyseos_emulator.violations == []
