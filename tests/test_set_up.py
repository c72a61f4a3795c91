"""The set-up of a checkout: alone, mended, by uv where it is there, and in words where it can't be done."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.skipif(os.name != "posix" or shutil.which("make") is None, reason="make is POSIX's")

# Stands in for uv and for pip: writes down that it was called, and takes long enough for another one to come.
TOOL = """#!/bin/sh
echo "{name} $*" >> {log}
sleep 0.5
exit {code}
"""


def tool(folder: Path, name: str, log: Path, code: int = 0) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(TOOL.format(name=name, log=log, code=code), "utf-8")
    (folder / name).chmod(0o755)


def start(folder: Path, path: str) -> subprocess.Popen[str]:
    command = [sys.executable, str(ROOT / ".ci" / "set_up.py"), ".venv", ".venv/.ready-1"]
    environment = {**os.environ, "PATH": path}
    return subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_two_at_once_set_up_one_after_the_other_and_once(tmp_path: Path) -> None:
    tool(tmp_path / "bin", "uv", tmp_path / "log")
    both = [start(tmp_path, f"{tmp_path / 'bin'}:{os.environ['PATH']}") for _ in range(2)]
    told = [process.communicate(timeout=250) for process in both]
    assert [process.returncode for process in both] == [0, 0], told
    assert (tmp_path / "log").read_text("utf-8").count("uv pip install") == 1
    assert "Another make is setting up" in told[0][0] + told[1][0]
    assert [mark.name for mark in (tmp_path / ".venv").glob(".ready*")] == [".ready-1"]


@pytest.mark.parametrize("uv", [None, 1])
def test_pip_does_it_where_uv_is_not_or_can_not(tmp_path: Path, uv: int | None) -> None:
    """An environment whose pip is whole is kept: here one that only writes down what it is asked for."""
    tool(tmp_path / "bin", "sh-only", tmp_path / "log")
    if uv is not None:
        tool(tmp_path / "bin", "uv", tmp_path / "log", code=uv)
    (tmp_path / ".venv").mkdir()
    tool(tmp_path / ".venv" / "bin", "python", tmp_path / "log")
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
    (tmp_path / "my python").mkdir()
    (tmp_path / "my python" / "python").symlink_to(sys.executable)
    for name in ("Makefile", "pyproject.toml", ".ci"):
        (tmp_path / name).symlink_to(ROOT / name)
    tool(tmp_path / "bin", "uv", tmp_path / "log")
    environment = {**os.environ, "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}"}
    command = ["make", "setup", f"PYTHON={tmp_path / 'my python' / 'python'} "]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, timeout=250
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / ".venv" / "bin" / "python").exists()


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
