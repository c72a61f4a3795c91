"""SOCKS proxies, and a proxy that is set."""

from __future__ import annotations

from pathlib import Path

import pytest

from wyseos.mate import ClientOptions, ConfigError
from wyseos.mate.settings.table import FILE_SETTINGS, variable


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No file and no variable of the machine is found."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    for name in [*map(variable, FILE_SETTINGS), "HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY"]:
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("name", ["ALL_PROXY", "HTTPS_PROXY"])
def test_a_socks_proxy_without_its_libraries_says_where_it_is_set_and_what_to_install(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, "socks5h://p:1080")
    assert ClientOptions().proxy == "socks5h://p:1080"
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ConfigError, match=r"HTTPS_PROXY and its like is a SOCKS proxy.*wyseos-sdk\[socks\]"):
        _ = ClientOptions().proxy
    with pytest.raises(ConfigError, match="proxy in argument is a SOCKS proxy"):
        _ = ClientOptions(proxy="socks5://q:1080").proxy


def test_a_proxy_that_is_set_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://theirs:1")
    assert ClientOptions().proxy == "http://theirs:1"
    assert ClientOptions(proxy="http://ours:1").proxy == "http://ours:1"
