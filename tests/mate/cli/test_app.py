"""`wyse`, run as a process of its own against the emulator."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.mate.cli.running import wyse
from wyseos.mate import Client
from wyseos.mate.cli.app import make_app
from wyseos.mate.cli.exits import ExitCode
from wyseos.mate.cli.table import COMMANDS
from wyseos.mate.emulator import Emulator


def test_a_task_in_a_pipe_is_one_line_an_event_with_the_result_last(wyseos_emulator: Emulator) -> None:
    done = wyse("run", "Compare three lanterns", emulator=wyseos_emulator)

    rows = [line.split("\t", 1) for line in done.stdout.splitlines()]
    assert (done.returncode, done.stderr) == (0, "")
    assert rows[1] == ["task", "Compare three lanterns"]
    assert {"plan", "question", "answer", "progress", "step"} <= {label for label, _ in rows}
    assert rows[-1][0] == "result"
    assert "\x1b" not in done.stdout


def test_json_is_one_object_an_event_and_one_for_the_result(wyseos_emulator: Emulator) -> None:
    done = wyse("run", "Compare three lanterns", "--output", "json", emulator=wyseos_emulator)

    events = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.returncode, done.stderr) == (0, "")
    assert events[0]["message_id"]
    assert (events[-1]["type"], events[-1]["success"]) == ("result", True)


def test_a_file_is_uploaded_with_the_task(wyseos_emulator: Emulator, tmp_path: Path) -> None:
    (tmp_path / "facts.md").write_text("# Facts\n", "utf-8")

    done = wyse("run", "Read this", "--attach", str(tmp_path / "facts.md"), emulator=wyseos_emulator)

    assert (done.returncode, wyseos_emulator.violations) == (0, [])


def test_a_missing_key_is_told_in_one_line_before_anything_is_sent(wyseos_emulator: Emulator) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "wyseos.mate.cli", "run", "Compare"],
        env={**os.environ, "WYSEOS_BASE_URL": wyseos_emulator.base_url},
        capture_output=True, text=True, timeout=250, check=False,
    )  # fmt: skip

    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert "api_key" in done.stderr


def test_the_nearest_mate_yaml_is_found(wyseos_emulator: Emulator, tmp_path: Path) -> None:
    settings = f"api_key: {wyseos_emulator.api_key}\nbase_url: {wyseos_emulator.base_url}\n"
    (tmp_path / "mate.yaml").write_text(settings, "utf-8")

    done = subprocess.run(
        [sys.executable, "-m", "wyseos.mate.cli", "run", "Compare"],
        cwd=tmp_path, capture_output=True, text=True, timeout=250, check=False,
    )  # fmt: skip

    assert (done.returncode, done.stderr) == (0, "")


def test_an_empty_task_is_refused(wyseos_emulator: Emulator) -> None:
    done = wyse("run", " ", emulator=wyseos_emulator)

    assert (done.returncode, done.stdout) == (2, "")
    assert "task" in done.stderr


@pytest.mark.parametrize("argument", ["--help", "run --help", "demo --help", "emulator --help"])
def test_every_command_explains_itself(argument: str) -> None:
    done = wyse(*argument.split())
    assert (done.returncode, done.stderr) == (0, "")
    assert "--help" in done.stdout


def test_the_help_lists_each_command_with_its_whole_sentence_and_every_exit_code() -> None:
    shown = CliRunner().invoke(make_app(), ["--help"], prog_name="wyse", terminal_width=80).output
    told = " ".join(shown.split())
    assert [row.name for row in COMMANDS if " " not in row.name and row.help.split("\n")[0] not in told] == []
    assert [code.value for code in ExitCode if f" {code.value} " not in told] == []


def test_without_its_libraries_it_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "click.py").write_text("raise ModuleNotFoundError('no click', name='click')", "utf-8")

    done = subprocess.run(
        [sys.executable, "-m", "wyseos.mate.cli", "--help"],
        env={**os.environ, "PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, timeout=250, check=False,
    )  # fmt: skip

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "wyse: click is not installed; it comes with: pip install 'wyseos-sdk[cli]'\n"


@pytest.mark.wyseos(scenario="marketing")
@pytest.mark.parametrize("more", [(), ("--confirm", "ask"), ("--confirm", "stop"), ("--output", "json")])
def test_an_action_in_the_browser_is_never_permitted_without_a_word(wyseos_emulator: Emulator, more: Any) -> None:
    done = wyse("run", "Prepare a launch", *more, emulator=wyseos_emulator, typed="y\n")

    assert (done.returncode, "the task was stopped" in done.stdout) == (1, True)
    with Client(base_url=wyseos_emulator.base_url, api_key=wyseos_emulator.api_key) as client:
        [session_id] = wyseos_emulator.sessions
        assert client.session.get_info(session_id).status == "stopped"


@pytest.mark.wyseos(scenario="marketing")
@pytest.mark.parametrize("more", [("--yes",), ("--confirm", "approve")])
def test_a_word_beforehand_permits_it(wyseos_emulator: Emulator, more: Any) -> None:
    assert wyse("run", "Prepare a launch", *more, emulator=wyseos_emulator).returncode == 0


def test_a_service_that_is_not_the_usual_one_is_named(wyseos_emulator: Emulator) -> None:
    done = wyse("run", "Compare three lanterns", emulator=wyseos_emulator)
    assert f"service\t{wyseos_emulator.base_url}" in done.stdout
