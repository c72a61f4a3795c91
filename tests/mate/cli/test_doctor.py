"""`wyse doctor`: the way to the service."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from tests.mate.cli.running import wyse
from wyseos.mate.emulator import Emulator


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's state folder of this test's own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state"


def test_doctor_finds_the_way_to_the_emulator(tmp_path: Path) -> None:
    done = wyse("doctor", "--emulator", "--bundle", str(tmp_path / "b.zip"))
    assert done.returncode == 0
    assert [line.split()[:2] for line in done.stdout.splitlines()] == [
        ["ok", step] for step in ("versions", "settings", "proxy", "host", "rest", "clock", "key", "websocket")
    ]
    with zipfile.ZipFile(tmp_path / "b.zip") as bundle:
        assert bundle.namelist() == ["findings.json", "settings.txt", "versions.txt"]
        assert "***" in bundle.read("settings.txt").decode()


def test_doctor_says_what_to_do_and_goes_no_further(wyseos_emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
    done = wyse("doctor")
    assert (done.returncode, done.stdout.splitlines()[-2:]) == (
        1,
        ["FAIL  settings   no API key and no token", "                 Set WYSEOS_API_KEY, or run: wyse config init"],
    )
    monkeypatch.setenv("WYSEOS_BASE_URL", wyseos_emulator.base_url)
    monkeypatch.setenv("WYSEOS_API_KEY", "a-wrong-key")
    done = wyse("doctor", "--json")
    found = json.loads(done.stdout)
    assert (found[-1]["step"], found[-1]["ok"]) == ("key", False)
    assert "a-wrong-key" not in done.stdout
