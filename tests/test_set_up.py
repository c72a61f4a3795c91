"""The set-up of a checkout: alone, mended, by uv where it is there, and in words where it can't be done."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.skipif(os.name != "posix" or shutil.which("make") is None, reason="make is POSIX's")

# Stands in for uv, for pip and for a Python: writes down that it was called.
TOOL = """#!/bin/sh
echo "{name} $*" >> {log}
{then}
"""


def tool(folder: Path, name: str, log: Path, then: str = "exit 0") -> None:
    folder.mkdir(exist_ok=True, parents=True)
    (folder / name).write_text(TOOL.format(name=name, log=log, then=then), "utf-8")
    (folder / name).chmod(0o755)


def whole(root: Path) -> None:
    """An environment whose pip is whole is kept: here one that only writes down what it is asked for."""
    tool(root / ".venv" / "bin", "python", root / "log")


def start(folder: Path, path: str) -> subprocess.Popen[str]:
    command = [sys.executable, str(ROOT / ".ci" / "set_up.py"), ".venv", ".venv/.ready-1"]
    environment = {**os.environ, "PATH": path}
    return subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_two_at_once_set_up_one_after_the_other_and_once(tmp_path: Path) -> None:
    log, came = tmp_path / "log", tmp_path / "came"
    whole(tmp_path)
    tool(tmp_path / "bin", "uv", log, then=f"while [ ! -e {came} ]; do sleep 0.05; done")
    first = start(tmp_path, f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    while first.poll() is None and not (log.exists() and "uv pip install" in log.read_text("utf-8")):
        time.sleep(0.01)
    second = start(tmp_path, f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    assert second.stdout is not None
    assert second.stdout.readline() == "Another make is setting up; waiting for it\n"
    came.touch()
    told = [process.communicate(timeout=250) for process in (first, second)]
    assert [first.returncode, second.returncode] == [0, 0], told
    assert log.read_text("utf-8").count("uv pip install") == 1
    assert [mark.name for mark in (tmp_path / ".venv").glob(".ready*")] == [".ready-1"]


@pytest.mark.parametrize("uv", [None, 1])
def test_pip_does_it_where_uv_is_not_or_can_not(tmp_path: Path, uv: int | None) -> None:
    tool(tmp_path / "bin", "sh-only", tmp_path / "log")
    if uv is not None:
        tool(tmp_path / "bin", "uv", tmp_path / "log", then=f"exit {uv}")
    whole(tmp_path)
    process = start(tmp_path, f"{tmp_path / 'bin'}:/usr/bin:/bin")
    out, err = process.communicate(timeout=250)
    assert process.returncode == 0, err
    asked = (tmp_path / "log").read_text("utf-8").splitlines()
    assert [line for line in asked if line.startswith("python") and "--editable .[all] --group dev" in line]
    assert (out == "uv cannot install it here; pip does\n") == (uv is not None)


def test_a_half_made_environment_is_made_anew(tmp_path: Path) -> None:
    tool(tmp_path / "bin", "uv", tmp_path / "log")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / ".ready-of-another-place").touch()
    process = start(tmp_path, f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    _, err = process.communicate(timeout=250)
    assert process.returncode == 0, err
    assert (tmp_path / ".venv" / "bin" / "python").exists()
    assert [mark.name for mark in (tmp_path / ".venv").glob(".ready*")] == [".ready-1"]


def test_a_python_whose_path_has_blanks_is_taken(tmp_path: Path) -> None:
    tool(tmp_path / "my python", "python", tmp_path / "log", then=f'exec {sys.executable} "$@"')
    for name in ("Makefile", "pyproject.toml", ".ci"):
        (tmp_path / name).symlink_to(ROOT / name)
    whole(tmp_path)
    tool(tmp_path / "bin", "uv", tmp_path / "log")
    environment = {**os.environ, "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}"}
    command = ["make", "setup", f"PYTHON={tmp_path / 'my python' / 'python'} "]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, timeout=250
    )
    assert done.returncode == 0, done.stderr
    told = (tmp_path / "log").read_text("utf-8")
    assert "python .ci/set_up.py .venv .venv/.ready-" in told
    assert "uv pip install" in told


@pytest.mark.parametrize("python", [" ", "/nowhere/python", "false"])
def test_what_is_no_python_is_told(tmp_path: Path, python: str) -> None:
    command = ["make", "-C", str(ROOT), f"VENV={tmp_path / 'venv'}", f"PYTHON={python}", "setup"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=250)
    assert done.returncode == 2
    assert f"Python 3.11 or newer is needed, and '{python.strip()}' is none" in done.stderr


def test_another_make_says_what_is_needed() -> None:
    done = subprocess.run(
        ["make", "-C", str(ROOT), ".FEATURES=else-if", "help"], capture_output=True, text=True, check=False
    )
    assert "GNU make 3.82 or newer is needed, and this is " in done.stderr
    if shutil.which("bmake"):
        done = subprocess.run(["bmake", "help"], cwd=ROOT, capture_output=True, text=True, check=False)
        assert "GNU make 3.82 or newer is needed: install it" in done.stderr
