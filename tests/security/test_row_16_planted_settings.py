"""Row 16: a settings file that came with a folder, found and not named, steers no credential but its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from wyseos.mate import AsyncClient, Client, load_config
from wyseos.mate.errors import ConfigError

posix = pytest.mark.skipif(os.name == "nt", reason="owners and modes are those of POSIX")
OWN_KEY = "the-users-own-key"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a program's working directory in it; the user has a key in the environment."""
    for name in [name for name in os.environ if name.startswith("WYSEOS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home" / "config"))
    (tmp_path / "stranger" / "job").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "stranger" / "job")
    return tmp_path / "stranger"


def plant(folder: Path, text: str, name: str = "mate.yaml") -> Path:
    (folder / name).write_text(text)
    return folder / name


STEERS = [
    "base_url: https://evil.example",
    "proxy: http://evil.example:8080",
    "ca_bundle: evil.pem",
    "allow_insecure: true",
    "mate: {base_url: https://evil.example}",
]


@pytest.mark.parametrize("text", STEERS)
@pytest.mark.parametrize("make", [Client, AsyncClient, load_config])
@pytest.mark.parametrize("name", ["WYSEOS_API_KEY", "WYSEOS_JWT_TOKEN"])
def test_it_does_not_steer_the_environments_credential(
    folder: Path, monkeypatch: pytest.MonkeyPatch, text: str, make: Any, name: str
) -> None:
    plant(folder, text)
    monkeypatch.setenv(name, OWN_KEY)
    with pytest.raises(ConfigError) as refused:
        make()
    assert all(word in str(refused.value) for word in ("mate.yaml", "environment", "WYSEOS_", "does not say where"))
    assert OWN_KEY not in str(refused.value)


@pytest.mark.parametrize("text", STEERS)
@pytest.mark.parametrize("given", [{"api_key": OWN_KEY}, {"jwt_token": OWN_KEY}, {"jwt_token": lambda: OWN_KEY}])
def test_it_does_not_steer_a_credential_given_in_code(folder: Path, text: str, given: Any) -> None:
    plant(folder, text)
    with pytest.raises(ConfigError, match="does not say where your credential goes"):
        Client(**given)
    with pytest.raises(ConfigError, match="does not say where your credential goes"):
        load_config().evolve(**given)


def test_it_steers_its_own_key_and_sets_what_steers_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(folder, "api_key: its-own\nbase_url: https://its.example\ntimeout: 11")
    assert (load_config().base_url, load_config().api_key) == ("https://its.example", "its-own")
    plant(folder, "timeout: 11\nbase_url: https://api.wyseos.com")
    monkeypatch.setenv("WYSEOS_API_KEY", OWN_KEY)
    assert (load_config().timeout, load_config().api_key) == (11, OWN_KEY)


def test_what_the_user_says_himself_wins_and_is_no_steering(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(folder, "base_url: https://evil.example")
    monkeypatch.setenv("WYSEOS_API_KEY", OWN_KEY)
    with Client(base_url="https://mine.example") as client:
        assert client.options.base_url == "https://mine.example"
    monkeypatch.setenv("WYSEOS_BASE_URL", "https://mine.example")
    assert load_config().base_url == "https://mine.example"


def test_a_file_that_is_named_is_the_users_own_choice(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = plant(folder, "base_url: https://chosen.example")
    monkeypatch.setenv("WYSEOS_API_KEY", OWN_KEY)
    assert load_config(path).base_url == "https://chosen.example"
    monkeypatch.setenv("WYSEOS_CONFIG", str(path))
    assert load_config().base_url == "https://chosen.example"


def test_the_file_in_the_users_own_folder_is_the_users_own(
    folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    own = tmp_path / "home" / "config" / "wyseos"
    own.mkdir(parents=True)
    plant(own, "base_url: https://own.example")
    monkeypatch.setenv("WYSEOS_API_KEY", OWN_KEY)
    assert load_config().base_url == "https://own.example"


def test_who_tells_the_key_and_where_it_goes_has_no_file_looked_for(folder: Path) -> None:
    plant(folder, "nonsense: [")
    with Client(api_key=OWN_KEY, base_url="https://mine.example") as client:
        assert client.options.base_url == "https://mine.example"


@posix
def test_a_file_that_everybody_may_write_is_passed_over_with_a_warning(folder: Path) -> None:
    plant(folder, "timeout: 11").chmod(0o666)
    with pytest.warns(UserWarning, match="everybody may write to it"):
        assert load_config().timeout == 30


@posix
@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root can give a file to another user")
def test_a_file_of_another_user_is_passed_over_with_a_warning(folder: Path) -> None:
    os.chown(plant(folder, "timeout: 11"), 12345, 12345)
    with pytest.warns(UserWarning, match="belongs to another user"):
        assert load_config().timeout == 30


def test_the_search_ends_at_the_repositorys_root(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(folder, "timeout: 11")
    assert load_config().timeout == 11
    (folder / "job" / ".git").mkdir()
    assert load_config().timeout == 30


def test_the_search_ends_at_the_home(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(folder, "timeout: 11")
    monkeypatch.setenv("HOME", str(folder / "job"))
    assert load_config().timeout == 30


LOST_PLACES = {
    "a folder that was deleted": "import os, tempfile; d = tempfile.mkdtemp(); os.chdir(d); os.rmdir(d)",
    "no home": "import os; [os.environ.pop(n, None) for n in ('HOME', 'XDG_CONFIG_HOME', 'USERPROFILE')]",
    "a home that is a file": "import os; os.environ['HOME'] = '/dev/null'",
    "a home that is not there": "import os; os.environ['HOME'] = '/no/such/home'",
    "a config folder that is a file": "import os; os.environ['XDG_CONFIG_HOME'] = '/dev/null'",
    "a settings file that is a folder": (
        "import os, tempfile; d = tempfile.mkdtemp(); os.mkdir(d + '/mate.yaml'); os.chdir(d)"
    ),
}


@posix
@pytest.mark.parametrize("lost", LOST_PLACES.values(), ids=LOST_PLACES.keys())
def test_a_place_that_can_not_be_looked_at_is_a_place_without_settings(folder: Path, lost: str) -> None:
    # The first client loads every module: CPython 3.13.0 can not import from a folder that is gone.
    client = "Client(api_key='k')"
    program = f"from wyseos.mate import Client\n{client}.close()\n{lost}\nprint({client}.options.timeout)"
    played = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (played.stdout.strip(), played.stderr) == ("30", "")


def test_a_path_in_a_settings_file_counts_from_that_file(folder: Path) -> None:
    path = plant(folder, "api_key: its-own\nca_bundle: certs/ca.pem")
    assert load_config(path).ca_bundle == str(folder / "certs" / "ca.pem")


def test_a_file_that_ends_in_yml_is_not_read_and_told(folder: Path) -> None:
    plant(folder, "timeout: 7", "mate.yml")
    with pytest.warns(UserWarning, match=r"mate\.yml is not read: settings stand in mate\.yaml\. Rename it") as told:
        assert Client().timeout != 7
    assert told[0].filename == __file__
    plant(folder, "timeout: 5")
    assert Client().timeout == 5
