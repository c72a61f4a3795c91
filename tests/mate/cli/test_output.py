"""Records on standard output, whatever it can show and whoever reads it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.mate.cli.running import wyse
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
