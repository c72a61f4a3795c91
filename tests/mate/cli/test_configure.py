"""`wyse config`: which settings hold, and a file to begin with."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.mate.cli.running import wyse
from wyseos.mate.cli.exits import ExitCode
from wyseos.mate.emulator import Emulator


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's state folder of this test's own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state"


def test_config_shows_each_setting_with_its_place_and_no_secret(wyseos_emulator: Emulator) -> None:
    done = wyse("config", "show", emulator=wyseos_emulator)
    assert f"{wyseos_emulator.base_url}  environment" in done.stdout
    assert wyseos_emulator.api_key not in done.stdout
    told = json.loads(wyse("config", "show", "--json", emulator=wyseos_emulator).stdout)
    assert told["base_url"] == {"value": wyseos_emulator.base_url, "from": "environment"}


def test_config_init_checks_the_key_and_writes_a_file_for_its_owner(wyseos_emulator: Emulator, tmp_path: Path) -> None:
    place, base = tmp_path / "mate.yaml", ("--base-url", wyseos_emulator.base_url)
    refused = wyse("config", "init", str(place), *base, typed="a-wrong-key\n")
    assert (refused.returncode, place.exists()) == (ExitCode.REFUSED, False)
    written = wyse("config", "init", str(place), *base, typed=f"{wyseos_emulator.api_key}\n")
    assert (written.returncode, written.stdout) == (0, "")
    assert wyseos_emulator.api_key not in written.stderr
    if os.name == "posix":
        assert place.stat().st_mode & 0o777 == 0o600
    assert wyse("teams", "--config", str(place), "--limit", "1").returncode == 0
    again = wyse("config", "init", str(place), typed="x\n")
    assert (again.returncode, "is there already" in again.stderr) == (ExitCode.USAGE, True)
