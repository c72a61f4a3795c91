"""An error of SQLite has one name, however fine it is told."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from wyseos.mate.sqlite_faults import name_of


def test_a_finer_error_has_the_name_of_its_kind(tmp_path: Path) -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute("CREATE TABLE kept (name TEXT PRIMARY KEY)")
        connection.execute("INSERT INTO kept VALUES ('a')")
        with pytest.raises(sqlite3.IntegrityError) as twice:
            connection.execute("INSERT INTO kept VALUES ('a')")
    assert (twice.value.sqlite_errorname, name_of(twice.value)) == (
        "SQLITE_CONSTRAINT_PRIMARYKEY",
        "SQLITE_CONSTRAINT",
    )
    with pytest.raises(sqlite3.OperationalError) as missing:
        sqlite3.connect(tmp_path / "nowhere" / "a.journal")
    assert name_of(missing.value) == "SQLITE_CANTOPEN"


def test_an_error_that_sqlite_did_not_raise_has_no_name() -> None:
    connection = sqlite3.connect(":memory:")
    connection.close()
    with pytest.raises(sqlite3.ProgrammingError) as closed:
        connection.execute("SELECT 1")
    assert name_of(closed.value) == ""
