"""Settings: argument over environment over mate.yaml over default; errors that name field, kind and remedy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support.settings_file import write
from wyseos.mate import Client, ClientOptions, ConfigError, load_config
from wyseos.mate.settings.table import FILE_SETTINGS, SETTINGS, variable


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No file and no variable of the machine is found."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    for name in [*map(variable, FILE_SETTINGS), "HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY"]:
        monkeypatch.delenv(name, raising=False)


def test_the_documented_defaults() -> None:
    options = ClientOptions()
    assert (
        options.api_key,
        options.jwt_token,
        options.base_url,
        options.timeout,
    ) == (None, None, "https://api.wyseos.com", 30)
    assert (options.max_retries, options.deadline, options.strict) == (2, 120, False)


def test_the_first_four_can_be_given_by_position() -> None:
    options = ClientOptions("k", "j", "https://a.example/", 60)
    assert (
        options.api_key,
        options.jwt_token,
        options.base_url,
        options.timeout,
    ) == ("k", "j", "https://a.example", 60)


def test_options_of_another_kind_are_told_and_not_shown() -> None:
    options: Any = "CANARY"
    with pytest.raises(ConfigError, match=r"must be ClientOptions, not str: write Client\(api_key=…\)") as caught:
        Client(options)
    assert "CANARY" not in str(caught.value)


def test_explain_shows_each_value_and_its_source(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = write(tmp_path / "mate.yaml", "api_key: CANARY\ntimeout: 11")
    monkeypatch.setenv("WYSEOS_MAX_RETRIES", "5")
    lines = {line.split()[0]: line.split()[1:] for line in load_config(path).evolve(strict=True).explain().splitlines()}
    assert list(SETTINGS) == list(lines)
    assert ["***", str(path)] == lines["api_key"]
    assert ["11", str(path)] == lines["timeout"]
    assert lines["max_retries"] == ["5", "environment"]
    assert lines["strict"] == ["True", "argument"]
    assert lines["base_url"] == ["https://api.wyseos.com", "default"]


def test_settings_do_not_change() -> None:
    options = ClientOptions(timeout=5)
    with pytest.raises(AttributeError, match=r"evolve\(timeout=…\)"):
        options.timeout = 6
    assert (options.timeout, options.evolve(timeout=6).timeout) == (5, 6)


def test_settings_compare_by_value() -> None:
    assert ClientOptions("k", timeout=5) == ClientOptions("k", timeout=5)
    assert ClientOptions("k") != ClientOptions("l")


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (ClientOptions("k"), {"api_key": "k"}),
        (ClientOptions("k", "j"), {"authorization": "j"}),
        (ClientOptions(jwt_token=lambda: "asked"), {"authorization": "asked"}),
        (ClientOptions(), {}),
    ],
)
def test_the_websocket_is_authenticated_by_query(options: ClientOptions, expected: dict[str, str]) -> None:
    assert expected == options.websocket_auth()
