"""The fixtures owe nothing to the environment, close what they open, join their marks, and stand in nobody's way."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from unittest.mock import create_autospec

import pytest

from wyseos.mate import AsyncClient, Client
from wyseos.mate.emulator import Emulator
from wyseos.mate.models import CreateSessionRequest

HOSTILE = {
    "WYSEOS_PROFILE": "nowhere",
    "WYSEOS_CONFIG": "/nowhere/mate.yaml",
    "WYSEOS_TIMEOUT": "no number",
    "WYSEOS_BASE_URL": "nonsense",
    "WYSEOS_PROXY": "http://127.0.0.1:9",
    "WYSEOS_CA_BUNDLE": "/nowhere/ca.pem",
    "WYSEOS_API_KEY": "canary",
    "WYSEOS_MAX_RETRIES": "-1",
    "WYSEOS_STRICT": "perhaps",
    "HTTP_PROXY": "http://127.0.0.1:9",
    "HTTPS_PROXY": "http://127.0.0.1:9",
    "ALL_PROXY": "http://127.0.0.1:9",
    "SSL_CERT_FILE": "/nowhere/certificates.pem",
    "SSL_CERT_DIR": "/nowhere",
    "SSLKEYLOGFILE": "/nowhere/keys",
}
# Most of a short run is the start of plugins that it does not need.
UNNEEDED = ("cacheprovider", "randomly", "xdist", "schemathesis", "hypothesispytest", "pytest_cov")
QUIETLY = ["-q", "-o", "asyncio_default_fixture_loop_scope=function", *(f"-pno:{name}" for name in UNNEEDED)]


def pytest_run(folder: Path, content: str, **environment: str) -> tuple[int, str]:
    (folder / "test_own.py").write_text(content, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-W", "error", *QUIETLY],
        cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True, timeout=250, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


CLIENTS = """
import pytest
from wyseos.mate.models import CreateSessionRequest

def test_sync(wyseos_client):
    assert wyseos_client.run("Compare three note apps").success

@pytest.mark.asyncio
async def test_async(wyseos_async_client):
    assert (await wyseos_async_client.run("Compare three note apps")).success

def test_own(wyseos_env):
    from wyseos.mate import Client
    with Client() as client:
        client.session.create(CreateSessionRequest(task="One"))
"""


def test_the_fixtures_take_nothing_from_a_hostile_environment(tmp_path: Path) -> None:
    (tmp_path / "mate.yaml").write_text("timeout: never", "utf-8")
    code, told = pytest_run(tmp_path, CLIENTS, **{**HOSTILE, "SSL_CERT_FILE": "/nowhere/x"})
    assert (code, "3 passed" in told) == (0, True), told


@pytest.mark.parametrize("arguments", [["demo"], ["run", "Compare", "--emulator"], ["teams", "--emulator"]])
def test_the_embedded_emulator_takes_nothing_from_it_either(tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "mate.yaml").write_text("timeout: never", "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "wyseos.mate.cli", *arguments],
        cwd=tmp_path, env={**os.environ, **HOSTILE}, capture_output=True, text=True, timeout=250, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(os.name != "posix", reason="elsewhere a folder in use is not deleted")
def test_the_demo_runs_in_a_folder_that_was_deleted(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    command = f'rmdir "{gone}" && exec "{sys.executable}" -m wyseos.mate.cli demo'
    done = subprocess.run(["sh", "-c", command], cwd=gone, capture_output=True, text=True, timeout=250, check=False)
    assert done.returncode == 0, done.stderr


def test_certificates_are_read_only_where_something_is_encrypted(
    wyseos_env: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere/certificates.pem")
    with Client() as client:
        client.session.create(CreateSessionRequest(task="One"))


@pytest.mark.asyncio
async def test_an_asynchronous_client_needs_no_with(wyseos_async_client: AsyncClient) -> None:
    assert (await wyseos_async_client.team.get_list()).data is not None


def test_an_asynchronous_client_is_closed_in_the_test_s_own_loop(tmp_path: Path) -> None:
    content = """
import pytest
kept = []
@pytest.mark.asyncio
async def test_used(wyseos_async_client):
    kept.append(wyseos_async_client)
    await wyseos_async_client.team.get_list()
@pytest.mark.asyncio
async def test_after():
    from wyseos.mate.errors import WyseError
    with pytest.raises(WyseError, match="closed"):
        await kept[0].team.get_list()
"""
    code, told = pytest_run(tmp_path, content)
    assert (code, "2 passed" in told) == (0, True), told


@pytest.mark.wyseos("marketing", credits=5.0, seed=1)
class TestMarks:
    def test_a_class_s_mark_counts(self, wyseos_emulator: Emulator) -> None:
        assert options_of(wyseos_emulator) == ("marketing", 5.0)

    @pytest.mark.wyseos(credits=7.0)
    def test_a_test_s_own_is_joined_to_it_and_wins(self, wyseos_emulator: Emulator) -> None:
        assert options_of(wyseos_emulator) == ("marketing", 7.0)

    @pytest.mark.wyseos("short")
    def test_a_scenario_wins_as_well(self, wyseos_emulator: Emulator) -> None:
        assert options_of(wyseos_emulator) == ("short", 5.0)


def options_of(emulator: Emulator) -> tuple[str, float]:
    scenario = emulator._service.scenario
    return (scenario.name if scenario else ""), emulator._service.state.account["credits"]


def test_more_than_one_scenario_is_told(tmp_path: Path) -> None:
    content = "import pytest\n@pytest.mark.wyseos('short', 'long')\ndef test_own(wyseos_emulator): pass"
    code, told = pytest_run(tmp_path, content)
    assert code == 1
    assert "@pytest.mark.wyseos takes one scenario, and options by name; not ('short', 'long')" in told


@pytest.mark.parametrize("name", ["wyseos.py", "wyseos/__init__.py"])
def test_a_project_with_a_wyseos_of_its_own_can_run_its_tests(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("own = 5", "utf-8")
    content = "import wyseos\ndef test_own(): assert wyseos.own == 5\ndef test_ours(wyseos_client): pass"
    code, told = pytest_run(tmp_path, content)
    assert (code, "1 passed" in told, "test_own.py::test_ours" in told) == (1, True, True), told
    assert "a wyseos.py or wyseos/ of this project hides the SDK" in told


@pytest.mark.parametrize("kind", [Client, AsyncClient])
async def test_a_client_can_be_specced_with_its_services(kind: type[Client] | type[AsyncClient]) -> None:
    mocked = create_autospec(kind, instance=True)
    made = mocked.session.create(CreateSessionRequest(task="One"))
    if kind is AsyncClient:
        await made
    assert mocked.session.create.call_count == 1
    with pytest.raises(AttributeError):
        mocked.sesion  # noqa: B018  # that there is none is what is shown
    with pytest.raises(AttributeError):
        mocked.session.crate(CreateSessionRequest(task="One"))
    with pytest.raises(TypeError):
        mocked.run()
