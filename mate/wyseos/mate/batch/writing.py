"""Writes what came of a batch: JSONL, CSV, or Parquet where pyarrow is installed."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final

from wyseos.mate.batch.outcome import Outcome
from wyseos.mate.errors import ConfigError
from wyseos.runtime.codec import dumps

_COLUMNS: Final = (
    "number", "key", "task", "state", "final_answer", "error", "session_id", "tries", "seconds", "question",
)  # fmt: skip
_AT_ONCE: Final = 1000
"""Rows of a Parquet file's group: what is in memory at once."""


def check_kind(path: Path) -> None:
    """Refuse a file that could not be written, before anything is begun.

    Raises:
        ConfigError: its kind is not known, or what writes it is not installed.
    """
    if path.suffix.lower() not in _WRITERS:
        raise ConfigError(f"{path.name} is of no known kind: name it {', '.join('*' + kind for kind in _WRITERS)}.")
    if path.suffix.lower() == ".parquet":
        _pyarrow()


def write_outcomes(path: Path, outcomes: Iterable[Outcome]) -> None:
    """Write outcomes in their order; the file is there whole, or as it was before.

    Args:
        path: where to; its suffix tells the kind.
        outcomes: what came of the items.

    Raises:
        ConfigError: as of `check_kind`.
        OSError: it can't be written.
    """
    check_kind(path)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        _WRITERS[path.suffix.lower()](beside, outcomes)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def row_of(outcome: Outcome) -> dict[str, Any]:
    """Return an outcome as a row of a table."""
    result = outcome.result
    question = None if result is None or result.question is None else result.question.get("text")
    told = {name: getattr(outcome, name, None) for name in _COLUMNS}
    seconds = None if result is None else round(result.session_duration, 3)
    return told | {"state": outcome.state.value, "seconds": seconds, "question": question}


def _write_jsonl(path: Path, outcomes: Iterable[Outcome]) -> None:
    with path.open("w", encoding="utf-8", errors="backslashreplace") as file:
        file.writelines(dumps(outcome.to_dict()) + "\n" for outcome in outcomes)


def _write_csv(path: Path, outcomes: Iterable[Outcome]) -> None:
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
        writer = csv.DictWriter(file, _COLUMNS)
        writer.writeheader()
        writer.writerows({name: _harmless(value) for name, value in row_of(each).items()} for each in outcomes)


def _harmless(value: Any) -> Any:
    """A cell of the service's must not be read as a formula by a spreadsheet."""
    is_formula = isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r")
    return f"'{value}" if is_formula else value


def _write_parquet(path: Path, outcomes: Iterable[Outcome]) -> None:
    pyarrow, parquet = _pyarrow()
    kinds = {"number": pyarrow.int64(), "tries": pyarrow.int64(), "seconds": pyarrow.float64()}
    schema = pyarrow.schema([(name, kinds.get(name, pyarrow.string())) for name in _COLUMNS])
    with parquet.ParquetWriter(path, schema) as writer:
        for rows in _chunks(map(_encodable, map(row_of, outcomes))):
            writer.write_table(pyarrow.Table.from_pylist(rows, schema=schema))


def _encodable(row: dict[str, Any]) -> dict[str, Any]:
    """A half of a character, as a service may send it, can't be written."""
    return {
        name: value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value
        for name, value in row.items()
    }


def _chunks(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while chunk := list(islice(rows, _AT_ONCE)):
        yield chunk


def _pyarrow() -> tuple[Any, Any]:
    from importlib import import_module

    try:
        return import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError:
        raise ConfigError("Parquet is written by pyarrow: pip install pyarrow, or name a *.jsonl or *.csv.") from None


_WRITERS: Final[dict[str, Callable[[Path, Iterable[Outcome]], None]]] = {
    ".jsonl": _write_jsonl,
    ".csv": _write_csv,
    ".parquet": _write_parquet,
}
