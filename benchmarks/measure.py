"""Runs the sides of a row in turns, in processes that are pinned to one core, with the service on another."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import NamedTuple

from benchmarks.rows import STOCK, Row, Side

ROOT = Path(__file__).resolve().parent.parent


class Measured(NamedTuple):
    """A side's figures: the median, and the quartiles around it."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, figures: list[float]) -> Measured:
        """Sum the runs up."""
        if len(figures) < 3:
            return cls(statistics.median(figures), min(figures), max(figures))
        low, median, high = statistics.quantiles(figures, n=4, method="inclusive")
        return cls(median, low, high)


def _cores() -> list[int]:
    return sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []


CORES = _cores()


def _pin(core: int) -> None:
    if len(CORES) > 1:
        os.sched_setaffinity(0, {CORES[core]})


@contextmanager
def service() -> Iterator[str]:
    """Run the service on the first core, and give its address."""
    command = [sys.executable, str(ROOT / "benchmarks/server.py")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, preexec_fn=lambda: _pin(0)) as served:
        assert served.stdout is not None
        try:
            yield f"http://127.0.0.1:{served.stdout.readline().strip()}"
        finally:
            served.kill()


def _environment(server: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.upper().endswith("_PROXY")}
    # Compiled code is kept, as everywhere; what is measured is not the compiler.
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    path = f"{Path(sys.prefix) / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"  # the generators look for ruff there
    return {
        **kept,
        "PYTHONPATH": f"{ROOT}{os.pathsep}{STOCK}",
        "PATH": path,
        "WYSEOS_BASE_URL": server,
        "WYSEOS_API_KEY": "k",
    }


def run_once(side: Side, server: str) -> dict[str, float]:
    """Run a side once, on the last core; microseconds and bytes."""
    code = tuple(part.format(server=server) for part in side.command)
    with TemporaryFile() as told:
        began = time.perf_counter()
        process = subprocess.Popen(
            code, stdout=told, stderr=subprocess.PIPE, env=_environment(server), cwd=ROOT, preexec_fn=lambda: _pin(-1)
        )
        assert process.stderr is not None
        said = process.stderr.read().decode()
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        process.stderr.close()
        if process.returncode:
            raise RuntimeError(f"{side.name}: {said.strip().splitlines()[-1] if said.strip() else process.returncode}")
        if side.is_whole:
            return {"wall": wall * 1e6, "cpu": (used.ru_utime + used.ru_stime) * 1e6, "memory": used.ru_maxrss * 1024}
        told.seek(0)
        figures: dict[str, float] = json.loads(told.read())
        return figures


def measure(row: Row, server: str, repeats: int) -> tuple[dict[str, Measured], dict[str, str]]:
    """Run all sides of a row in turns.

    Returns:
        The figures of each side in the row's own kind, and why those that could not be run could not.
    """
    runs: dict[str, list[float]] = {side.name: [] for side in row.sides}
    failed: dict[str, str] = {}
    for turn in range(repeats + (row.sides[0].is_whole and repeats > 1)):
        for side in row.sides:
            if side.name in failed:
                continue
            try:
                figures = run_once(side, server)
            except RuntimeError as error:
                failed[side.name] = str(error)
                continue
            # The first turn of whole processes compiles and fills the caches of files.
            if turn or not row.sides[0].is_whole or repeats == 1:
                runs[side.name].append(figures[row.figure])
    return {name: Measured.of(figures) for name, figures in runs.items() if figures}, failed


def ratios(measured: Mapping[str, Measured]) -> dict[str, float]:
    """Each side's median, divided by the first side's."""
    first = next(iter(measured.values())).median
    return {name: each.median / first if first else float("nan") for name, each in measured.items()}
