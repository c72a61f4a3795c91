"""What users write is typed: the README's program and the examples pass pyright's strict mode, and mistakes do not."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOTS = [str(ROOT / name) for name in ("mate", "generated", "runtime")]

MISTAKES = """
from wyseos.mate import Client

client = Client()
client.run("Find trends", task_mode="market")
client.run("Find trends", on_confirm=lambda question: "yes")
client.run("Find trends", on_input=lambda question: 5)
client.run("Find trends", attachments=["brief.pdf"])
client.file_upload.upload_file("brief.pdf")["url"]
"""
FINE = """
from wyseos.mate import AsyncClient, Client, Plan

async def answer(plan: Plan) -> str:
    return "Shorter, please"

client, other = Client(), AsyncClient()
upload = client.file_upload.upload_file("brief.pdf")
client.run("Find trends", [upload], "marketing", on_plan=lambda plan: True, on_input=lambda question: question.text)
client.run("Find trends", on_event=print, on_confirm=lambda question: None)
running = other.start("Find trends", on_plan=answer, on_confirm=lambda question: False)
"""


@cache
def can_run() -> bool:
    """Whether pyright is here; it fetches its own program the first time that it runs."""
    done = subprocess.run([sys.executable, "-m", "pyright", "--version"], capture_output=True, timeout=250, check=False)
    return done.returncode == 0


def faults(folder: Path) -> list[dict[str, Any]]:
    """What pyright's strict mode objects to in the programs of a folder."""
    if not can_run():
        pytest.skip("pyright cannot be run here")
    settings = {"typeCheckingMode": "strict", "pythonVersion": "3.11", "extraPaths": ROOTS}
    (folder / "pyrightconfig.json").write_text(json.dumps(settings), "utf-8")
    command = [sys.executable, "-m", "pyright", "--outputjson", "--pythonpath", sys.executable, "-p", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=250, check=False)
    found: list[dict[str, Any]] = json.loads(done.stdout)["generalDiagnostics"]
    return found


def shown(found: list[dict[str, Any]]) -> list[str]:
    return [f"{Path(each['file']).name}:{each['range']['start']['line'] + 1} {each['message']}" for each in found]


def test_the_readmes_program_and_the_examples_are_strictly_typed(tmp_path: Path) -> None:
    block = re.search(r"```python\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    assert block is not None
    (tmp_path / "readme.py").write_text(block[1], "utf-8")
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    (tmp_path / "fine.py").write_text(FINE, "utf-8")

    assert shown(faults(tmp_path)) == []


def test_each_mistake_is_told_on_its_line(tmp_path: Path) -> None:
    (tmp_path / "mistakes.py").write_text(MISTAKES, "utf-8")

    lines = {each["range"]["start"]["line"] + 1 for each in faults(tmp_path) if each["severity"] == "error"}
    assert {5, 6, 7, 8, 9} <= lines
    assert not lines & {2, 4}


def test_the_readmes_program_passes_mypy(tmp_path: Path) -> None:
    block = re.search(r"```python\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    assert block is not None
    (tmp_path / "readme.py").write_text(block[1], "utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", str(tmp_path / "readme.py")]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=250, check=False)

    assert done.returncode == 0, done.stdout
