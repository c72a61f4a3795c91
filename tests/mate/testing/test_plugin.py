"""The pytest plugin, as a project of its own uses it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from wyseos.mate import AsyncClient, Client
from wyseos.mate.emulator import Emulator
from wyseos.mate.models import CreateSessionRequest

UNNEEDED = [f"-pno:{name}" for name in ("cacheprovider", "randomly", "schemathesis", "hypothesispytest", "pytest_cov")]
PROJECT = """
import pytest
from wyseos.mate.models import CreateSessionRequest

addresses = []

@pytest.mark.parametrize("n", range(4))
def test_own(wyseos_emulator, wyseos_client, n):
    assert wyseos_emulator.sessions == {}
    wyseos_client.session.create(CreateSessionRequest(task="One"))
    assert len(wyseos_emulator.sessions) == 1

@pytest.mark.wyseos(scenario="short", credits=0.0)
def test_options(wyseos_emulator):
    assert wyseos_emulator._service.state.account["credits"] == 0
"""


def test_a_client_of_the_emulator_comes_ready(wyseos_client: Client, wyseos_emulator: Emulator) -> None:
    made = wyseos_client.session.create(CreateSessionRequest(task="One"))
    assert list(wyseos_emulator.sessions) == [made.session_id]
    assert wyseos_emulator.violations == []


async def test_an_asynchronous_client_comes_ready(wyseos_async_client: AsyncClient, wyseos_emulator: Emulator) -> None:
    async with wyseos_async_client as client:
        made = await client.session.create(CreateSessionRequest(task="One"))
    assert list(wyseos_emulator.sessions) == [made.session_id]


@pytest.mark.wyseos(scenario="short", seed=5)
def test_options_are_passed_by_a_mark(wyseos_emulator: Emulator) -> None:
    assert wyseos_emulator._service.scenario is not None
    assert wyseos_emulator._service.scenario.name == "short"


def test_a_project_of_its_own_gets_the_fixtures_also_under_xdist(tmp_path: Path) -> None:
    (tmp_path / "test_own.py").write_text(PROJECT, "utf-8")
    command = [sys.executable, "-m", "pytest", "-q", *UNNEEDED, "--strict-markers", "-n", "2"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=250, check=False)
    assert (done.returncode, "5 passed" in done.stdout) == (0, True), done.stdout


def test_the_plugin_loads_next_to_nothing() -> None:
    heavy = ("httpx", "websockets", "yaml", "starlette", "uvicorn", "jsonschema", "attrs")
    program = "import pytest, sys; before = set(sys.modules); import wyseos_pytest"
    program += f"; print([name for name in {heavy} if name in set(sys.modules) - before])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=250, check=True)
    assert done.stdout == "[]\n"


def test_an_application_that_makes_its_own_client_meets_the_emulator(wyseos_env: Emulator) -> None:
    with Client() as client:
        made = client.session.create(CreateSessionRequest(task="One"))
    assert list(wyseos_env.sessions) == [made.session_id]


def test_without_its_libraries_the_fixture_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "uvicorn.py").write_text("raise ModuleNotFoundError('no uvicorn', name='uvicorn')", "utf-8")
    (tmp_path / "test_it.py").write_text("def test_it(wyseos_client): pass", "utf-8")
    command = [sys.executable, "-m", "pytest", "-q", *UNNEEDED, str(tmp_path)]
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "uvicorn is not installed; it comes with: pip install 'wyseos-sdk[emulator]'" in done.stdout
    assert "Traceback" not in done.stdout
