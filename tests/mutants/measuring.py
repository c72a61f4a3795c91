"""Which tests reach which lines, and how long each of them takes."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import coverage
import pytest

from tests.mutants.targets import LEFT_OUT, SOME_SESSIONS, Target

Lines = dict[int, set[str]]

SLOW = 0.5
"""CPU seconds from which a module's own test counts as one that stands elsewhere."""
SECONDS_ELSEWHERE = 0.5
"""CPU seconds of tests of other modules that are asked at most."""


@dataclass
class Reach:
    """What a run of all tests told: for each module the tests by line, and the seconds of each test."""

    lines: dict[str, Lines]
    at_import: dict[str, set[int]]
    cpu: dict[str, float]

    def tests_of(self, target: Target, lines: range) -> list[str]:
        """Return the tests that reach one of these lines, those of the module first, then the quickest."""
        reached = self.lines.get(target.path, {})
        return self._chosen(target, set[str]().union(*(reached.get(line, set()) for line in lines)))

    def tests_of_module(self, target: Target) -> list[str]:
        """Return the tests that reach a module at all, and its own ones, which may look at its tables alone."""
        own = {test for test in self.cpu if f"/test_{target.file.stem.strip('_')}" in test}
        return self._chosen(target, own.union(*self.lines.get(target.path, {}).values()))

    def _chosen(self, target: Target, tests: set[str]) -> list[str]:
        """Of tests at other places only so many are taken as last a moment: who breaks one breaks many."""
        own = (f"/test_{target.file.stem.strip('_')}", SOME_SESSIONS)
        mirrored = {test for test in tests if any(name in test for name in own) and self.cpu[test] < SLOW}
        spent, chosen = 0.0, self._quickest_first(mirrored)
        for test in self._quickest_first(tests - mirrored):
            spent += self.cpu[test]
            if chosen and spent > SECONDS_ELSEWHERE:
                break
            chosen.append(test)
        return chosen

    def _quickest_first(self, tests: set[str]) -> list[str]:
        return sorted(tests, key=lambda test: (self.cpu[test], test))


class _Measure:
    """Tells coverage which test runs, and leaves out those that fail or take too long."""

    def __init__(self, measured: coverage.Coverage) -> None:
        self._coverage = measured
        self.cpu: dict[str, float] = {}
        self.failed: set[str] = set()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Any:
        self._coverage.switch_context(item.nodeid)
        began = time.process_time()
        result = yield
        self.cpu[item.nodeid] = time.process_time() - began
        return result

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed.add(report.nodeid)


def pytest_arguments(tests: list[str]) -> list[str]:
    """Return what pytest is started with: in a fixed order, quietly, without what writes files."""
    without = ("randomly", "cacheprovider", "xdist", "cov", "terminal", "faulthandler")
    left_out = " and ".join(f"not {name}" for name in LEFT_OUT)
    loaded_before = "-Wignore::pytest.PytestAssertRewriteWarning"
    return [*(f"-pno:{name}" for name in without), loaded_before, "-o", "timeout=0", "-k", left_out, *tests]


def measure(group: list[Target], place: Path) -> None:
    """Run all tests of a group once, and write what each reaches; runs in a process of its own."""
    measured = coverage.Coverage(
        data_file=None, config_file=False, include=[str(target.file) for target in group], concurrency=["thread"]
    )
    plugin = _Measure(measured)
    measured.start()
    pytest.main(pytest_arguments(list(group[0].tests)), plugins=[plugin])
    measured.stop()
    data = measured.get_data()
    told: dict[str, Any] = {"cpu": plugin.cpu, "failed": sorted(plugin.failed), "lines": {}}
    for target in group:
        found = data.contexts_by_lineno(str(target.file))
        told["lines"][target.path] = {str(line): tests for line, tests in found.items()}
    place.write_text(json.dumps(told), "utf-8")


def read_reach(place: Path) -> Reach:
    """Read what `measure` wrote.

    Raises:
        SystemExit: a test fails on the code as it is.
    """
    told = json.loads(place.read_text("utf-8"))
    if told["failed"]:
        raise SystemExit(f"these fail without any change: {', '.join(told['failed'])}")
    lines = {
        path: {int(line): set(tests) - {""} for line, tests in found.items()} for path, found in told["lines"].items()
    }
    at_import = {
        path: {int(line) for line, tests in found.items() if "" in tests} for path, found in told["lines"].items()
    }
    return Reach(lines, at_import, told["cpu"])
