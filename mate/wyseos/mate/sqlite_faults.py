"""What SQLite met, by the name that its documentation gives it."""

from __future__ import annotations

import sqlite3


def name_of(error: sqlite3.Error) -> str:
    """Return the name of the kind of an error.

    Args:
        error: as it was raised.

    Returns:
        Such as "SQLITE_READONLY", also for the finer "SQLITE_READONLY_DIRECTORY"; empty where SQLite itself did not
        raise it.
    """
    named: str = getattr(error, "sqlite_errorname", "")
    return "_".join(named.split("_")[:2])
