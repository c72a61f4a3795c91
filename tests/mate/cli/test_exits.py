"""The exit codes of `wyse`."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.mate.cli.running import wyse
from tests.support import forked
from tests.support.raw_server import RawServer, envelope
from wyseos.mate.cli.exits import ExitCode
from wyseos.mate.emulator import Emulator
from wyseos.mate.emulator.server.refusal import NO_CREDITS


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's state folder of this test's own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state"


def test_a_task_that_takes_too_long_has_an_exit_code_of_its_own() -> None:
    with Emulator(speed=0.05) as emulator:
        done = wyse("run", "x", "--timeout", "0.3", emulator=emulator)
    assert done.returncode == ExitCode.TIMED_OUT


def test_a_service_that_refuses_has_another(wyseos_emulator: Emulator) -> None:
    refuses = envelope(NO_CREDITS, "no credits", status=400)
    with RawServer((refuses,)) as server:
        environment = {**os.environ, "WYSEOS_BASE_URL": server.base_url, "WYSEOS_API_KEY": "k"}
        done = forked.run("wyseos.mate.cli", "run", "x", environment=environment)
    assert (done.returncode, done.stdout) == (ExitCode.REFUSED, "")
    assert "no credits" in done.stderr
    environment |= {"WYSEOS_BASE_URL": "http://127.0.0.1:9", "WYSEOS_MAX_RETRIES": "0"}
    done = forked.run("wyseos.mate.cli", "run", "x", environment=environment)
    assert (done.returncode, len(done.stderr.splitlines())) == (ExitCode.NOT_REACHED, 1)
