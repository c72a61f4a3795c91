"""What users write is typed: the pages' code and the examples pass both type checkers' strict mode; mistakes do not."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.test_docs import BLOCKS

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


@pytest.fixture
def blocks(tmp_path: Path) -> Path:
    """All code of the README and the pages, as files."""
    for name, block in BLOCKS.items():
        (tmp_path / f"{name}.py").write_text(block, "utf-8")
    return tmp_path


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


def test_pyright_in_its_strict_mode_accepts_all_that_is_shown_and_tells_each_mistake_on_its_line(blocks: Path) -> None:
    """Both at once: it takes most of its time for the SDK that all of it imports."""
    shutil.copytree(ROOT / "examples", blocks / "examples")
    (blocks / "fine.py").write_text(FINE, "utf-8")
    (blocks / "mistakes.py").write_text(MISTAKES, "utf-8")

    found = faults(blocks)

    mistaken = [each for each in found if Path(each["file"]).name == "mistakes.py"]
    assert shown([each for each in found if each not in mistaken]) == []
    lines = {each["range"]["start"]["line"] + 1 for each in mistaken if each["severity"] == "error"}
    assert {5, 6, 7, 8, 9} <= lines
    assert not lines & {2, 4}


def test_mypy_in_its_strict_mode_accepts_every_block(blocks: Path) -> None:
    files = [str(path) for path in sorted(blocks.glob("*.py"))]

    # With the cache of `make types`, of which it knows the SDK.
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", *files],
        cwd=ROOT, capture_output=True, text=True, timeout=250, check=False,
    )  # fmt: skip

    assert done.stdout.splitlines()[-1] == f"Success: no issues found in {len(files)} source files", done.stdout
