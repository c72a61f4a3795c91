"""What was measured, written: `results.md`, and the charts of the documentation."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from benchmarks import charts
from benchmarks.measure import Measured, ratios
from benchmarks.rows import Row

_SCALE = {"ms": 1e3, "µs": 1.0, "s": 1e6, "KB": 1024.0}
_VERSIONS = ("wyseos-sdk", "httpx", "websockets", "orjson", "attrs")
BARS = ("client", "first GET", "first task", "GET", "text of 300 B", "screenshot of 200 KB", "the first call")
"""The rows that get a chart of bars."""


_HEAD = """# What was measured

Written by `make bench`. The first side of a row is the bare library: the limit that ratios are made to. Medians and
quartiles of runs that took turns, each in a process of its own, pinned to one core, with the service on another.

"""


class Told(NamedTuple):
    """A row and what came of it, in the row's unit."""

    row: Row
    measured: dict[str, Measured]
    failed: dict[str, str]

    @property
    def verdicts(self) -> dict[str, bool]:
        """Whether each side of ours keeps the bound, where there is one."""
        if self.row.bound is None or not self.measured:
            return {}
        bound, first = self.row.bound, next(iter(self.measured.values())).median
        ours = {side.name for side in self.row.sides if side.is_ours} & set(self.measured)
        return {name: bound.holds(self.measured[name].median, first, bound.limit) for name in ours}


def in_unit(row: Row, measured: Mapping[str, Measured]) -> dict[str, Measured]:
    """Turn microseconds and bytes into the row's unit."""
    scale = _SCALE.get(row.unit, 1.0)
    return {name: Measured(*(figure / scale for figure in each)) for name, each in measured.items()}


def machine() -> list[str]:
    """What it was measured on; no names of hosts, no paths."""
    processor = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        found = re.search(r"model name\s*:\s*(.+)", info.read_text("utf-8"))
        processor = found[1] if found else processor
    load = f"; load when it began: {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return [
        f"- {processor}, {os.cpu_count()} cores, {platform.system()}{load}",
        f"- Python {platform.python_version()}; " + ", ".join(f"{name} {version(name)}" for name in _VERSIONS),
    ]


def table(rows: Iterable[Told]) -> list[str]:
    """The rows of one heading."""
    lines = [
        "| | side | median | quartiles | ratio | wanted | holds |",
        "| --- | --- | ---: | ---: | ---: | --- | --- |",
    ]
    for told in rows:
        relative, bound = ratios(told.measured) if told.measured else {}, told.row.bound
        for name, each in told.measured.items():
            verdict = told.verdicts.get(name)
            lines.append(
                f"| {told.row.name if name == next(iter(told.measured)) else ''} | {name} "
                f"| {_number(each.median)} {told.row.unit} | {_number(each.low)} – {_number(each.high)} "
                f"| {relative[name]:.2f} | {bound.told() if bound and verdict is not None else ''} "
                f"| {'' if verdict is None else 'yes' if verdict else '**no**'} |"
            )
        lines += [f"| {told.row.name} | {name} | – | | | | {reason} |" for name, reason in told.failed.items()]
    return lines


def _number(figure: float) -> str:
    return f"{figure:,.0f}" if abs(figure) >= 100 else f"{figure:.3g}"


def results(rows: list[Told], conditions: list[str]) -> str:
    """The whole page."""
    lines = list(conditions)
    for group in dict.fromkeys(told.row.group for told in rows):
        of_group = [told for told in rows if told.row.group == group]
        lines += ["", f"## {group}", "", *table(of_group)]
    broken = [f"{told.row.name} ({name})" for told in rows for name, holds in told.verdicts.items() if not holds]
    lines += ["", "## Bounds that do not hold here", "", ", ".join(broken) + "." if broken else "None.", ""]
    return _HEAD + "\n".join(lines)


def draw(rows: list[Told], folder: Path) -> list[str]:
    """Draw the charts; return the names of those that were written."""
    drawn: dict[str, str] = {}
    for told in rows:
        if told.row.name in BARS and told.measured:
            ours = frozenset(side.name for side in told.row.sides if side.is_ours)
            title = f"{told.row.name}: {told.row.group.lower()}" if told.row.group else told.row.name
            drawn[_slug(told.row.name)] = charts.bars(title, told.row.unit, told.measured, ours)
    for name in dict.fromkeys(told.row.name for told in rows if told.row.size):
        steps = [told for told in rows if told.row.name == name and told.row.size and told.measured]
        sides = [side.name for side in steps[0].row.sides] if steps else []
        # Figures are a piece of work; a chart of growth shows the whole.
        pieces = {told.row.size: 200 if name == "bytes of an event" else told.row.size for told in steps}
        lines = {
            side: [(told.row.size, told.measured[side].median * pieces[told.row.size]) for told in steps
                   if side in told.measured]
            for side in sides
        }  # fmt: skip
        if len(steps) > 1:
            our_side = next(side.name for side in steps[0].row.sides if side.is_ours)
            unit = f"CPU in {steps[0].row.unit}"
            drawn["growth-" + _slug(name)] = charts.growth(f"Growth: {name}", name, unit, lines, our_side)
    folder.mkdir(parents=True, exist_ok=True)
    for slug, svg in drawn.items():
        (folder / f"{slug}.svg").write_text(svg, "utf-8")
    return sorted(drawn)


def _slug(name: str) -> str:
    return re.sub(r"\W+", "-", name.lower()).strip("-")
