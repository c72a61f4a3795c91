"""The table of commands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from wyseos.mate.cli.table import COMMANDS, GROUPS


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's state folder of this test's own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state"


@pytest.mark.parametrize("row", COMMANDS, ids=lambda row: row.name)
def test_every_command_has_its_help_and_its_function(row: Any) -> None:
    import importlib

    home, _, name = row.function.partition(":")
    assert callable(getattr(importlib.import_module(f"wyseos.mate.cli.{home}"), name))
    assert row.help.partition("\n\n")[0].endswith(".")
    assert row.name.partition(" ")[0] in GROUPS or " " not in row.name
