"""The benchmarks as a tool: rows are found, run in turns, told and drawn. What they measure is theirs."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from benchmarks import charts
from benchmarks.__main__ import chosen
from benchmarks.measure import Measured, measure, service
from benchmarks.report import Told, draw, in_unit, machine, results
from benchmarks.rows import ROWS, Row, Side, at_least, at_most, times_at_most

ROOT = Path(__file__).resolve().parent.parent


def row(name: str) -> Row:
    return next(each for each in ROWS if each.name == name)


def test_rows_are_chosen_by_how_their_names_or_headings_begin() -> None:
    assert [each.name for each in chosen("GET, post")] == ["GET", "POST"]
    assert {each.group for each in chosen("decoding")} == {"Decoding"}
    assert chosen("") == list(ROWS)
    with pytest.raises(SystemExit, match="No row is called 'nothing'"):
        chosen("nothing")


def test_a_row_is_measured_told_and_drawn(tmp_path: Path) -> None:
    ours = tuple(side for side in row("text of 300 B").sides if side.name in ("bare", "async"))
    small = tuple(side._replace(command=(*side.command[:-1], "50")) for side in ours)
    short = row("text of 300 B")._replace(sides=small)
    with service() as server:
        measured, failed = measure(short, server, repeats=1)
    told = Told(short, in_unit(short, measured), failed)

    assert (set(measured), failed) == ({"bare", "async"}, {})
    assert f"| {short.name} | bare |" in results([told], machine())
    assert draw([told], tmp_path) == ["text-of-300-b"]
    assert ET.parse(tmp_path / "text-of-300-b.svg").getroot().tag.endswith("svg")


def test_a_side_that_cannot_be_run_is_told_and_stops_nothing() -> None:
    broken = Side("other", ("python3", "-c", "raise SystemExit('not installed')"), is_whole=True)
    fine = Side("python", ("python3", "-c", "pass"), is_whole=True)
    measured, failed = measure(Row("", "both", (fine, broken), "wall"), "http://127.0.0.1:1", repeats=1)
    assert (set(measured), failed) == ({"python"}, {"other": "other: not installed"})
    assert "not installed" in results([Told(Row("", "both", (fine, broken)), measured, failed)], [])


@pytest.mark.parametrize(("bound", "ours", "holds"), [
    (times_at_most(1.15), 11.5, True), (times_at_most(1.15), 11.6, False),
    (at_most(9), 10.0, False), (at_least(9), 10.0, True),
])  # fmt: skip
def test_a_bound_is_kept_or_named(bound: object, ours: float, holds: bool) -> None:
    sides = (Side("bare", ()), Side("wyseos", ()))
    figures = {"bare": Measured(10, 10, 10), "wyseos": Measured(ours, ours, ours)}
    told = Told(Row("Group", "name", sides, bound=bound), figures, {})  # type: ignore[arg-type]
    assert told.verdicts == {"wyseos": holds}
    assert ("name (wyseos)" in results([told], [])) is not holds


def test_growth_is_drawn_with_the_line_that_grows_as_the_work() -> None:
    lines = {"bare": [(10, 1.0), (1000, 90.0)], "wyseos": [(10, 1.2), (1000, 95.0)]}
    drawn = charts.growth("Growth: <events>", "events", "CPU in µs", lines, "wyseos")
    assert len(ET.fromstring(drawn).findall("{*}polyline")) == 3


def test_every_chart_that_the_documentation_shows_is_there() -> None:
    page = (ROOT / "docs/speed.md").read_text("utf-8")
    shown = [line.partition("(")[2].rstrip(")") for line in page.splitlines() if line.startswith("![")]
    assert shown
    assert [name for name in shown if not (ROOT / "docs" / name).is_file()] == []
