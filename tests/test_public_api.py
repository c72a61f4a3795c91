"""Every public name of the documented API exists, with the documented parameters and defaults."""

from __future__ import annotations

import inspect
import pkgutil
import types
from importlib import import_module
from typing import Any

import pytest

import wyseos.mate as package
from wyseos.mate import Client, ClientOptions, create_task_runner, errors
from wyseos.mate.emulator import Emulator
from wyseos.mate.models import CreateSessionRequest, ListOptions, ProductAttachment
from wyseos.mate.task_runner import TaskExecutionOptions, TaskMode, TaskResult, TaskRunner
from wyseos.mate.websocket import WebSocketClient
from wyseos.runtime import records

# The models have a test of their own, in tests/mate/test_models.py.
NAMES = {
    "wyseos.mate": [
        "Client",
        "ClientOptions",
        "create_task_runner",
        "APIError",
        "ConfigError",
        "NetworkError",
        "SessionExecutionError",
        "ValidationError",
        "WebSocketError",
    ],
    "wyseos.mate.config": ["load_config"],
    "wyseos.mate.errors": [
        "APIError",
        "ConfigError",
        "NetworkError",
        "SessionExecutionError",
        "ValidationError",
        "WebSocketError",
        "AuthenticationError",
        "AuthorizationError",
        "NotFoundError",
        "RateLimitError",
        "ServerError",
    ],
    "wyseos.mate.plan": ["Plan", "PlanStep", "PlanStatus", "PlanOverallStatus", "AcceptPlan"],
    "wyseos.mate.task_runner": ["TaskMode", "TaskExecutionOptions", "TaskResult", "TaskRunner"],
    "wyseos.mate.websocket": ["WebSocketClient"],
}
MISSING = inspect.Parameter.empty

# Each documented method: its parameters in order, with their defaults.
METHODS: dict[str, dict[str, Any]] = {
    "session.create": {"request": MISSING},
    "session.get_info": {"session_id": MISSING},
    "session.get_messages": {"session_id": MISSING, "page_num": 1, "page_size": 20, "filter": None},
    "session.get_between_messages": {"session_id": MISSING, "from_message_id": MISSING, "to_message_id": MISSING},
    "session.get_marketing_data": {"session_id": MISSING, "type": None},
    "session.update_session_name": {"request": MISSING},
    "product.create": {"req": MISSING},
    "product.get_info": {"product_id": MISSING},
    "product.get_report": {"report_id": MISSING},
    "product.get_categories": {},
    "product.create_and_wait": {
        "product": MISSING, "attachments": None, "poll_interval": 20, "max_attempts": 30, "on_poll": None,
    },
    "marketing.update_report": {"report_id": MISSING, "data": MISSING},
    "marketing.get_research_tweets": {"query_id": MISSING},
    "marketing.get_product_info": {"product_id": MISSING},
    "marketing.get_report_detail": {"report_id": MISSING},
    "file_upload.upload_file": {"file_path": MISSING, "session_id": None},
    "file_upload.validate_file": {"file_path": MISSING},
    "file_upload.get_file_info": {"file_path": MISSING},
    "file_upload.list_supported_extensions": {},
    "team.get_list": {"team_type": "", "options": None},
    "team.get_info": {"team_id": MISSING},
    "agent.get_list": {"agent_type": "", "options": None},
    "agent.get_info": {"agent_id": MISSING},
    "user.list_api_keys": {"options": None},
    "browser.get_info": {"browser_id": MISSING},
    "browser.list_browsers": {"session_id": MISSING, "options": None},
    "browser.list_browser_pages": {"browser_id": MISSING, "options": None},
    "browser.release_browser": {"browser_id": MISSING},
    "browser.show_info": {"session_id": MISSING, "message": MISSING},
}  # fmt: skip


@pytest.mark.parametrize(("module", "name"), [(module, name) for module, names in NAMES.items() for name in names])
def test_a_documented_name_can_be_imported(module: str, name: str) -> None:
    assert getattr(import_module(module), name).__name__ == name


@pytest.mark.parametrize("path", METHODS)
def test_a_method_takes_what_is_documented_in_that_order(path: str) -> None:
    """More parameters may follow; the documented ones stand where a program of v0.3.1 puts them."""
    service, method = path.split(".")
    with Client(ClientOptions(api_key="key")) as client:
        parameters = inspect.signature(getattr(getattr(client, service), method)).parameters
    documented = METHODS[path]
    found = {name: parameters[name].default for name in list(parameters)[: len(documented)]}
    assert found == documented


def test_the_options_have_their_documented_defaults() -> None:
    options = ClientOptions(api_key="key")
    assert (options.jwt_token, options.base_url, options.timeout) == (None, "https://api.wyseos.com", 30)
    assert (ListOptions().page_num, ListOptions().page_size) == (1, 20)


