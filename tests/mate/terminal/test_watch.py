"""`wyse` in a real terminal: what a person sees, types and interrupts."""

from __future__ import annotations

import os
import signal
import sys
import time

import pytest

pytest.importorskip("pty")

from tests.support.terminal import Terminal, terminal, wyse
from wyseos.mate import Client
from wyseos.mate.emulator import Emulator

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX's")


def status(emulator: Emulator) -> str | None:
    with Client(base_url=emulator.base_url, api_key=emulator.api_key) as client:
        return client.session.get_info(next(iter(emulator.sessions))).status


def test_the_plan_ticks_and_the_page_stays(slow: Emulator) -> None:
    with wyse(slow, "run", "Compare lanterns") as shown:
        shown.wait_for("1 of 5 steps")
        assert "✓ Understand what is asked" in shown.text
        slow.clock.speed = 0
        assert shown.wait_for_end() == 0
    for words in ("✓ Write the answer", "╭─ result", "answer.md", "What could follow", "27 messages in"):
        assert words in shown.text
    assert "of 5 steps" not in shown.text  # the live part is gone
    assert shown.raw.count(b"\x1b[?25h") >= 1  # the cursor is back


def test_questions_stay_readable_one_after_another(wyseos_emulator: Emulator) -> None:
    above = ["first line of the shell", "second line of the shell"]
    program = f"print('\\n'.join({above!r}), flush=True); from wyseos.mate.cli import main; main()"
    environment = {"WYSEOS_BASE_URL": wyseos_emulator.base_url, "WYSEOS_API_KEY": wyseos_emulator.api_key}
    arguments = ("-c", program, "run", "Promote it", "--mode", "marketing", "--review-plan")
    with terminal(*arguments, environment=environment) as shown:
        shown.wait_for("Approve the plan?")
        shown.type("y\n")
        shown.wait_for("May it?")
        shown.type("y\n")
        assert shown.wait_for_end() == 0
    assert shown.lines[:2] == above
    read = [shown.text.index(words) for words in ("Shall I go ahead", "Approve the plan?", "May I post", "May it?")]
    assert read == sorted(read)
    assert shown.text.count("this is about") == shown.text.count("answer: y") == 2


@pytest.mark.wyseos(scenario="marketing")
@pytest.mark.parametrize(("typed", "code", "ended"), [("y", 0, "complete"), ("n", 1, "stopped"), ("", 1, "stopped")])
def test_a_person_is_asked_before_anything_is_public_and_enter_means_no(
    wyseos_emulator: Emulator, typed: str, code: int, ended: str
) -> None:
    with wyse(wyseos_emulator, "run", "Promote it", "--mode", "marketing") as shown:
        shown.type("y\n")  # typed before anything was asked: it is no answer
        shown.wait_for("May it? y or n, Enter is n>")
        assert "Today it takes ten minutes" in shown.text  # the draft is shown before the question
        shown.type(f"{typed}\n")
        assert shown.wait_for_end() == code
    assert status(wyseos_emulator) == ended


def interrupted(shown: Terminal, answer: str) -> None:
    shown.wait_for("Approve the plan?")
    shown.type("\x03")
    shown.wait_for("Stop the task, leave it running, or go on?")
    shown.type(f"{answer}\n")


def test_ctrl_c_asks_and_leaving_tells_how_to_go_on(wyseos_emulator: Emulator) -> None:
    with wyse(wyseos_emulator, "run", "Compare", "--review-plan") as shown:
        interrupted(shown, "l")
        assert shown.wait_for_end() == 130
    session_id = next(iter(wyseos_emulator.sessions))
    assert f"wyse attach {session_id}" in shown.text
    assert f"wyse stop {session_id}" in shown.text
    assert status(wyseos_emulator) == "active"

    with wyse(wyseos_emulator, "attach", session_id) as again:
        assert again.wait_for_end() == 0
    assert "╭─ result" in again.text


def test_ctrl_c_can_stop_the_task_or_go_on(wyseos_emulator: Emulator) -> None:
    with wyse(wyseos_emulator, "run", "Compare", "--review-plan") as shown:
        interrupted(shown, "")
        shown.wait_for(lambda text: text.count("Approve the plan?") > 1)
        interrupted(shown, "s")
        assert shown.wait_for_end() == 1
    assert status(wyseos_emulator) == "stopped"


def test_a_second_ctrl_c_leaves(wyseos_emulator: Emulator) -> None:
    with wyse(wyseos_emulator, "run", "Compare", "--review-plan") as shown:
        shown.wait_for("Approve the plan?")
        shown.type("\x03")
        shown.wait_for("Stop the task")
        shown.type("\x03")
        assert shown.wait_for_end() == 130
    assert status(wyseos_emulator) == "active"


def test_a_plan_is_edited_line_by_line(wyseos_emulator: Emulator) -> None:
    with wyse(wyseos_emulator, "run", "Compare", "--review-plan") as shown:
        shown.wait_for("Approve the plan?")
        shown.type("edit\n")
        shown.wait_for("edit>")
        shown.type("1 Just this\n")
        shown.wait_for("1. Just this")
        shown.type("\n")
        assert shown.wait_for_end() == 0
    assert "✓ Just this" in shown.text


def test_sigterm_gives_the_terminal_back(wyseos_emulator: Emulator) -> None:
    with wyse(wyseos_emulator, "run", "Compare", "--review-plan") as shown:
        shown.wait_for("Approve the plan?")
        os.kill(shown.pid, signal.SIGTERM)
        assert shown.wait_for_end() == 128 + signal.SIGTERM
    assert shown.raw.rstrip().endswith(b"\x1b[?25h") or b"\x1b[?25l" not in shown.raw.rpartition(b"\x1b[?25h")[2]


def test_help_comes_at_once() -> None:
    began = time.monotonic()
    with terminal("-m", "wyseos.mate.cli", "--help") as shown:
        assert shown.wait_for_end() == 0
    assert "run         Run a task" in shown.text
    assert time.monotonic() - began < 30  # the figure is the benchmarks'; here it must not hang
