"""Records on standard output, whatever it can show and whoever reads it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.mate.cli.running import wyse
from wyseos.mate import Client
from wyseos.mate.emulator import Emulator


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's state folder of this test's own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state"


# ---- running


def test_text_is_the_answers_markdown_as_it_is(wyseos_emulator: Emulator, tmp_path: Path) -> None:
    place = tmp_path / "answer.md"
    done = wyse("run", "Compare", "--output", "text", "-o", str(place), emulator=wyseos_emulator)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("## Compare\n\n")
    assert place.read_text("utf-8") + "\n" == done.stdout


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
@pytest.mark.parametrize("output", ["plain", "text", "json"])
def test_an_output_that_can_not_show_every_letter_never_breaks(
    wyseos_emulator: Emulator, encoding: str, output: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", encoding)
    done = wyse("run", "Сравни 灯", "--output", output, emulator=wyseos_emulator)
    assert (done.returncode, done.stderr) == (0, "")


def test_whoever_stops_reading_ends_it_without_a_word(wyseos_emulator: Emulator) -> None:
    environment = {**os.environ, "WYSEOS_BASE_URL": wyseos_emulator.base_url, "WYSEOS_API_KEY": wyseos_emulator.api_key}
    command = f"{sys.executable} -m wyseos.mate.cli run Compare | head -n 1"
    done = subprocess.run(
        command, shell=True, env=environment, capture_output=True, text=True, timeout=250, check=False
    )
    assert done.stderr == ""


# ---- the fields of `--json`: those that the page on the command line names

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
