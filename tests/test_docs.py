"""Every code block of the README and of docs/ runs as it is printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.programs import Programs
from tests.test_examples import ROOT, run, surroundings
from wyseos.mate.emulator import Emulator


def blocks() -> Iterator[tuple[str, str]]:
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))):
        for number, block in enumerate(re.findall(r"```python\n(.*?)```", page.read_text("utf-8"), re.DOTALL), 1):
            yield f"{page.stem}_{number}", block


BLOCKS = dict(blocks())


@pytest.fixture(scope="module")
def programs() -> Iterator[Programs]:
    with Programs() as running:
        yield running


def is_test(name: str) -> bool:
    return "def test_" in BLOCKS[name]


@pytest.mark.parametrize("name", [name for name in BLOCKS if not is_test(name)])
def test_a_block_runs_as_printed(name: str, programs: Programs, wyseos_emulator: Emulator, tmp_path: Path) -> None:
    (tmp_path / "block.py").write_text(BLOCKS[name], "utf-8")

    done = programs.run(tmp_path / "block.py", tmp_path, surroundings(wyseos_emulator), "yes\n" * 9)

    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert wyseos_emulator.violations == []


@pytest.mark.parametrize("name", [name for name in BLOCKS if is_test(name)])
def test_a_test_of_the_pages_passes_as_printed(name: str, wyseos_emulator: Emulator, tmp_path: Path) -> None:
    (tmp_path / "block.py").write_text(BLOCKS[name], "utf-8")
    settings = ("-p", "no:cacheprovider", "-p", "no:schemathesis", "-o", "asyncio_default_fixture_loop_scope=function")

    done = run(wyseos_emulator, tmp_path, "-m", "pytest", "-q", *settings, "block.py")

    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert wyseos_emulator.violations == []
