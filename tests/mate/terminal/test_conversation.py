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

from tests.support.runner import make_runner
from wyseos.mate import Client
from wyseos.mate.emulator import Emulator
from wyseos.mate.task_runner import TaskExecutionOptions

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


ASKED: dict[str, Any] = {"auto_accept_plan": False}


@pytest.mark.parametrize("word", ["y", "YES", "ok", "accept", "好", "是", ""])
def test_a_plan_is_approved_and_the_answer_shown(client: Client, monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    shown = piped(client, monkeypatch, word, **ASKED)
    assert "? Shall I go ahead with this plan?" in shown
    assert shown.endswith("Done.\n")


def test_a_plan_is_refused_with_a_reason(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = piped(client, monkeypatch, "Look at the competitors first", "y", **ASKED)
    assert "Look at the competitors first" in shown
    assert shown.endswith("Done.\n")


def test_a_plan_is_edited(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = piped(client, monkeypatch, "edit", "- 1", "- 1", "- 1", "1 Only this", "- 2", "", **ASKED)
    assert "1. Only this\n" in shown
    assert "Only this: done" in shown


def test_a_plan_is_approved_by_itself_unless_the_options_say_otherwise(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert piped(client, monkeypatch).endswith("Done.\n")
    assert piped(client, monkeypatch, verbose=True).endswith("Done.\n")


def test_what_the_task_did_not_need_is_left_for_the_program(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    piped(client, monkeypatch, "my answer")
    assert input() == "my answer"


@pytest.mark.parametrize("how", ["closed", "none"])
def test_a_standard_input_that_is_not_there_is_no_crash(
    client: Client, monkeypatch: pytest.MonkeyPatch, how: str, wyseos_emulator: Emulator
) -> None:
    stdin = io.StringIO()
    stdin.close()
    monkeypatch.setattr(sys, "stdin", stdin if how == "closed" else None)
    make_runner(client).run_interactive_session("Find trends")
    make_runner(client).run_interactive_session("Find trends", options=TaskExecutionOptions(**ASKED))

    statuses = [session.info["status"] for session in wyseos_emulator.sessions.values()]
    assert statuses[0] == "complete"
    assert statuses[1] != "complete"  # it asks, and nobody is there: it is left


@pytest.mark.parametrize("word", ["exit", "quit", "q", "EXIT"])
def test_leaving_leaves_the_session_to_itself(client: Client, monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    assert "Done." not in piped(client, monkeypatch, word, **ASKED)


def test_stop_stops_the_task(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert piped(client, monkeypatch, "stop", **ASKED).endswith("! the task was stopped\n")


def test_what_is_typed_after_the_end_is_no_new_task(
    client: Client, monkeypatch: pytest.MonkeyPatch, wyseos_emulator: Emulator
) -> None:
    shown = piped(client, monkeypatch, "y", "A late answer", **ASKED)
    assert shown.count("Done.\n") == 1
    [session] = wyseos_emulator.sessions.values()
    assert len(session.starts) == 1


@pytest.mark.wyseos(scenario="marketing_review")
@pytest.mark.parametrize(("answer", "end"), [("y", "Done."), ("n", "! the task was stopped")])
def test_reports_and_browser_actions_are_answered(
    client: Client, monkeypatch: pytest.MonkeyPatch, answer: str, end: str
) -> None:
    assert piped(client, monkeypatch, "Right", "perhaps", answer).endswith(f"{end}\n")


PROGRAM = """
import sys
from tests.support.runner import make_runner
from wyseos.mate import Client
from wyseos.mate.task_runner import TaskExecutionOptions
with Client() as client:
    make_runner(client).run_interactive_session(
        "Find trends", options=TaskExecutionOptions(auto_accept_plan=False)
    )
print("left", input("More? "))
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
        status = self.process.wait(200)
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
    terminal.expect("More? ")
    terminal.type("no\n")
    terminal.expect("left no")


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
    terminal.expect("More? ")
    terminal.type("no\n")
    terminal.expect("left no")


@has_proc
def test_a_second_ctrl_c_leaves_at_once_and_tells_the_session(terminal: Terminal) -> None:
    terminal.expect("? Shall I go ahead")
    terminal.interrupt()
    terminal.expect("Stop the task")
    terminal.interrupt()
    terminal.expect("client.attach('session_")
    terminal.expect("More? ")
    terminal.type("no\n")
    terminal.expect("left no")
