"""A key in the system's keyring: a source of its own, below all others, bound to the service that it was kept for."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend

from tests.mate.cli.running import wyse
from tests.support.keyrings import PLACE, FileKeyring, LockedKeyring
from wyseos.mate import Client, ConfigError, load_config
from wyseos.mate.cli.exits import ExitCode
from wyseos.mate.emulator import Emulator
from wyseos.mate.settings.keyring import can_keep, keep_key, kept_key
from wyseos.mate.settings.table import DEFAULT_BASE_URL

OTHER = "https://wyse.example.com"
ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this test's keyring keeps its keys; the working directory and the home are its own, too."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.chdir(home)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / ".config"))
    monkeypatch.setenv(PLACE, str(tmp_path / "keyring.json"))
    return tmp_path / "keyring.json"


@pytest.fixture(autouse=True)
def backend(place: Path) -> Iterator[None]:
    before = keyring.get_keyring()
    use(FileKeyring())
    yield
    use(before)


def use(chosen: KeyringBackend) -> None:
    keyring.set_keyring(chosen)


def programs_use(monkeypatch: pytest.MonkeyPatch, chosen: type[KeyringBackend]) -> None:
    """What a test starts has this keyring."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", f"{chosen.__module__}.{chosen.__name__}")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(ROOT), os.environ["PYTHONPATH"])))


# ---- read


def test_where_nothing_else_has_a_credential_the_keyrings_key_is_taken_and_masked() -> None:
    keep_key(DEFAULT_BASE_URL, "of-the-keyring")
    options = load_config()
    assert (options.api_key, options.origin("api_key")) == ("of-the-keyring", "keyring")
    assert "of-the-keyring" not in options.explain() + repr(options)
    with Client() as client:
        assert client.options.origin("api_key") == "keyring"


def test_every_other_source_comes_before_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_key(DEFAULT_BASE_URL, "of-the-keyring")
    (tmp_path / "mine.yaml").write_text("jwt_token: of-the-file\n", "utf-8")
    options = load_config(tmp_path / "mine.yaml")
    assert (options.api_key, options.jwt_token) == (None, "of-the-file")
    monkeypatch.setenv("WYSEOS_API_KEY", "of-the-environment")
    assert load_config().api_key == "of-the-environment"
    with Client(api_key="argument") as client:
        assert client.options.api_key == "argument"


def test_a_key_goes_to_the_service_that_it_was_kept_for_and_to_no_other() -> None:
    keep_key(DEFAULT_BASE_URL, "of-the-keyring")
    Path("mate.yaml").write_text(f"base_url: {OTHER}\n", "utf-8")
    assert load_config().api_key is None
    keep_key(OTHER, "of-the-other")
    assert load_config().api_key == "of-the-other"


def test_a_file_of_a_folder_leads_no_key_of_the_keyring_through_its_proxy() -> None:
    keep_key(DEFAULT_BASE_URL, "of-the-keyring")
    Path("mate.yaml").write_text("proxy: http://proxy.example:8080\n", "utf-8")
    with pytest.raises(ConfigError, match=r"proxy comes from .* and api_key from the keyring"):
        load_config()


def test_a_keyring_that_is_locked_or_missing_is_one_without_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    use(LockedKeyring())
    assert (kept_key(OTHER), load_config().api_key) == (None, None)
    with pytest.raises(ConfigError, match=r"took no key \(KeyringLocked\): unlock it"):
        keep_key(OTHER, "x")
    monkeypatch.setitem(sys.modules, "keyring", None)
    assert (kept_key(OTHER), load_config().api_key, can_keep()) == (None, None, False)


def test_without_the_library_keeping_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert (kept_key(OTHER), can_keep()) == (None, False)
    with pytest.raises(ConfigError, match=r"pip install 'wyseos-sdk\[keyring\]'"):
        keep_key(OTHER, "x")


# ---- written by `wyse config init`


def test_config_init_keeps_the_key_in_the_keyring_and_the_address_in_the_file(
    wyseos_emulator: Emulator, monkeypatch: pytest.MonkeyPatch, place: Path
) -> None:
    programs_use(monkeypatch, FileKeyring)
    key, base = wyseos_emulator.api_key, ("--base-url", wyseos_emulator.base_url)
    kept = wyse("config", "init", "--keyring", *base, typed=f"{key}\n")
    assert (kept.returncode, kept.stdout, key in kept.stderr) == (0, "", False)
    assert Path("mate.yaml").read_text("utf-8") == f"mate:\n  base_url: {wyseos_emulator.base_url}\n"
    assert key in place.read_text("utf-8")
    assert "api_key from" in wyse("doctor").stdout
    assert wyse("teams", "--limit", "1").returncode == 0


def test_config_init_says_so_where_the_keyring_is_locked(
    wyseos_emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs_use(monkeypatch, LockedKeyring)
    base = ("--base-url", wyseos_emulator.base_url)
    told = wyse("config", "init", "--keyring", *base, typed=f"{wyseos_emulator.api_key}\n")
    assert (told.returncode, len(told.stderr.splitlines())) == (ExitCode.USAGE, 1)
    assert "unlock it" in told.stderr
    assert not Path("mate.yaml").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX's")
@pytest.mark.parametrize(("answer", "in_file"), [("", False), ("n", True)])
def test_config_init_offers_the_keyring_to_a_person(
    wyseos_emulator: Emulator, monkeypatch: pytest.MonkeyPatch, answer: str, in_file: bool
) -> None:
    from tests.support.terminal import terminal

    programs_use(monkeypatch, FileKeyring)
    command = ("-m", "wyseos.mate.cli", "config", "init", "--base-url", wyseos_emulator.base_url)
    with terminal(*command) as shown:
        shown.wait_for("API key:")
        shown.type(f"{wyseos_emulator.api_key}\n")
        shown.wait_for("Keep the key in this system's keyring")
        shown.type(f"{answer}\n")
        assert shown.wait_for_end() == 0
        assert wyseos_emulator.api_key not in shown.text
    assert (wyseos_emulator.api_key in Path("mate.yaml").read_text("utf-8")) is in_file
    assert wyse("teams", "--limit", "1").returncode == 0
