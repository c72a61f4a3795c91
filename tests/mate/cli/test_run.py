"""`wyse run` and `wyse attach`, each as a process of its own against the emulator."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.mate.cli.running import wyse
from wyseos.mate import Client
from wyseos.mate.cli.exits import ExitCode
from wyseos.mate.emulator import Emulator


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's state folder of this test's own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state"


def test_a_task_is_read_from_standard_input(wyseos_emulator: Emulator) -> None:
    done = wyse("run", "-", emulator=wyseos_emulator, typed="Compare\nthree lanterns\n")
    assert done.returncode == 0
    assert "task\tCompare three lanterns" in done.stdout


def test_extra_keys_are_sent(wyseos_emulator: Emulator) -> None:
    done = wyse("run", "x", "--extra", 'strategy={"strategy_key": "s"}', "--extra", "mine=7", emulator=wyseos_emulator)
    assert done.returncode == 0
    [session] = wyseos_emulator.sessions.values()
    assert session.starts[0]["data"]["extra"] == {"strategy": {"strategy_key": "s"}, "mine": 7}


def test_files_are_saved_and_the_report_is_written(wyseos_emulator: Emulator, tmp_path: Path) -> None:
    report = tmp_path / "r.html"
    done = wyse("run", "Compare", "--save", str(tmp_path / "out"), "--report", str(report), emulator=wyseos_emulator)
    assert (done.returncode, done.stderr) == (0, f"Report: {report}\n")
    assert f"file\t{tmp_path / 'out' / 'answer.md'}" in done.stdout
    assert (tmp_path / "out" / "answer.md").read_text("utf-8").startswith("# Compare")
    assert "<h1>Compare</h1>" in report.read_text("utf-8")


def test_a_session_that_is_attached_to_writes_its_answer_and_its_report_too(
    wyseos_emulator: Emulator, tmp_path: Path
) -> None:
    with Client(base_url=wyseos_emulator.base_url, api_key=wyseos_emulator.api_key) as client:
        session_id = client.run("Compare lanterns").session_id
    answer, report = tmp_path / "answer.md", tmp_path / "r.md"
    done = wyse("attach", session_id, "-o", str(answer), "--report", str(report), emulator=wyseos_emulator)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)
    assert answer.read_text("utf-8").strip() != ""
    assert answer.read_text("utf-8").strip() in report.read_text("utf-8")


@pytest.mark.wyseos(scenario="questions")
def test_json_takes_answers_from_standard_input_a_line_each(wyseos_emulator: Emulator) -> None:
    done = wyse("run", "x", "--output", "json", emulator=wyseos_emulator, typed="red\nblue\ngreen\n" * 3)
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.returncode, done.stderr) == (0, "")
    assert [row["type"] for row in told].count("question") > 0
    assert told[-1] | {"success": True, "type": "result"} == told[-1]


@pytest.mark.wyseos(scenario="questions")
def test_with_nothing_to_read_a_question_ends_the_run_and_nothing_is_sent(wyseos_emulator: Emulator) -> None:
    done = wyse("run", "x", "--output", "json", emulator=wyseos_emulator)
    assert done.returncode == ExitCode.QUESTION_LEFT
    assert "nobody is there to answer" in done.stderr
    [session] = wyseos_emulator.sessions.values()
    assert session.open_request is not None
