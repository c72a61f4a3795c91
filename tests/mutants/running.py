"""Runs tests on changed modules, each in a process of its own that is forked where all is loaded: it takes a moment."""

from __future__ import annotations

import gc
import importlib
import importlib.abc
import inspect
import os
import resource
import select
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

import pytest

from tests.mutants.measuring import Reach, pytest_arguments
from tests.mutants.mutations import Mutation
from tests.mutants.swapping import assign_anew, functions_of, swap
from tests.mutants.targets import Target

_BROKEN = 9
MEMORY = 2 * 2**30
"""Bytes that a test may take more than there were: some changes collect without end."""


class Outcome(Enum):
    """What became of a change."""

    KILLED = 1
    SURVIVED = 0
    SAME = 3
    """The same instructions come of it."""
    UNSWAPPED = 4
    """It has to be loaded anew."""


@dataclass(frozen=True)
class Job:
    """One change, and the tests to run on it."""

    target: Target
    mutation: Mutation | None
    """None: nothing is changed, to see that the tests pass the way in which they are run here."""
    tests: list[str]
    cpu: float
    """Seconds that the tests take without the change."""


Report = Callable[[Job, Outcome], None]


def run_all(jobs: Iterable[Job], do: Callable[[Job], Outcome], report: Report, at_once: int) -> None:
    """Run each job in a fork, some at once; one that takes far too long is killed, and so its change is."""
    waiting = iter(jobs)
    running: dict[int, tuple[Job, int, float]] = {}
    while True:
        while len(running) < at_once and (job := next(waiting, None)) is not None:
            pid = _fork(job, do)
            running[pid] = (job, os.pidfd_open(pid), time.monotonic() + 60 + 40 * job.cpu)
        if not running:
            return
        nearest = min(limit for _, _, limit in running.values())
        select.select([fd for _, fd, _ in running.values()], [], [], max(0.0, nearest - time.monotonic()))
        for pid, (job, fd, limit) in list(running.items()):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if not ended and time.monotonic() >= limit:
                os.kill(pid, signal.SIGKILL)
                _, status = os.waitpid(pid, 0)
                ended = pid
            if ended:
                os.close(fd)
                del running[pid]
                code = os.waitstatus_to_exitcode(status)
                if code == _BROKEN:
                    raise RuntimeError("the run itself has a fault, told above")
                report(job, Outcome(code) if code in (0, 3, 4) else Outcome.KILLED)


def _fork(job: Job, do: Callable[[Job], Outcome]) -> int:
    pid = os.fork()
    if pid:
        return pid
    code = Outcome.KILLED.value
    try:
        _limit(2.0 + 5 * job.cpu)
        code = do(job).value
    except MemoryError:
        pass  # a change may collect without end
    except Exception:  # noqa: BLE001 - told, and then this process ends
        traceback.print_exc(file=sys.__stderr__)
        code = _BROKEN
    finally:
        os._exit(code)


def _limit(seconds: float) -> None:
    """End this process after so much work, or at so much memory."""
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    pages = int(Path("/proc/self/statm").read_text("utf-8").split()[0])
    most = pages * resource.getpagesize() + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


class _FirstFailure:
    """Ends the process at the first test that fails."""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            os._exit(Outcome.KILLED.value)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            os._exit(Outcome.KILLED.value)


# ---- changes inside functions: everything is loaded, and functions get other code


class Swapper:
    """A pytest plugin that runs no tests itself, but collects them and forks for each job."""

    def __init__(self, jobs: list[Job], report: Report, at_once: int) -> None:
        self._jobs = jobs
        self._report = report
        self._at_once = at_once
        self._items: dict[str, pytest.Item] = {}
        self._originals: dict[str, tuple[CodeType, list[FunctionType]]] = {}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the jobs instead of the tests."""
        self._items = {item.nodeid: item for item in session.items}
        for target in {job.target for job in self._jobs}:
            importlib.import_module(target.module)
            code = compile(target.source, str(target.file), "exec", dont_inherit=True)
            self._originals[target.path] = (code, functions_of(str(target.file)))
        session.config.pluginmanager.register(_FirstFailure())
        gc.freeze()
        run_all(self._jobs, self._run, self._report, self._at_once)
        return True

    def _run(self, job: Job) -> Outcome:
        if job.mutation is not None and (outcome := self._change(job.target, job.mutation)):
            return outcome
        items = [self._items[test] for test in job.tests]
        plain = [item for item in items if _is_plain(item)]
        if not all(_passes(item) for item in plain):
            return Outcome.KILLED
        rest = [item for item in items if item not in plain]
        for item, following in zip(rest, [*rest[1:], None], strict=False):
            item.ihook.pytest_runtest_protocol(item=item, nextitem=following)
        return Outcome.SURVIVED

    def _change(self, target: Target, mutation: Mutation) -> Outcome | None:
        """Put the change in its place, and return what came of it where that is known already."""
        original, functions = self._originals[target.path]
        found = _changed_code(target, mutation)
        if found is None:
            return Outcome.SAME
        text, changed = found
        if mutation.is_assigned:
            try:
                assign_anew(sys.modules[target.module], text.decode(), mutation.lines.start)
            except Exception:  # noqa: BLE001 - a module that can't be loaded is noticed
                return Outcome.KILLED
            return None
        try:
            return None if swap(functions, original, changed) else Outcome.UNSWAPPED
        except ValueError:
            return Outcome.UNSWAPPED


def _changed_code(target: Target, mutation: Mutation) -> tuple[bytes, CodeType] | None:
    """Return a module's text and code with a change, None where it is none."""
    source = target.source
    text = mutation.apply(source)
    try:
        changed = compile(text, str(target.file), "exec", dont_inherit=True)
    except SyntaxError:
        return None
    return None if changed == compile(source, str(target.file), "exec", dont_inherit=True) else (text, changed)


