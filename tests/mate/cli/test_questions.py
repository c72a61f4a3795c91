"""`wyse questions` and `wyse answer`: what is open is listed and answered, whoever started it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.mate.cli.running import wyse
from wyseos.mate import Client
from wyseos.mate.cli.exits import ExitCode
from wyseos.mate.emulator import Emulator
from wyseos.mate.policy import Policy


@pytest.fixture
def session(wyse_state: None, wyseos_emulator: Emulator) -> str:
    with Client(base_url=wyseos_emulator.base_url, api_key=wyseos_emulator.api_key) as client:
        return client.run("A launch", policy=Policy()).session_id


@pytest.fixture
def wyse_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A user's state folder of this test's own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def test_what_is_open_is_listed(wyseos_emulator: Emulator, session: str) -> None:
    told = wyse("questions", "--json", emulator=wyseos_emulator)
    [asked] = json.loads(told.stdout)
    assert (asked["session_id"], asked["kind"], len(asked["plan"])) == (session, "plan", 5)


def test_a_question_is_answered_once(wyseos_emulator: Emulator, session: str) -> None:
    done = wyse("answer", session, "--approve", emulator=wyseos_emulator)
    assert (done.returncode, done.stderr) == (0, f"{session}: answered: Shall I go ahead with this plan?\n")
    again = wyse("answer", session, "--approve", emulator=wyseos_emulator)
    assert again.returncode == ExitCode.FAILED
    assert "nothing was sent" in again.stderr


def test_a_plan_is_refused_with_words_and_then_given(wyseos_emulator: Emulator, session: str, tmp_path: Path) -> None:
    assert wyse("answer", session, "--reject", "Prices, too", emulator=wyseos_emulator).returncode == 0
    (tmp_path / "steps.yaml").write_text("- {id: '1', title: Prices}\n", "utf-8")
    done = wyse("answer", session, "--plan", str(tmp_path / "steps.yaml"), emulator=wyseos_emulator)
    assert done.returncode == 0, done.stderr
    assert wyse("questions", session, emulator=wyseos_emulator).stdout == ""


def test_no_answer_is_a_mistake_that_is_told(wyseos_emulator: Emulator, session: str) -> None:
    done = wyse("answer", session, emulator=wyseos_emulator)
    assert done.returncode == ExitCode.USAGE
    assert "give one: a text, approve=True" in done.stderr
