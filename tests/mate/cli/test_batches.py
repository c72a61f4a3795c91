"""`wyse batch`: many tasks from a file, what came of them as files, and the same command going on."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.mate.cli.running import wyse
from wyseos.mate.batch.journal import read_outcomes
from wyseos.mate.cli.exits import ExitCode
from wyseos.mate.cli.program import run
from wyseos.mate.emulator import Emulator


@pytest.fixture
def items(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    path = tmp_path / "tasks.jsonl"
    path.write_text('{"task": "One", "key": "a"}\nno JSON\n"Three"\n', "utf-8")
    return path


def test_a_batch_is_run_and_its_results_are_written_in_order(
    wyseos_emulator: Emulator, items: Path, tmp_path: Path
) -> None:
    out = tmp_path / "results.jsonl"
    done = wyse("batch", str(items), "--out", str(out), emulator=wyseos_emulator)
    assert done.returncode == ExitCode.FAILED
    assert "line 2: it is not JSON" in done.stderr
    assert "tasks.jsonl: 2 done, 1 failed\nRows that can't be used: 1. Put them right" in done.stderr
    rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [(row["key"], row["state"]) for row in rows] == [("a", "done"), ("2", "failed"), ("3", "done")]

    again = wyse("batch", "run", str(items), "--out", str(tmp_path / "table.csv"), emulator=wyseos_emulator)
    assert again.returncode == ExitCode.FAILED
    assert len(wyseos_emulator.sessions) == 2
    with (tmp_path / "table.csv").open(encoding="utf-8", newline="") as file:
        assert [row["task"] for row in csv.DictReader(file)] == ["One", "", "Three"]


def test_a_batch_becomes_a_page_also_when_the_same_command_finds_nothing_left(
    wyseos_emulator: Emulator, items: Path, tmp_path: Path
) -> None:
    page = tmp_path / "batch.html"
    for _ in range(2):
        wyse("batch", str(items), "--report", str(page), emulator=wyseos_emulator)
        told = page.read_text("utf-8")
        assert [word in told for word in ("tasks.jsonl", "line 2: it is not JSON", "done")] == [True, True, True]
        page.unlink()


def test_status_counts_what_the_journal_knows(wyseos_emulator: Emulator, items: Path) -> None:
    wyse("batch", str(items), emulator=wyseos_emulator)
    told = wyse("batch", "status", str(items), "--json", emulator=wyseos_emulator)
    assert json.loads(told.stdout) == {
        "waiting": 0, "created": 0, "running": 0, "asking": 0, "done": 2, "failed": 1,
    }  # fmt: skip


@pytest.mark.wyseos(scenario="failure")
def test_failed_items_are_begun_again_when_that_is_said(wyseos_emulator: Emulator, items: Path) -> None:
    wyse("batch", str(items), emulator=wyseos_emulator)
    wyse("batch", str(items), emulator=wyseos_emulator)
    assert len(wyseos_emulator.sessions) == 2
    told = wyse("batch", "retry", str(items), "--failed", emulator=wyseos_emulator)
    assert told.stderr == "2 items are begun again by the next run\n"
    wyse("batch", str(items), emulator=wyseos_emulator)
    assert len(wyseos_emulator.sessions) == 4


def test_what_is_asked_is_listed_from_the_journal(wyseos_emulator: Emulator, items: Path, tmp_path: Path) -> None:
    (tmp_path / "policy.yaml").write_text("rules: []\n", "utf-8")
    items.write_text('"One"\n', "utf-8")
    done = wyse("batch", str(items), "--policy", str(tmp_path / "policy.yaml"), emulator=wyseos_emulator)
    assert done.returncode == ExitCode.QUESTION_LEFT
    assert f"wyse questions {items}.journal" in done.stderr
    told = wyse("questions", f"{items}.journal", "--json", emulator=wyseos_emulator)
    assert [asked["kind"] for asked in json.loads(told.stdout)] == ["plan"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--out", "results.xlsx"), "*.jsonl, *.csv, *.parquet"),
        (("--journal", "tasks.jsonl/a.journal"), "is no folder to write to"),
        (("--out", "tasks.jsonl"), "is named twice"),
    ],
    ids=lambda given: given[0] if isinstance(given, tuple) else "",
)
def test_what_could_not_be_written_is_refused_before_anything_is_begun(
    wyseos_emulator: Emulator,
    items: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, str],
    words: str,
) -> None:
    monkeypatch.chdir(items.parent)
    code = run(["batch", str(items), *arguments])
    assert (code, words in capsys.readouterr().err) == (ExitCode.USAGE, True)
    assert wyseos_emulator.sessions == {}


@pytest.mark.wyseos(scenario="patient", speed=1)
def test_ctrl_c_ends_it_cleanly_and_says_how_to_go_on(wyseos_emulator: Emulator, items: Path) -> None:
    environment = {**os.environ, "WYSEOS_BASE_URL": wyseos_emulator.base_url, "WYSEOS_API_KEY": wyseos_emulator.api_key}
    command = [sys.executable, "-m", "wyseos.mate.cli", "batch", str(items)]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as running:
        while not any(session.starts for session in list(wyseos_emulator.sessions.values())):
            assert running.poll() is None
        running.send_signal(signal.SIGINT)
        _, told = running.communicate(timeout=60)
    assert running.returncode == ExitCode.INTERRUPTED
    assert "The same command goes on with it." in told
    assert "Traceback" not in told
    assert {outcome.state.value for outcome in read_outcomes(Path(f"{items}.journal"))} <= {
        "created",
        "running",
        "failed",
    }