def _is_plain(item: Any) -> bool:
    """Whether a test needs nothing but its parameters: then it is called, without all that pytest does."""
    needs = set(item._fixtureinfo.argnames) ^ set(_parameters(item))  # a parameter may be a fixture's, too
    return not needs and not inspect.iscoroutinefunction(item.function) and not any(item.iter_markers("usefixtures"))


def _parameters(item: Any) -> dict[str, Any]:
    return item.callspec.params if hasattr(item, "callspec") else {}


def _passes(item: Any) -> bool:
    try:
        item.obj(**_parameters(item))
    except pytest.skip.Exception:
        return True
    except BaseException:  # noqa: BLE001 - whatever ends a test is a failure
        return False
    return True


def run_swapped(jobs: list[Job], report: Report, at_once: int) -> None:
    """Run jobs whose changes stand in functions; runs in a process of its own."""
    plugin = Swapper(jobs, report, at_once)
    pytest.main(pytest_arguments(list(jobs[0].target.tests)), plugins=[plugin])


# ---- changes that are seen when the module is loaded


class _Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads one module with a change."""

    def __init__(self, target: Target, code: CodeType) -> None:
        self._target = target
        self._code = code

    def find_spec(self, name: str, path: Any, target: ModuleType | None = None) -> ModuleSpec | None:
        if name != self._target.module:
            return None
        folder = [str(self._target.file.parent)] if self._target.file.name == "__init__.py" else None
        spec = ModuleSpec(name, self, origin=str(self._target.file), is_package=folder is not None)
        spec.submodule_search_locations = folder
        spec.has_location = True
        return spec

    def exec_module(self, module: ModuleType) -> None:
        exec(self._code, module.__dict__)

    def get_code(self, name: str) -> CodeType:
        """Return it for who runs it as a program."""
        return self._code


class _Chosen(_FirstFailure):
    """Runs some of the tests collected, in an order."""

    def __init__(self, tests: list[str]) -> None:
        self._places = {test: place for place, test in enumerate(tests)}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = sorted((item for item in items if item.nodeid in self._places), key=lambda i: self._places[i.nodeid])


def run_fresh(target: Target, jobs: list[Job], report: Report, at_once: int) -> None:
    """Run jobs of one module whose changes are seen when it is loaded; runs in a process of its own."""
    pytest.main(["--collect-only", *pytest_arguments(list(target.tests))])
    kept = ("wyseos.generated", "wyseos.runtime") if target.path.startswith("mate/") else ()
    for name in list(sys.modules):
        if name.startswith(("wyseos", "tests.", "conftest")) and not name.startswith(("tests.mutants", *kept)):
            del sys.modules[name]
    run_all(jobs, _run_fresh, report, at_once)


def _run_fresh(job: Job) -> Outcome:
    if job.mutation is not None:
        found = _changed_code(job.target, job.mutation)
        if found is None:
            return Outcome.SAME
        sys.meta_path.insert(0, _Changed(job.target, found[1]))
    files = sorted({test.partition("::")[0] for test in job.tests})
    ended = pytest.main([*pytest_arguments(files)], plugins=[_Chosen(job.tests)])
    return Outcome.SURVIVED if ended == 0 else Outcome.KILLED


# ---- which way a change goes


def job_of(target: Target, mutation: Mutation, reach: Reach) -> Job:
    """Return the job of a change that can be swapped in."""
    if mutation.is_assigned:
        return fresh_job_of(target, mutation, reach)
    tests = reach.tests_of(target, mutation.lines)
    return Job(target, mutation, tests, sum(reach.cpu[test] for test in tests))


def fresh_job_of(target: Target, mutation: Mutation | None, reach: Reach) -> Job:
    """Return the job of a change that is seen when its module is loaded."""
    tests = reach.tests_of_module(target)
    return Job(target, mutation, tests, 2.0 + sum(reach.cpu[test] for test in tests))


def in_a_process(do: Callable[[], None]) -> None:
    """Do something in a fork, so that nothing that it loads stays here.

    Raises:
        SystemExit: it failed.
    """
    sys.stdout.flush()
    pid = os.fork()
    if not pid:
        code = 1
        try:
            do()
            code = 0
        except BaseException:  # noqa: BLE001 - told, and then this process ends
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            os._exit(code)
    if os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]):
        raise SystemExit("the run did not come to its end")


def outcomes_of(jobs: list[Job], reach: Reach, run: Callable[[list[Job], Report], None]) -> dict[Mutation, Outcome]:
    """Run jobs of one module in a process of their own, and return what it wrote of them.

    Raises:
        SystemExit: the tests fail there without any change, or the run did not come to its end.
    """
    if not jobs:
        return {}
    jobs = [fresh_job_of(jobs[0].target, None, reach), *jobs]
    numbers = {id(job): number for number, job in enumerate(jobs)}
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "told"

        def report(job: Job, outcome: Outcome) -> None:
            with told.open("a", encoding="utf-8") as file:
                file.write(f"{numbers[id(job)]} {outcome.name}\n")

        in_a_process(lambda: run(jobs, report))
        lines = [line.split() for line in told.read_text("utf-8").splitlines()]
    outcomes = {jobs[int(number)].mutation: Outcome[name] for number, name in lines}
    if outcomes.pop(None) is not Outcome.SURVIVED:
        raise SystemExit(f"the tests of {jobs[0].target.path} fail here without any change")
    return {mutation: outcome for mutation, outcome in outcomes.items() if mutation is not None}
