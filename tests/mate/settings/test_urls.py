"""Where a URL leads: straight, or through the proxy of the environment."""

from __future__ import annotations

from pathlib import Path

import pytest

from wyseos.mate import ClientOptions, ConfigError
from wyseos.mate.settings.table import FILE_SETTINGS, variable
from wyseos.mate.settings.urls import host_and_port, system_proxy


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No file and no variable of the machine is found."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    for name in [*map(variable, FILE_SETTINGS), "HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY"]:
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, None),
        ({"HTTPS_PROXY": "http://p:1"}, "http://p:1"),
        ({"https_proxy": "p:1", "HTTPS_PROXY": "http://q:1"}, "http://p:1"),
        ({"ALL_PROXY": "http://p:1"}, "http://p:1"),
        ({"HTTP_PROXY": "http://p:1"}, None),
        ({"HTTPS_PROXY": "http://p:1", "NO_PROXY": "other, example.com"}, None),
        ({"HTTPS_PROXY": "http://p:1", "NO_PROXY": "*"}, None),
        ({"HTTPS_PROXY": "http://p:1", "NO_PROXY": "ple.com"}, "http://p:1"),
        ({"HTTPS_PROXY": "http://p:1", "NO_PROXY": "other .example.com"}, None),
        ({"HTTPS_PROXY": "http://p:1", "NO_PROXY": "*.example.com"}, None),
        ({"HTTPS_PROXY": "http://p:1", "NO_PROXY": "example.com:443"}, None),
        ({"HTTPS_PROXY": "http://p:1", "NO_PROXY": "example.com:8443"}, "http://p:1"),
        ({"HTTPS_PROXY": "http://p:1", "NO_PROXY": "10.0.0.0/8,[::1]"}, "http://p:1"),
        ({"HTTPS_PROXY": "http://p:1", "https_proxy": ""}, None),
        ({"https_proxy": "", "ALL_PROXY": "http://p:1"}, None),
    ],
)
def test_the_proxy_of_the_environment(environ: dict[str, str], expected: str | None) -> None:
    assert expected == system_proxy("https://api.example.com", environ)


@pytest.mark.parametrize(
    ("url", "rules", "is_excepted"),
    [
        ("https://10.1.2.3", "10.0.0.0/8", True),
        ("https://10.1.2.3", "10.1.2.3", True),
        ("https://10.1.2.3", "10.1.2.3:443", True),
        ("https://10.1.2.3:8443", "10.1.2.3:443", False),
        ("https://10.1.2.3", "11.0.0.0/8 1.2.3", False),
        ("https://[fd00::7]", "fd00::/8", True),
        ("https://[fd00::7]", "fd00:0:0::7", True),
        ("https://[fd00::7]:8443", "[fd00::7]:8443", True),
        ("https://[fd00::7]:8443", "[fd00::7]:443", False),
        ("https://[fd00::7]", "0.0.0.0/0", False),
        ("wss://live.example.com", "example.com:443", True),
        ("http://live.example.com", "example.com:80", True),
    ],
)
def test_no_proxy_takes_networks_ports_and_addresses(url: str, rules: str, is_excepted: bool) -> None:
    environ = {"all_proxy": "http://p:1", "no_proxy": rules}
    assert (system_proxy(url, environ) is None) == is_excepted


def test_no_proxy_of_the_environment_stands_before_this_machine() -> None:
    assert None is system_proxy("http://127.0.0.1:1", {"HTTP_PROXY": "http://p:1"})


def test_a_wrong_proxy_of_the_environment_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://user:CANARY@")
    with pytest.raises(ConfigError, match="proxy in HTTPS_PROXY and its like must name a host") as caught:
        _ = ClientOptions().proxy
    assert "CANARY" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("https://api.example.com/v1", ("api.example.com", 443)),
        ("wss://api.example.com", ("api.example.com", 443)),
        ("http://[::1]", ("::1", 80)),
        ("ws://localhost:8000/session", ("localhost", 8000)),
    ],
)
def test_a_service_stands_at_its_port_or_at_that_of_its_scheme(url: str, place: tuple[str, int]) -> None:
    assert host_and_port(url) == place
