"""Settings: argument over environment over mate.yaml over default; errors that name field, kind and remedy."""

from __future__ import annotations

import asyncio
import inspect
import os
import ssl
from pathlib import Path
from typing import Any

import pytest
import trustme

from wyseos.mate import Client, ClientOptions, ConfigError, load_config
from wyseos.mate.config import Settings
from wyseos.mate.settings.table import FILE_SETTINGS, SETTINGS, variable
from wyseos.mate.settings.urls import system_proxy


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No file and no variable of the machine is found."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    for name in [*map(variable, FILE_SETTINGS), "HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY"]:
        monkeypatch.delenv(name, raising=False)


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


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


@pytest.mark.parametrize("text", ["api_key: k\ntimeout: 60\n", "mate:\n  api_key: k\n  timeout: 60\n"])
def test_a_file_has_two_shapes(text: str, tmp_path: Path) -> None:
    options = load_config(write(tmp_path / "mate.yaml", text))
    assert (options.api_key, options.timeout) == ("k", 60)


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


def test_the_file_is_found_in_a_parent_then_in_the_users_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    monkeypatch.chdir(deep)
    write(tmp_path / "config" / "wyseos" / "mate.yaml", "timeout: 11")
    assert load_config().timeout == 11
    write(tmp_path / "a" / "mate.yaml", "timeout: 12")
    assert load_config().timeout == 12
    monkeypatch.setenv("WYSEOS_CONFIG", str(write(tmp_path / "other.yaml", "timeout: 13")))
    assert load_config().timeout == 13


PROFILES = (
    "api_key: k\ntimeout: 11\nprofiles:\n  staging:\n    timeout: 12\n  local: {base_url: 'http://127.0.0.1:1'}\n"
)


def test_a_profile_lies_over_the_common_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = write(tmp_path / "mate.yaml", PROFILES)
    assert (load_config(path, "staging").api_key, load_config(path, "staging").timeout) == ("k", 12)
    monkeypatch.setenv("WYSEOS_PROFILE", "local")
    assert (load_config(path).base_url, load_config(path).timeout) == ("http://127.0.0.1:1", 11)


@pytest.mark.parametrize("given", [("api_key", "jwt_token"), ("jwt_token", "api_key")])
def test_the_credential_of_a_profile_stands_for_that_of_all(given: tuple[str, str], tmp_path: Path) -> None:
    common, own = given
    path = write(tmp_path / "mate.yaml", f"{common}: common\nprofiles: {{a: {{{own}: own}}, b: {{timeout: 12}}}}\n")
    with_own, without = load_config(path, "a"), load_config(path, "b")
    assert (getattr(with_own, own), getattr(with_own, common), getattr(without, common)) == ("own", None, "common")


def test_a_profile_may_have_a_number_for_a_name(tmp_path: Path) -> None:
    assert load_config(write(tmp_path / "mate.yaml", "profiles: {1: {timeout: 12}}"), "1").timeout == 12


def test_a_profile_that_is_not_there_suggests_the_one_that_is(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="did you mean 'staging'"):
        load_config(write(tmp_path / "mate.yaml", PROFILES), "stagin")


def test_a_profile_without_a_file_is_told() -> None:
    with pytest.raises(ConfigError, match=r"no mate\.yaml"):
        load_config(profile="staging")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("timout: 3", "Unknown setting 'timout'.*did you mean 'timeout'"),
        ("mate: {apikey: k}", "did you mean 'api_key'"),
        ("mate: {}\nother: 1", "Unknown setting 'other'"),
        ("mate: {}\ntimeout: 1", "timeout stands beside 'mate' in .*: move it below 'mate'"),
        ("mates: {timeout: 1}", "did you mean 'mate'"),
        ("profiles: {a: {qqq: 1}}", "Unknown setting 'qqq'.*known are api_key"),
        ("transport: x", "Unknown setting 'transport'"),
        ("- a\n- b", "must hold names and values"),
        ("timeout: [", "not valid YAML at line [12], column"),
        ("api_key: 'CANARY\n  x: [", "not valid YAML"),
        ("timeout: soon", "timeout in .* must be a number from 1 to 300 .*, not 'soon'"),
        ("timeout: true", "must be a number"),
        ("timeout: .nan", "must be a number"),
        ("allow_insecure: maybe", "must be true or false"),
        ("api_key: 12", "api_key in .* is a number"),
        ("!!python/object/apply:os.getcwd []", "not valid YAML"),
    ],
)
def test_a_file_that_cannot_be_used_says_where_and_why(text: str, words: str, tmp_path: Path) -> None:
    path = write(tmp_path / "bad.yaml", text)
    with pytest.raises(ConfigError, match=words) as caught:
        load_config(path)
    assert "bad.yaml" in str(caught.value)
    assert "CANARY" not in str(caught.value)


