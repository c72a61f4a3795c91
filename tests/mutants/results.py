"""What became of the changes: `results.json`, which a run writes, and `results.md`, which people read.

Why a change may live stands in `survivors.toml`, written by hand.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import attrs

from tests.mutants.targets import targets

LEAST = 0.95
"""The share of changes that tests have to notice."""

FOLDER = Path(__file__).parent
ROWS = FOLDER / "results.json"
TOLD = FOLDER / "results.md"
REASONS = FOLDER / "survivors.toml"

_HEAD = """# What happens when the core is changed

Written by `make mutants`, which changes the core, one thing at a time, and runs the tests of the changed module. What
no test notices is a missing test, or makes no difference. `make mutants ROWS='session retry'` does it for some modules
alone; `AGAIN=1` tries only what lived the last time.

"""


@attrs.frozen
class Survivor:
    """A change that no test noticed."""

    function: str
    old: str
    new: str


@attrs.frozen
class Row:
    """What became of one module's changes; the seconds are of a machine that did other things, too."""

    path: str
    mutants: int
    survivors: list[Survivor]
    seconds: int

    @property
    def name(self) -> str:
        """What tells it from the others in few words."""
        return name_of(self.path)

    @property
    def killed(self) -> int:
        """How many were noticed."""
        return self.mutants - len(self.survivors)

    @property
    def share(self) -> float:
        """The share of those that were noticed."""
        return self.killed / self.mutants if self.mutants else 1.0


def name_of(path: str) -> str:
    """Return what tells a module from the others in few words."""
    return path.removeprefix("mate/wyseos/mate/").removeprefix("runtime/wyseos/").removeprefix("generated/wyseos/")


def read_rows() -> list[Row]:
    """Return the results as they were written last."""
    told: list[dict[str, Any]] = json.loads(ROWS.read_text("utf-8")) if ROWS.is_file() else []
    return [Row(**{**row, "survivors": [Survivor(**each) for each in row["survivors"]]}) for row in told]


def read_reasons() -> dict[str, dict[str, str]]:
    """Return why changes may live: by module, and by "function: old -> new"."""
    return tomllib.loads(REASONS.read_text("utf-8"))


def write(rows: Iterable[Row]) -> list[Row]:
    """Put rows into the place of those of the same modules, and return all."""
    merged = {row.path: row for row in [*read_rows(), *rows]}
    ordered = [merged[path] for path in sorted(merged)]
    ROWS.write_text(json.dumps([attrs.asdict(row) for row in ordered], indent=1, ensure_ascii=False) + "\n", "utf-8")
    TOLD.write_text(_HEAD + _table(ordered) + _missing(ordered) + "".join(_survivors(row) for row in ordered), "utf-8")
    return ordered


def share(rows: list[Row]) -> float:
    """Return the share of all changes that were noticed."""
    return sum(row.killed for row in rows) / max(1, sum(row.mutants for row in rows))


def why(row: Row, survivor: Survivor) -> str | None:
    """Return why a change may live, None where nobody has said it."""
    reasons = read_reasons().get(row.name, {})
    return reasons.get(f"{survivor.function}: {survivor.old} -> {survivor.new}", reasons.get(survivor.function))


def unexplained(rows: list[Row]) -> list[str]:
    """Return the changes that live and of which nobody has said why."""
    return [
        f"{row.name}, {survivor.function}: {survivor.old} -> {survivor.new}"
        for row in rows
        for survivor in row.survivors
        if why(row, survivor) is None
    ]


def _table(rows: list[Row]) -> str:
    lines = [f"| {row.name} | {row.mutants} | {row.killed} | {len(row.survivors)} | {row.share:.1%} |" for row in rows]
    mutants, killed = sum(row.mutants for row in rows), sum(row.killed for row in rows)
    lines.append(f"| all | {mutants} | {killed} | {mutants - killed} | {share(rows):.1%} |")
    return "\n".join(["| module | changes | noticed | not | share |", "|---|--:|--:|--:|--:|", *lines, ""])


def _missing(rows: list[Row]) -> str:
    """Name what has not been changed yet, so that nobody takes the share for that of all."""
    known = {row.path for row in rows}
    missing = [f"`{name_of(target.path)}`" for target in targets() if target.path not in known]
    return f"\nNot tried yet: {', '.join(missing)}.\n" if missing else ""


def _survivors(row: Row) -> str:
    if not row.survivors:
        return ""
    told = [
        f"- {survivor.function or 'the module'}\n  - `{survivor.old}`\n  - `{survivor.new}`\n"
        f"  - {why(row, survivor) or 'not explained'}\n"
        for survivor in row.survivors
    ]
    return f"\n## {row.name}\n\n" + "".join(told)
