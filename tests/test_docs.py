"""Every code block of the README and of docs/ runs as it is printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.test_examples import ROOT, run
from wyseos.mate.emulator import Emulator


def blocks() -> Iterator[tuple[str, str]]:
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))):
        for number, block in enumerate(re.findall(r"```python\n(.*?)```", page.read_text("utf-8"), re.DOTALL), 1):
            yield f"{page.stem}_{number}", block


BLOCKS = dict(blocks())


@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_runs_as_printed(name: str, wyseos_emulator: Emulator, tmp_path: Path) -> None:
    (tmp_path / "block.py").write_text(BLOCKS[name], "utf-8")
    is_test = "def test_" in BLOCKS[name]
    settings = ("-p", "no:cacheprovider", "-o", "asyncio_default_fixture_loop_scope=function")
    command = ("-m", "pytest", "-q", *settings, "block.py") if is_test else ("block.py",)

    done = run(wyseos_emulator, tmp_path, *command, typed="yes\n" * 9)

    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert wyseos_emulator.violations == []
