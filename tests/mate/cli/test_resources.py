"""Commands that list what the account has."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mate.cli.running import rows, wyse
from wyseos.mate import Client
from wyseos.mate.emulator import Emulator


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's state folder of this test's own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state"


# ---- the rest


@pytest.mark.parametrize("command", ["teams", "agents", "keys"])
def test_what_the_account_has_is_listed(wyseos_emulator: Emulator, command: str) -> None:
    assert len(rows(wyse(command, "--json", "--limit", "1", emulator=wyseos_emulator))) == 1
    lines = wyse(command, emulator=wyseos_emulator).stdout.splitlines()
    assert all("\t" in line for line in lines)


def test_browsers_of_a_session_are_listed(wyseos_emulator: Emulator, client: Client) -> None:
    session_id = client.run("Compare", confirm="approve").session_id
    assert len(rows(wyse("browsers", session_id, "--json", emulator=wyseos_emulator))) == 1


def test_versions_are_told() -> None:
    assert wyse("version").stdout.startswith("wyseos-sdk ")
    assert wyse("--version").stdout.startswith("wyse ")