def test_the_task_options_have_their_documented_defaults() -> None:
    documented = {
        "verbose": False, "auto_accept_plan": True, "capture_screenshots": False, "enable_browser_logging": True,
        "enable_event_logging": None, "completion_timeout": 300, "max_user_input_timeout": 0,
        "stop_on_x_confirm": False,
    }  # fmt: skip
    options = TaskExecutionOptions()
    assert {name: getattr(options, name) for name in documented} == documented


def test_the_task_modes_are_the_services_words() -> None:
    assert [mode.value for mode in (TaskMode.Default, TaskMode.DeepSearch, TaskMode.Marketing)] == [
        "", "deep_search", "marketing",
    ]  # fmt: skip


def test_a_task_result_has_its_documented_fields() -> None:
    fields = [field.name for field in records.fields(TaskResult)][:8]
    assert fields == [
        "success", "final_answer", "error", "screenshots", "execution_logs", "plan_history", "session_duration",
        "message_count",
    ]  # fmt: skip


@pytest.mark.parametrize(("method", "first"), [("run_task", "task"), ("run_interactive_session", "initial_task")])
def test_the_runner_takes_what_is_documented(method: str, first: str) -> None:
    parameters = inspect.signature(getattr(TaskRunner, method)).parameters
    found = {name: parameter.default for name, parameter in parameters.items() if name != "self"}
    documented = {first: MISSING, "attachments": None, "task_mode": TaskMode.Default, "extra": None, "options": None}
    assert dict(list(found.items())[:5]) == documented


@pytest.mark.parametrize(
    "name",
    [
        "connect",
        "disconnect",
        "connected",
        "send_message",
        "send_ping",
        "send_stop",
        "send_pause",
        "set_message_handler",
        "set_connect_handler",
        "set_disconnect_handler",
        "set_error_handler",
    ],
)
def test_the_websocket_client_has_its_documented_surface(name: str) -> None:
    assert hasattr(WebSocketClient, name)


def test_what_the_package_lists_is_what_it_has() -> None:
    assert {name for name in package.__all__ if not hasattr(package, name)} == set()
    assert set(package.__all__) <= set(dir(package))


def test_what_any_package_lists_can_be_had_from_it() -> None:
    packages = [each.name for each in pkgutil.walk_packages(package.__path__, "wyseos.mate.") if each.ispkg]
    missing = [
        (name, listed)
        for name in packages
        for listed in getattr(import_module(name), "__all__", ())
        if not hasattr(import_module(name), listed)
    ]
    assert missing == []


def test_nothing_but_what_is_listed_can_be_seen_in_the_package() -> None:
    modules = {name for name, value in vars(package).items() if isinstance(value, types.ModuleType)}
    leaked = {name for name in vars(package) if not name.startswith("_")} - set(package.__all__) - modules
    assert leaked == set()
    assert dir(package) == sorted(package.__all__)


@pytest.mark.parametrize(
    "name", ["Task", "AsyncTask", "TaskResult", "TaskMode", "TaskExecutionOptions", "Plan", "Question"]
)
def test_what_a_program_of_tasks_needs_stands_in_the_package(name: str) -> None:
    assert name in package.__all__
    assert getattr(package, name).__name__ == name


def test_every_error_stands_in_the_package() -> None:
    assert {name for name in errors.__all__ if name.endswith("Error")} <= set(package.__all__)


def test_a_program_of_the_documented_api_runs_unchanged(wyseos_emulator: Emulator) -> None:
    client = Client(ClientOptions(api_key=wyseos_emulator.api_key, base_url=wyseos_emulator.base_url + "/"))
    request = CreateSessionRequest(task="Find three trends", mode="default", platform="api", extra={"a": 1})
    session_info = client.session.get_info(client.session.create(request).session_id)
    ws_client = WebSocketClient(
        base_url=client.base_url,
        api_key=client.api_key or "",
        jwt_token=client.jwt_token or "",
        session_id=session_info.session_id,
    )

    task_runner = create_task_runner(ws_client, client, session_info)
    result = task_runner.run_task("Find three trends", attachments=[], options=TaskExecutionOptions())

    messages = client.session.get_messages(session_info.session_id, page_num=1, page_size=50)
    assert (result.success, result.error) == (True, None)
    assert "Find three trends" in result.final_answer
    assert messages.total_count > 0
    assert client.base_url == wyseos_emulator.base_url
    assert wyseos_emulator.violations == []
    client.close()


def test_product_attachments_take_their_fields_in_order() -> None:
    assert ProductAttachment("a.pdf", "https://files/a.pdf").file_url == "https://files/a.pdf"
