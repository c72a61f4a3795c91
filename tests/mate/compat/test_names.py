"""Every name that programs of 0.3.x import stands where they look for it, and means what it meant."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import pytest

from wyseos.mate import ClientOptions, factory, load_config
from wyseos.mate.errors import ValidationError
from wyseos.mate.models import CreateSessionRequest, ListOptions, MessageFilter, PaginatedResponse
from wyseos.mate.services.file_upload import FileUploadService
from wyseos.mate.task_runner import TaskExecutionOptions, TaskResult, create_task_runner
from wyseos.mate.websocket import WebSocketClient


@pytest.mark.parametrize(
    "name",
    [f"{prefix}{name}Service" for prefix in ("", "Async")
     for name in ("Agent", "Browser", "FileUpload", "Marketing", "Product", "Session", "Team", "User")],
)  # fmt: skip
def test_a_service_is_imported_by_its_class(name: str) -> None:
    assert getattr(import_module("wyseos.mate.services"), name).__name__ == name


def test_a_service_that_is_none_is_no_attribute() -> None:
    with pytest.raises(AttributeError):
        import_module("wyseos.mate.services").NoService  # noqa: B018 - the look is what is tested


def test_the_factory_is_the_runners() -> None:
    assert factory.create_task_runner is create_task_runner


def test_a_websocket_client_takes_its_session_as_the_third_argument() -> None:
    client = WebSocketClient("https://example.com", "key", "s1", "token", 20, 1024)

    assert (client.session_id, client.jwt_token, client.api_key) == ("s1", "token", "key")
    assert (client.base_url, client.heartbeat_interval, client.max_message_size) == ("https://example.com", 20, 1024)


def test_a_websocket_client_takes_none_for_a_credential_that_is_not_there() -> None:
    client = WebSocketClient("https://example.com", None, "s1", "token")

    assert (client.api_key, client.jwt_token) == ("", "token")


def test_the_settings_file_is_named_by_its_older_keyword(tmp_path: Path) -> None:
    (tmp_path / "mate.yaml").write_text("mate: {api_key: key}\n")

    assert load_config(config_path=tmp_path / "mate.yaml").api_key == "key"


def test_options_and_results_are_dumped() -> None:
    assert TaskResult(success=True, final_answer="42").model_dump()["final_answer"] == "42"
    assert '"success":false' in TaskResult().model_dump_json()
    assert TaskExecutionOptions(verbose=True).model_dump()["verbose"] is True
    assert ListOptions(page_size=5).model_dump() == {"page_num": 1, "page_size": 5}
    assert MessageFilter(role="user").dict(exclude_none=True) == {"role": "user"}
    page = PaginatedResponse(1, 20, 1, 1, [CreateSessionRequest(task="it")])
    assert page.model_dump()["data"] == [{"task": "it"}]


def test_settings_are_dumped_and_copied() -> None:
    options = ClientOptions(api_key="key", timeout=7)

    assert options.model_dump() == {
        "api_key": "key",
        "jwt_token": None,
        "base_url": "https://api.wyseos.com",
        "timeout": 7,
    }
    assert ClientOptions(**options.model_dump()).timeout == 7
    assert options.model_copy(update={"timeout": 9}).timeout == 9
    assert options.model_copy(update={"timeout": 9}).api_key == "key"


def test_a_copy_of_options_is_checked_as_they_are() -> None:
    assert ListOptions().model_copy(update={"page_size": 5}) == ListOptions(page_size=5)


def test_whether_events_are_logged_has_its_older_name() -> None:
    assert TaskExecutionOptions(verbose=True).event_logging_enabled
    assert not TaskExecutionOptions(verbose=True, enable_event_logging=False).event_logging_enabled


@pytest.mark.parametrize("typed", ["q\n", "exit\n", "\n", ""])
def test_asking_for_a_file_is_left(monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    import io

    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))

    assert FileUploadService(None).select_file() is None  # type: ignore[arg-type]  # it needs no client


def test_a_wrong_option_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="base_url"):
        ClientOptions(api_key="key", base_url="ftp://example.com")
    with pytest.raises(ValidationError):
        ListOptions(page_size=0)
