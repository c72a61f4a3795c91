"""The terminal is given back whenever `wyse` leaves it: at SIGTERM, SIGHUP, and at Ctrl-Z until `fg`."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator

import pytest

pytest.importorskip("pty")

from tests.support.terminal import Terminal, terminal
from wyseos.mate.emulator import Emulator

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX's")

HIDE, SHOW = b"\x1b[?25l", b"\x1b[?25h"

# What a shell does: a job of its own group in front; when it stops, the shell is in front again until it is told `fg`.
SHELL = """
import os, signal, sys
signal.signal(signal.SIGTTOU, signal.SIG_IGN)
def to_front(group): os.tcsetpgrp(0, group)
job = os.fork()
if job == 0:
    os.setpgid(0, 0)
    to_front(os.getpid())
    signal.signal(signal.SIGTTOU, signal.SIG_DFL)
    os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
while True:
    _, status = os.waitpid(job, os.WUNTRACED)
    to_front(os.getpid())
    if not os.WIFSTOPPED(status):
        sys.exit(os.waitstatus_to_exitcode(status))
    echoes = __import__("termios").tcgetattr(0)[3] & __import__("termios").ECHO
    print("stopped by", signal.Signals(os.WSTOPSIG(status)).name, "echo is", "on" if echoes else "off", flush=True)
    sys.stdin.readline()
    to_front(job)
    os.kill(job, signal.SIGCONT)
"""
BAR = """
import sys, time
from wyseos.mate.terminal.progress import {name}
with {name}("Working") as told:
    for n in range(100_000):
        told({args})
        time.sleep(0.02)
        if n == 10: print("well under way", flush=True)
        if len(sys.argv) > 1 and __import__("os").path.exists(sys.argv[1]): break
"""
# Nearly all the time it is in the middle of a line, and of what draws the bar.
BUSY = """
from wyseos.mate.terminal.progress import progress_bar, status_line
with {drawing}("Working") as told:
    for n in range(1_000_000):
        told({args})
        if n % 10 == 0: print("line", n, flush=True)
"""


@pytest.fixture
def slow() -> Iterator[Emulator]:
    """A service whose agents are at work as long as a test needs."""
    with Emulator("patient", speed=5) as emulator:
        yield emulator


def environment(emulator: Emulator) -> dict[str, str]:
    return {"WYSEOS_BASE_URL": emulator.base_url, "WYSEOS_API_KEY": emulator.api_key}


def cursor_is_shown(shown: Terminal) -> bool:
    return shown.raw.rfind(SHOW) > shown.raw.rfind(HIDE) >= 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_to_end_gives_the_cursor_back(slow: Emulator, number: signal.Signals) -> None:
    with terminal("-m", "wyseos.mate.cli", "run", "Compare", environment=environment(slow)) as shown:
        shown.wait_for("Step 2 of 60")
        assert not cursor_is_shown(shown)
        os.kill(shown.pid, number)
        assert shown.wait_for_end() == 128 + number
    assert cursor_is_shown(shown)


def test_ctrl_z_gives_the_cursor_back_and_fg_draws_on(slow: Emulator) -> None:
    arguments = ("-c", SHELL, "-m", "wyseos.mate.cli", "run", "Compare")
    with terminal(*arguments, environment=environment(slow)) as shown:
        for step in ("Step 2 of 60", "Step 5 of 60"):
            shown.wait_for(step)
            before = shown.text.count("stopped by SIGTSTP echo is on")
            shown.type("\x1a")
            shown.wait_for(lambda text, before=before: text.count("stopped by SIGTSTP echo is on") > before)  # type: ignore[misc]
            assert cursor_is_shown(shown)
            assert step not in shown.text.rpartition("stopped by")[2]
            shown.type("fg\n")
        shown.wait_for("Step 9 of 60")
        assert not cursor_is_shown(shown)
        shown.type("\x03")
        shown.wait_for("Stop the task")
        shown.type("l\n")
        assert shown.wait_for_end() == 130
    assert cursor_is_shown(shown)


@pytest.mark.parametrize(("name", "args"), [("progress_bar", "n, 100"), ("status_line", "'at work'")])
def test_a_bar_gives_way_too(name: str, args: str, tmp_path: object) -> None:
    done = f"{tmp_path}/done"
    with terminal("-c", SHELL, "-c", BAR.format(name=name, args=args), done) as shown:
        shown.wait_for("well under way")
        assert not cursor_is_shown(shown)
        shown.type("\x1a")
        shown.wait_for("stopped by SIGTSTP")
        assert cursor_is_shown(shown)
        open(done, "w").close()
        shown.type("fg\n")
        assert shown.wait_for_end() == 0
    assert cursor_is_shown(shown)


@pytest.mark.parametrize(
    ("drawing", "args"),
    [
        ("progress_bar", "n, 100"),
        ("status_line", "'at work'"),
        ("status_line('Around it'), progress_bar", "n, 100"),
    ],
)
def test_ctrl_z_in_the_middle_of_a_line_breaks_nothing(drawing: str, args: str) -> None:
    with terminal("-c", SHELL, "-c", BUSY.format(drawing=drawing, args=args)) as shown:
        for _ in range(10):
            shown.wait_for(lambda _: HIDE in shown.raw and not cursor_is_shown(shown))
            stops = shown.raw.count(b"stopped by SIGTSTP")
            shown.type("\x1a")
            shown.wait_for(lambda _, stops=stops: shown.raw.count(b"stopped by SIGTSTP") > stops)  # type: ignore[misc]
            assert cursor_is_shown(shown)
            shown.type("fg\n")
