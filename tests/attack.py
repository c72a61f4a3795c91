"""Run the exploits, and print what was tried and what held, by row of the security table: `python -m tests.attack`.

Further arguments are pytest's: `python -m tests.attack -n 2`.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.test_design import ROOT, named, rows, sources

_NUMBERED = re.compile(r"test_(?:security|row)_((?:\d+_(?:and_)?)+)")


def exploits() -> list[str]:
    """What pytest is to run: the files that rows name, those of tests/security, and tests that bear a row's number."""
    files = {name for row in rows("security").values() for name in named(row) if name.startswith("tests/")}
    files |= {path.relative_to(ROOT).as_posix() for path in (ROOT / "tests/security").glob("test_*.py")}
    single = {
        f"{path.relative_to(ROOT).as_posix()}::{test}"
        for path in sources("tests")
        if path.suffix == ".py" and path.relative_to(ROOT).as_posix() not in files
        for test in re.findall(r"^(?:async )?def (test_security_\d\w+)", path.read_text("utf-8"), re.MULTILINE)
    }
    return sorted(files) + sorted(single)


def rows_of(test: str, files: dict[str, list[int]]) -> list[int]:
    """The rows that a test belongs to, told by its name, else by its file."""
    file, _, name = test.partition("::")
    for part in (name, Path(file).name):
        if match := _NUMBERED.match(part):
            return [int(number) for number in re.findall(r"\d+", match[1])]
    return files.get(file, [])


class Table:
    """Counts what became of each test, by row."""

    def __init__(self) -> None:
        self._rows = rows("security")
        self._files: dict[str, list[int]] = {}
        for number, row in self._rows.items():
            for name in named(row):
                self._files.setdefault(name, []).append(number)
        self._tried, self._held = Counter[int](), Counter[int]()
        self._failed = set[str]()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note a test's call, and what failed before or after it."""
        if report.failed and report.nodeid not in self._failed:
            self._failed.add(report.nodeid)
            self._held.subtract(rows_of(report.nodeid, self._files) if report.when == "teardown" else ())
        if report.when == "call" or (report.failed and report.when == "setup"):
            numbers = rows_of(report.nodeid, self._files)
            self._tried.update(numbers)
            self._held.update(numbers if report.passed else ())

    def __str__(self) -> str:
        lines = ["row  tried   held", *map(self._line, sorted(self._rows)), ""]
        tried, held = sum(self._tried.values()), sum(self._held.values())
        share = f"{100 * held / tried:.1f} %" if tried else "nothing was tried"
        return "\n".join([*lines, f"all {tried:6} {held:6}   {share}"])

    def _line(self, number: int) -> str:
        what = re.split(r"[.;:] |\. Tests", self._rows[number].strip(), maxsplit=1)[0]
        return f"{number:3} {self._tried[number]:6} {self._held[number]:6}   {' '.join(what.split())[:90]}"


def main() -> int:
    """Run them all; return pytest's code."""
    table = Table()
    arguments = ["-q", "--no-header", "-p", "no:randomly", *sys.argv[1:], *exploits()]
    code = int(pytest.main(arguments, plugins=[table]))
    print(f"\n{table}")
    return code


if __name__ == "__main__":
    sys.exit(main())
