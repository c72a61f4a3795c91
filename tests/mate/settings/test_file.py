"""The settings file: its two shapes, its profiles, and what is said of one that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.settings_file import write
from wyseos.mate import ClientOptions, ConfigError, load_config
from wyseos.mate.settings.table import FILE_SETTINGS, variable


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No file and no variable of the machine is found."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    for name in [*map(variable, FILE_SETTINGS), "HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY"]:
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("text", ["api_key: k\ntimeout: 60\n", "mate:\n  api_key: k\n  timeout: 60\n"])
def test_a_file_has_two_shapes(text: str, tmp_path: Path) -> None:
    options = load_config(write(tmp_path / "mate.yaml", text))
    assert (options.api_key, options.timeout) == ("k", 60)


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
