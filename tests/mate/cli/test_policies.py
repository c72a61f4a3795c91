"""`wyse run --policy` and `wyse policy`: what a policy decides, and what it would have decided."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.mate.cli.running import wyse
from wyseos.mate import Client
from wyseos.mate.cli.exits import ExitCode
from wyseos.mate.emulator import Emulator
from wyseos.mate.policy.check import schema

RULES = """\
rules:
  - {name: plans, kind: plan, then: approve}
  - {name: posts, action: post, then: approve}
"""


@pytest.fixture
def policy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    (tmp_path / "policy.yaml").write_text(RULES, "utf-8")
    return str(tmp_path / "policy.yaml")


def test_run_obeys_a_policy_and_tells_its_decisions(wyseos_emulator: Emulator, policy: str, tmp_path: Path) -> None:
    report = tmp_path / "report.md"
    done = wyse(
        "run", "A launch", "--mode", "marketing", "--policy", policy, "--report", str(report), emulator=wyseos_emulator
    )
    assert done.returncode == 0
    assert "approve (plans)" in done.stdout
    assert "approve (posts)" in done.stdout
    assert "## Decided by a policy" in report.read_text("utf-8")


@pytest.mark.parametrize("more", [["--yes"], ["--confirm", "ask"]])
def test_a_second_word_on_what_is_permitted_is_refused(wyseos_emulator: Emulator, policy: str, more: list[str]) -> None:
    done = wyse("run", "A launch", "--policy", policy, *more, emulator=wyseos_emulator)
    assert done.returncode == ExitCode.USAGE
    assert "leave out --yes and --confirm" in done.stderr
    assert wyseos_emulator.sessions == {}


def test_a_broken_policy_is_refused_with_its_line_before_anything_is_started(
    wyseos_emulator: Emulator, policy: str
) -> None:
    Path(policy).write_text(RULES.replace("posts, action", "posts, actions"), "utf-8")
    done = wyse("run", "A launch", "--policy", policy, emulator=wyseos_emulator)
    assert done.returncode == ExitCode.USAGE
    assert "line 3, rule 2: `actions` is not known here; perhaps 'action' is meant" in done.stderr
    assert wyseos_emulator.sessions == {}


def test_a_policy_is_tried_on_a_session(wyseos_emulator: Emulator, policy: str) -> None:
    with Client(base_url=wyseos_emulator.base_url, api_key=wyseos_emulator.api_key) as client:
        session = client.run("A launch", task_mode="marketing").session_id
    done = wyse("policy", "test", policy, session, "--json", emulator=wyseos_emulator)
    assert [(row["kind"], row["decision"], row["rule"]) for row in json.loads(done.stdout)] == [
        ("plan", "approve", "plans"),
        ("confirmation", "approve", "posts"),
    ]


def test_a_policy_is_tried_on_a_file_of_events(wyseos_emulator: Emulator, policy: str, tmp_path: Path) -> None:
    ran = wyse("run", "A launch", "--output", "json", emulator=wyseos_emulator)
    (tmp_path / "events.jsonl").write_text(ran.stdout, "utf-8")
    done = wyse("policy", "test", policy, str(tmp_path / "events.jsonl"), emulator=wyseos_emulator)
    assert done.stdout.split("\t")[2:4] == ["approve", "plans"]


def test_the_schema_is_printed(wyseos_emulator: Emulator) -> None:
    done = wyse("policy", "schema", emulator=wyseos_emulator)
    assert json.loads(done.stdout) == schema()
