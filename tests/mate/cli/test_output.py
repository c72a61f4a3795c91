"""The fields of `--json`: those that the page on the command line names are there, and can be chosen."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.mate.cli.test_app import wyse
from wyseos.mate import Client
from wyseos.mate.emulator import Emulator

PAGE = (Path(__file__).parents[3] / "docs/cli.md").read_text("utf-8")
NEEDS = {"messages": "{session}", "files": "{session}", "show": "{session}", "marketing": "{marketing}",
         "browsers": "{session}", "product show": "{product}", "upload": "{file}"}  # fmt: skip


def documented() -> dict[str, list[str]]:
    """The fields of each list, as the page names them."""
    [table] = re.findall(r"\| list \| fields.*?\n\| --- \| --- \|\n(.*?)\n\n", PAGE, re.DOTALL)
    rows = [row.strip("|").split(" | ") for row in table.splitlines()]
    return {
        name.strip().strip("`"): re.findall(r"`([a-z_]+)`", re.sub(r"\([^)]*\)|; with.*", "", fields))
        for name, fields in rows
    }


@pytest.mark.parametrize("command", documented())
def test_the_documented_fields_can_be_chosen(
    wyseos_emulator: Emulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    (tmp_path / "a.md").write_text("x", "utf-8")
    with Client(base_url=wyseos_emulator.base_url, api_key=wyseos_emulator.api_key) as client:
        known = {
            "session": client.run("Compare", confirm="approve").session_id,
            "marketing": client.run("Promote", task_mode="marketing", confirm="approve").session_id,
            "file": str(tmp_path / "a.md"),
        }
        client.product.create_and_wait("Lamp", poll_interval=0)
    known["product"] = "3"
    if command == "sessions":
        assert wyse("run", "Compare", emulator=wyseos_emulator).returncode == 0
    needs = NEEDS.get(command, "").format(**known).split()
    chosen = (
        ["--json"] if command in ("doctor", "product show") else ["--json", "--fields", ",".join(documented()[command])]
    )
    done = wyse(*command.split(), *needs, *chosen, emulator=wyseos_emulator)
    assert (done.returncode, done.stderr) == (0, "")
    told: Any = json.loads(done.stdout)
    for row in told if isinstance(told, list) else [told]:
        assert set(documented()[command]) <= set(row)
