"""A task in a terminal: with piped input, and in a pseudo terminal where there is one."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.mate.test_task_runner import make_runner
from wyseos.generated.models import PlanStep
from wyseos.mate import Client
from wyseos.mate.emulator import Emulator
from wyseos.mate.plan import Plan
from wyseos.mate.task_runner import TaskExecutionOptions
from wyseos.mate.terminal.conversation import edited

pty = pytest.importorskip("pty")
has_proc = pytest.mark.skipif(
    not Path("/proc/self/syscall").exists(), reason="needs Linux to tell when to press Ctrl-C"
)


@pytest.fixture
def client(wyseos_emulator: Emulator) -> Iterator[Client]:
    with Client(base_url=wyseos_emulator.base_url, api_key=wyseos_emulator.api_key) as client:
        yield client
    assert wyseos_emulator.violations == []


def piped(client: Client, monkeypatch: pytest.MonkeyPatch, *lines: str, **options: Any) -> str:
    """Runs a session with these lines piped in, and returns what was shown."""
    out = io.StringIO()
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
    monkeypatch.setattr(sys, "stdout", out)
    make_runner(client).run_interactive_session(
        "Find trends", options=TaskExecutionOptions(**options) if options else None
    )
    return out.getvalue()


def test_a_plan_is_approved_with_y_and_the_answer_shown(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = piped(client, monkeypatch, "y")
    assert "? Shall I go ahead with this plan?" in shown
    assert shown.endswith("Done.\n")


def test_a_plan_is_refused_with_a_reason(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = piped(client, monkeypatch, "Look at the competitors first", "", "y")
    assert "Look at the competitors first" in shown
    assert shown.endswith("Done.\n")


def test_a_plan_is_edited(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = piped(client, monkeypatch, "edit", "- 1", "- 1", "- 1", "1 Only this", "- 2", "")
    assert "1. Only this\n" in shown
    assert "Only this: done" in shown


def test_options_that_approve_plans_are_kept_to(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert piped(client, monkeypatch, verbose=True).endswith("Done.\n")


@pytest.mark.parametrize("word", ["exit", "quit", "q", "EXIT"])
def test_leaving_leaves_the_session_to_itself(client: Client, monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    assert "Done." not in piped(client, monkeypatch, word)


def test_stop_stops_the_task(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert piped(client, monkeypatch, "stop").endswith("! the task was stopped\n")


def test_pausing_what_is_over_is_told_and_harmless(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "! the task is not running" in piped(client, monkeypatch, "y", "pause")


def test_a_further_task_runs_in_the_same_session(
    client: Client, monkeypatch: pytest.MonkeyPatch, wyseos_emulator: Emulator
) -> None:
    shown = piped(client, monkeypatch, "y", "Second", "y", "q")
    assert shown.count("Done.\n") == 2
    [session] = wyseos_emulator.sessions.values()
    assert len(session.starts) == 2


@pytest.mark.wyseos(scenario="marketing_review")
@pytest.mark.parametrize(("answer", "end"), [("y", "Done."), ("n", "! the task was stopped")])
def test_reports_and_browser_actions_are_answered(
    client: Client, monkeypatch: pytest.MonkeyPatch, answer: str, end: str
) -> None:
    assert piped(client, monkeypatch, "Right", "y", "perhaps", answer).endswith(f"{end}\n")


@pytest.mark.parametrize(
    ("line", "titles"),
    [
        ("2 New", ["a", "New"]),
        ("- 1", ["b"]),
        ("+ c", ["a", "b", "c"]),
        ("+", ["a", "b"]),
        ("7 x", ["a", "b"]),
        ("1", ["a", "b"]),
        ("nonsense", ["a", "b"]),
    ],
)
def test_an_edit_line_changes_the_plan(line: str, titles: list[str]) -> None:
    plan = Plan([PlanStep(id="1", title="a"), PlanStep(id="2", title="b")])
    assert [step.title for step in edited(plan, line).steps] == titles


PROGRAM = """
import sys
from tests.mate.test_task_runner import make_runner
from wyseos.mate import Client
with Client() as client:
    make_runner(client).run_interactive_session("Find trends")
print("left")
"""


# The numbers of select and pselect6 on 64-bit Intel and ARM.
SELECTS = {"23", "270", "72"}


class Terminal:
    """A program in a pseudo terminal."""

    def __init__(self, emulator: Emulator) -> None:
        ours, theirs = pty.openpty()
        environment = {
            **os.environ,
            "WYSEOS_BASE_URL": emulator.base_url,
            "WYSEOS_API_KEY": emulator.api_key,
            "TERM": "xterm",
        }
        self._ours = ours
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM], stdin=theirs, stdout=theirs, stderr=theirs, env=environment, close_fds=True
        )
        os.close(theirs)
        self.seen = ""

    def expect(self, text: str) -> None:
        """Reads until `text` was shown; pytest's timeout ends a wait that is in vain."""
        while text not in self.seen:
            self.seen += os.read(self._ours, 4096).decode(errors="replace")

    def type(self, text: str) -> None:
        self.seen = ""
        os.write(self._ours, text.encode())

    def interrupt(self) -> None:
        """Presses Ctrl-C, once the program waits for a key: a moment before that readline would not notice it."""
        while not self._waits_for_a_key():
            os.sched_yield()
        self.seen = ""
        self.process.send_signal(signal.SIGINT)

    def _waits_for_a_key(self) -> bool:
        pid = self.process.pid
        call, _, arguments = Path(f"/proc/{pid}/task/{pid}/syscall").read_text().partition(" ")
        return call in SELECTS and arguments.startswith("0x1 ")

    def close(self) -> int:
        status = self.process.wait(20)
        os.close(self._ours)
        return status


@pytest.fixture
def terminal(wyseos_emulator: Emulator) -> Iterator[Terminal]:
    terminal = Terminal(wyseos_emulator)
    yield terminal
    assert terminal.close() == 0


def test_in_a_terminal_output_stands_above_the_prompt(terminal: Terminal) -> None:
    terminal.expect("? Shall I go ahead")
    terminal.type("y\n")
    terminal.expect("Done.")
    terminal.expect("Next task> ")
    terminal.type("q\n")
    terminal.expect("left")


@has_proc
def test_ctrl_c_asks_and_goes_on_stops_or_leaves(terminal: Terminal) -> None:
    terminal.expect("? Shall I go ahead")
    terminal.interrupt()
    terminal.expect("Stop the task, leave it running, or go on?")
    terminal.type("\n")
    terminal.expect("Approve the plan?")
    terminal.interrupt()
    terminal.expect("Stop the task")
    terminal.type("s\n")
    terminal.expect("the task was stopped")
    terminal.type("q\n")
    terminal.expect("left")


@has_proc
def test_a_second_ctrl_c_leaves_at_once_and_tells_the_session(terminal: Terminal) -> None:
    terminal.expect("? Shall I go ahead")
    terminal.interrupt()
    terminal.expect("Stop the task")
    terminal.interrupt()
    terminal.expect("client.attach('session_")
    terminal.expect("left")
