"""Every example runs as it is, against the emulator, and so does the README's first program."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.programs import Programs

if TYPE_CHECKING:
    from wyseos.mate.emulator import Emulator

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = sorted(path.name for path in (ROOT / "examples").glob("*.py"))
COMPAT = sorted(path.name for path in (ROOT / "examples/compat").glob("*.py"))


def surroundings(emulator: Emulator) -> dict[str, str]:
    """The environment of a program that is to meet an emulator."""
    return {
        **os.environ,
        "WYSEOS_BASE_URL": emulator.base_url,
        "WYSEOS_API_KEY": emulator.api_key,
        "PYTHONWARNINGS": "error",
    }


def run(emulator: Emulator, folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a Python of its own."""
    return subprocess.run(
        [sys.executable, *command],
        input="", env=surroundings(emulator), cwd=folder, capture_output=True, text=True, timeout=250, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def programs() -> Iterator[Programs]:
    with Programs() as running:
        yield running


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_runs_as_it_is(name: str, programs: Programs, wyseos_emulator: Emulator, tmp_path: Path) -> None:
    done = programs.run(ROOT / "examples" / name, tmp_path, surroundings(wyseos_emulator), "")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout != ""
    assert wyseos_emulator.violations == []


@pytest.mark.parametrize("name", COMPAT)
def test_a_program_in_the_manner_of_0_3_x_runs_as_it_is(name: str, wyseos_emulator: Emulator, tmp_path: Path) -> None:
    settings = f"mate:\n  api_key: {wyseos_emulator.api_key}\n  base_url: {wyseos_emulator.base_url}\n"
    (tmp_path / "mate.yaml").write_text(settings, "utf-8")

    done = run(wyseos_emulator, tmp_path, str(ROOT / "examples/compat" / name))

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout != ""
    assert wyseos_emulator.violations == []


def test_the_readmes_first_program_runs_as_printed(wyseos_emulator: Emulator, tmp_path: Path) -> None:
    found = re.search(r"```python\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    assert found is not None
    (tmp_path / "first.py").write_text(found[1], "utf-8")

    done = run(wyseos_emulator, tmp_path, "first.py")

    assert (done.returncode, done.stderr) == (0, "")
    assert "Done." in done.stdout.splitlines()


def test_every_page_of_the_documentation_is_listed() -> None:
    index = (ROOT / "docs/README.md").read_text("utf-8")
    pages = {path.name for path in (ROOT / "docs").glob("*.md")} - {"README.md"}
    assert {page for page in pages if f"({page})" not in index} == set()


def test_every_link_between_pages_leads_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
    dead = {
        f"{page.relative_to(ROOT)} → {link}"
        for page in pages
        for link in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text("utf-8"))
        if not (page.parent / link).exists()
    }
    assert dead == set()
