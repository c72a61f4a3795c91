"""Each setting: which source wins, and what is said of a value that cannot be meant."""

from __future__ import annotations

import asyncio
import inspect
from pathlib import Path
from typing import Any

import pytest

from tests.support.settings_file import write
from wyseos.mate import Client, ClientOptions, ConfigError, load_config
from wyseos.mate.config import Settings
from wyseos.mate.settings.table import FILE_SETTINGS, SETTINGS, variable


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No file and no variable of the machine is found."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    for name in [*map(variable, FILE_SETTINGS), "HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY"]:
        monkeypatch.delenv(name, raising=False)


def test_each_source_wins_over_those_below(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    write(tmp_path / "mate.yaml", "timeout: 11\nmax_retries: 1\nbase_url: https://file.example")
    monkeypatch.setenv("WYSEOS_TIMEOUT", "12")
    monkeypatch.setenv("WYSEOS_MAX_RETRIES", "3")
    with Client(timeout=13) as client:
        found = (client.timeout, client.options.max_retries, client.base_url, client.options.strict)
    assert found == (13, 3, "https://file.example", False)


@pytest.mark.parametrize("value", [12, 30])
def test_an_argument_wins_even_if_it_is_the_default(value: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WYSEOS_TIMEOUT", "12")
    assert value == ClientOptions(timeout=value).timeout


def test_a_key_given_hides_a_token_of_a_lower_source(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A JWT is sent instead of a key: one of the environment would take the place of the key that was asked for."""
    monkeypatch.setenv("WYSEOS_JWT_TOKEN", "jwt")
    assert (ClientOptions("k").jwt_token, ClientOptions("k").api_key) == (None, "k")
    options = load_config(write(tmp_path / "mate.yaml", "api_key: file"))
    assert (options.jwt_token, options.api_key) == ("jwt", None)


WRONG: list[tuple[str, Any]] = [
    ("timeout", 0),
    ("timeout", 301),
    ("timeout", "x"),
    ("timeout", float("nan")),
    ("deadline", 0),
    ("max_retries", -1),
    ("max_retries", 1.5),
    ("base_url", "api.wyseos.com"),
    ("base_url", "ftp://a.example"),
    ("base_url", "https://"),
    ("base_url", "https://user:CANARY@a.example"),
    ("base_url", "https://a.example?api_key=CANARY"),
    ("base_url", "https://a.example:99999"),
    ("base_url", "https://a.example/\n"),
    ("base_url", 7),
    ("base_url", f"https://{'a' * 64}.example"),
    ("base_url", "https://a..example"),
    ("base_url", "https://xn--.example"),
    ("base_url", "https://a%2eb"),
    ("base_url", "https://[::1"),
    ("proxy", "a.example:1"),
    ("proxy", "http://user:CANARY@a.example/path"),
    ("api_key", ""),
    ("headers", ["a"]),
    ("query", "a=b"),
    ("query", {"a": "\ud800"}),
    ("query", {1: "a"}),
    ("before_request", "print"),
    ("before_request", [print, asyncio.sleep]),
    ("after_response", asyncio.sleep),
    ("jwt_token", asyncio.sleep),
    ("ca_bundle", ""),
]


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_wrong_argument_names_its_field(name: str, value: Any) -> None:
    settings: dict[str, Any] = {name: value}
    with pytest.raises(ConfigError, match=f"^{name} (must|is empty)") as caught:
        ClientOptions(**settings)
    assert name == caught.value.field
    assert "CANARY" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("a.example", "must start with http:// or https://"),
        ("https://a.example:99999", "must name a host, and a port from 1 to 65535"),
        ("https://", "must name a host"),
        ("https://пример.example", "must be a URL of ASCII characters"),
    ],
)
def test_a_wrong_url_is_told_by_what_is_wrong_with_it(url: str, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        ClientOptions(base_url=url)


def test_a_wrong_variable_names_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WYSEOS_TIMEOUT", "soon")
    with pytest.raises(ConfigError, match=r"^WYSEOS_TIMEOUT must be a number"):
        ClientOptions()


def test_an_unknown_override_suggests_the_right_one() -> None:
    mistyped: Any = {"timeot": 3}
    with pytest.raises(ConfigError, match="did you mean 'timeout'"):
        Client(**mistyped)


def test_all_settings_are_known_to_type_checkers_too() -> None:
    parameters = list(inspect.signature(ClientOptions).parameters)
    assert list(Settings.__annotations__) == parameters
    assert list(SETTINGS) == parameters


def test_a_home_is_written_out_in_a_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert ClientOptions(ca_bundle="~/ca.pem").ca_bundle == str(tmp_path / "ca.pem")


@pytest.mark.parametrize(
    "url", ["http://[::1]:80", "https://a_b.example.", "https://1.2.3.4:5/base", "https://xn--bcher-kva.example"]
)
def test_odd_but_good_addresses_are_taken(url: str) -> None:
    assert ClientOptions(base_url=url).base_url == url