def test_a_file_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    for path, words in ((tmp_path / "none.yaml", "does not exist"), (tmp_path, "cannot be read")):
        with pytest.raises(ConfigError, match=words):
            load_config(path)
    (tmp_path / "latin.yaml").write_bytes(b"api_key: \xff")
    with pytest.raises(ConfigError, match="not UTF-8"):
        load_config(tmp_path / "latin.yaml")


@pytest.mark.parametrize("text", ["", "mate:\n", "# nothing yet\n", "api_key:\n", "profiles:\n"])
def test_an_empty_file_leaves_the_defaults(text: str, tmp_path: Path) -> None:
    assert load_config(write(tmp_path / "mate.yaml", text)) == ClientOptions()


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


def test_options_of_another_kind_are_told_and_not_shown() -> None:
    options: Any = "CANARY"
    with pytest.raises(ConfigError, match=r"must be ClientOptions, not str: write Client\(api_key=…\)") as caught:
        Client(options)
    assert "CANARY" not in str(caught.value)


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


def test_the_tls_settings_are_made_once_for_all_clients() -> None:
    assert ClientOptions().tls() is ClientOptions("k").tls()


def test_a_context_of_ones_own_is_used_as_it_is() -> None:
    context = ssl.create_default_context()
    assert ClientOptions(ssl_context=context, ca_bundle="/nowhere").tls() is context
    wrong: Any = "tls"
    with pytest.raises(ConfigError, match=r"ssl_context must be an ssl\.SSLContext"):
        ClientOptions(ssl_context=wrong)


def test_certificates_may_lie_in_a_folder_or_behind_a_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)
    usual = ClientOptions().tls()
    assert ClientOptions(ca_bundle=tmp_path).tls() is not usual
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    assert ClientOptions().tls() is not usual
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "gone.pem"))
    with pytest.raises(ConfigError, match=r"SSL_CERT_FILE .*gone.pem cannot be used: No such file"):
        ClientOptions().tls()


def test_a_bundle_that_was_replaced_is_read_anew(tmp_path: Path) -> None:
    bundle = tmp_path / "ca.pem"
    trustme.CA().cert_pem.write_to_path(str(bundle))
    first = ClientOptions(ca_bundle=bundle).tls()
    assert ClientOptions(ca_bundle=bundle).tls() is first
    os.utime(bundle, (1, 1))
    assert ClientOptions(ca_bundle=bundle).tls() is not first


def test_a_home_is_written_out_in_a_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert ClientOptions(ca_bundle="~/ca.pem").ca_bundle == str(tmp_path / "ca.pem")


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_a_ca_bundle_that_cannot_be_used_is_told(content: str | None, tmp_path: Path) -> None:
    path = tmp_path / "ca.pem"
    if content:
        path.write_text(content)
    with pytest.raises(ConfigError, match=r"ca_bundle .* cannot be used") as caught:
        ClientOptions(ca_bundle=path).tls()
    assert caught.value.field == "ca_bundle"


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
    "url", ["http://[::1]:80", "https://a_b.example.", "https://1.2.3.4:5/base", "https://xn--bcher-kva.example"]
)
def test_odd_but_good_addresses_are_taken(url: str) -> None:
    assert ClientOptions(base_url=url).base_url == url


@pytest.mark.parametrize("name", ["ALL_PROXY", "HTTPS_PROXY"])
def test_a_socks_proxy_without_its_libraries_says_where_it_is_set_and_what_to_install(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, "socks5h://p:1080")
    assert ClientOptions().proxy == "socks5h://p:1080"
    monkeypatch.setattr("wyseos.mate.settings.proxies.find_spec", lambda name: None)
    with pytest.raises(ConfigError, match=r"HTTPS_PROXY and its like is a SOCKS proxy.*wyseos-sdk\[socks\]"):
        _ = ClientOptions().proxy
    with pytest.raises(ConfigError, match="proxy in argument is a SOCKS proxy"):
        _ = ClientOptions(proxy="socks5://q:1080").proxy


def test_a_proxy_that_is_set_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://theirs:1")
    assert ClientOptions().proxy == "http://theirs:1"
    assert ClientOptions(proxy="http://ours:1").proxy == "http://ours:1"


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("12345678", "is a number, and must be text: put it in quotes"),
        ("${WYSE_KEY}", "is taken as it stands, no variable is put in"),
        ("$WYSE_KEY", "is taken as it stands, no variable is put in"),
        ("'%WYSE_KEY%'", "is taken as it stands, no variable is put in"),
    ],
)
def test_a_key_of_a_file_that_cannot_be_meant_says_why(tmp_path: Path, value: str, told: str) -> None:
    (tmp_path / "mate.yaml").write_text(f"api_key: {value}\n", "utf-8")
    with pytest.raises(ConfigError, match=rf"api_key in .*mate\.yaml {told}") as caught:
        load_config(tmp_path / "mate.yaml")
    assert caught.value.field == "api_key"
