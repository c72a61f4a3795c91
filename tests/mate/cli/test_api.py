"""`wyse api`: any endpoint."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.mate.cli.running import wyse
from wyseos.mate.emulator import Emulator


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's state folder of this test's own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state"


def test_any_endpoint_can_be_called(wyseos_emulator: Emulator) -> None:
    done = wyse("api", "GET", "/team/lists", "page_size=1", emulator=wyseos_emulator)
    assert json.loads(done.stdout)["page_size"] == 1
    done = wyse("api", "/team/info/{team_id}", "team_id=team_own", emulator=wyseos_emulator)
    assert json.loads(done.stdout)["team_id"] == "team_own"
    done = wyse("api", "POST", "/session/create", "task=Compare", emulator=wyseos_emulator)
    assert json.loads(done.stdout)["session_id"] in wyseos_emulator.sessions
    assert "GET    /team/lists [team_type=…]" in wyse("api", "--list").stdout
