"""What came of a batch becomes lines, a table for spreadsheets, or one for dataframes; whole, or not at all."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from wyseos.mate.batch.outcome import Outcome
from wyseos.mate.batch.states import ItemState
from wyseos.mate.batch.writing import check_kind, write_outcomes
from wyseos.mate.errors import ConfigError
from wyseos.mate.tasks.result import TaskResult

ASKED = TaskResult(success=False, session_duration=1.23456, question={"text": "Which market?"}, final_answer="")
DONE = TaskResult(success=True, session_duration=2.0, final_answer="Drei Märkte,\n\ud800 und mehr")


def outcomes() -> Iterator[Outcome]:
    yield Outcome(number=1, key="a", state=ItemState.DONE, task="Eins", tries=1, result=DONE)
    yield Outcome(number=2, key="b", state=ItemState.ASKING, task="=SUM(A1)", tries=1, result=ASKED)
    yield Outcome(number=3, key="3", state=ItemState.FAILED, task="", error="line 3: it is not JSON")


EXPECTED = [
    ("1", "a", "done", "2.0", ""),
    ("2", "b", "asking", "1.235", "Which market?"),
    ("3", "3", "failed", "", ""),
]
SHOWN = ("number", "key", "state", "seconds", "question")


def test_lines_hold_outcomes_whole() -> None:
    write_outcomes(Path("out.jsonl"), outcomes())
    done, asked, failed = (json.loads(line) for line in Path("out.jsonl").read_text("utf-8").splitlines())
    assert (done["result"]["final_answer"], asked["result"]["question"]) == (DONE.final_answer, ASKED.question)
    assert (failed["error"], failed["result"]) == ("line 3: it is not JSON", None)


def test_a_table_has_a_row_an_outcome_and_no_formula() -> None:
    write_outcomes(Path("out.csv"), outcomes())
    with Path("out.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [tuple(row[name] for name in SHOWN) for row in rows] == EXPECTED
    assert rows[1]["task"] == "'=SUM(A1)"


def test_a_table_for_dataframes_has_columns_of_their_kinds() -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    write_outcomes(Path("out.parquet"), outcomes())
    table = parquet.read_table("out.parquet")
    rows = table.to_pylist()
    assert [tuple("" if row[name] is None else str(row[name]) for name in SHOWN) for row in rows] == EXPECTED
    assert {name: str(table.schema.field(name).type) for name in ("number", "tries", "seconds", "task")} == {
        "number": "int64", "tries": "int64", "seconds": "double", "task": "string",
    }  # fmt: skip


def test_no_outcomes_are_a_table_without_rows() -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    write_outcomes(Path("out.parquet"), ())
    assert parquet.read_table("out.parquet").num_rows == 0


def test_what_breaks_off_leaves_the_file_as_it_was() -> None:
    def breaking() -> Iterator[Outcome]:
        yield next(outcomes())
        raise RuntimeError("the journal is gone")

    Path("out.csv").write_text("before", "utf-8")
    with pytest.raises(RuntimeError):
        write_outcomes(Path("out.csv"), breaking())
    assert [(path.name, path.read_text("utf-8")) for path in Path().iterdir()] == [("out.csv", "before")]


def test_a_kind_that_can_not_be_written_is_refused_with_those_that_can(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfigError, match=r"name it \*\.jsonl, \*\.csv, \*\.parquet"):
        check_kind(Path("out.xlsx"))
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(ConfigError, match=r"pip install pyarrow, or name a \*\.jsonl"):
        check_kind(Path("out.parquet"))
