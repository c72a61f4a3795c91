"""Output that nobody reads, that is full or closed ends a program with the usual code and at most one line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import forked
from wyseos.mate.emulator import Emulator

pytestmark = pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")

EMULATOR = f"{sys.executable} -m wyseos.mate.emulator"
WYSE = f"{sys.executable} -m wyseos.mate.cli"


def run(command: str) -> tuple[int, str, str]:
    environment = {**os.environ, "FORCE_COLOR": "1"}
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"],
        capture_output=True, text=True, timeout=250, check=False, env=environment,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(
    "command", [f"{EMULATOR} --schema scenario", f"{WYSE} emulator --schema scenario", f"{WYSE} demo"]
)
def test_a_reader_that_has_gone_ends_it_quietly(command: str) -> None:
    assert run(f"{command} | :") == (141, "", "")


@pytest.mark.parametrize(
    ("command", "code", "told"),
    [
        (f"{EMULATOR} --list", 1, "python -m wyseos.mate.emulator: standard output: No space left on device\n"),
        (f"{EMULATOR} --port 0", 1, "python -m wyseos.mate.emulator: standard output: No space left on device\n"),
        (f"{WYSE} emulator --list", 1, "wyse: No space left on device\n"),
        (f"{WYSE} demo", 1, "wyse: No space left on device\n"),
        (f"{WYSE} version", 1, "wyse: No space left on device\n"),
    ],
)
def test_a_full_output_is_one_line(command: str, code: int, told: str) -> None:
    assert run(f"{command} > /dev/full") == (code, "", told)


@pytest.mark.parametrize(("command", "name"), [(EMULATOR, "python -m wyseos.mate.emulator"), (WYSE, "wyse")])
def test_a_closed_output_is_one_line(command: str, name: str) -> None:
    assert run(f"{command} --help >&-") == (1, "", f"{name}: standard output is closed\n")


def test_a_pipe_gets_no_escapes_where_colour_is_forced(wyseos_emulator: Emulator) -> None:
    settings = {"WYSEOS_BASE_URL": wyseos_emulator.base_url, "WYSEOS_API_KEY": wyseos_emulator.api_key}
    environment = {**os.environ, **settings, "FORCE_COLOR": "1"}
    done = forked.run("wyseos.mate.cli", "run", "Compare three lanterns", environment=environment)
    assert (done.returncode, "\x1b" in done.stdout + done.stderr) == (0, False)
    assert "result" in done.stdout
