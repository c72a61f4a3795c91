"""Where the state is kept: in memory only, or in a SQLite file as well, so that it outlives a restart."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

from wyseos.mate.sqlite_faults import name_of

Json = dict[str, Any]


class Store(Protocol):
    """Keeps named JSON objects of several kinds, in the order in which they first came.

    `durable` tells whether it outlives the process; what costs much to put together is not made for one that does not.
    """

    durable: bool

    def put(self, kind: str, name: str, value: Any) -> None:
        """Keep a value, in place of an older one of the same name."""

    def remove(self, kind: str, name: str) -> None:
        """Forget a value."""

    def load(self, kind: str) -> Iterator[tuple[str, Any]]:
        """Give back all values of a kind."""

    def close(self) -> None:
        """Let go of what is held."""


class MemoryStore:
    """Keeps nothing beyond the objects that the emulator holds anyway."""

    durable = False

    def put(self, kind: str, name: str, value: Any) -> None:
        """Do nothing."""

    def remove(self, kind: str, name: str) -> None:
        """Do nothing."""

    def load(self, kind: str) -> Iterator[tuple[str, Any]]:
        """Give back nothing."""
        return iter(())

    def close(self) -> None:
        """Do nothing."""


class StateError(ValueError):
    """A state file that cannot be used; the message names the file and the remedy."""


# What marks a SQLite file as the emulator's, and how what it holds is laid out.
_APPLICATION = 0x57795365
_VERSION = 1
_SECONDS_FOR_LOCK = 1.0


class SqliteStore:
    """Keeps everything in one SQLite file, which is this emulator's alone as long as it is open.

    Args:
        path: the file; it is made if it is not there.

    Raises:
        StateError: another emulator uses the file, or it is something else, or of another version.
    """

    durable = True

    def __init__(self, path: str | Path) -> None:
        # Made by the caller's thread, used by the server's only after that: never by two at a time.
        self._path = Path(path)
        self._database = self._opened()
        try:
            self._lock()
            self._prepare()
        except (sqlite3.DatabaseError, StateError, OSError) as error:
            self._database.close()
            raise self._told(error) from None

    def _opened(self) -> sqlite3.Connection:
        try:
            # The owner's alone: it holds keys and files. What SQLite keeps beside it has the same rights.
            os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))
        except FileNotFoundError:
            raise self._fault(f"there is no folder {self._path.parent}; make it first") from None
        except IsADirectoryError:
            raise self._fault("this is a folder; name a file in it") from None
        except OSError as error:
            raise self._fault(f"{error.strerror}; name a file that you may write") from None
        return sqlite3.connect(self._path, isolation_level=None, check_same_thread=False, timeout=_SECONDS_FOR_LOCK)

    def _lock(self) -> None:
        """Keep others out until the file is closed, or the process is gone."""
        self._database.execute("PRAGMA locking_mode=EXCLUSIVE")
        self._database.execute("BEGIN EXCLUSIVE")
        self._database.execute("COMMIT")

    def _prepare(self) -> None:
        self._check_mark()
        os.chmod(self._path, 0o600)
        self._database.execute("PRAGMA journal_mode=WAL")
        self._database.execute("PRAGMA synchronous=OFF")
        self._database.execute(
            "CREATE TABLE IF NOT EXISTS kept (kind TEXT, name TEXT, value TEXT NOT NULL, PRIMARY KEY (kind, name))"
        )
        self._database.execute(f"PRAGMA application_id={_APPLICATION}")
        self._database.execute(f"PRAGMA user_version={_VERSION}")

    def _check_mark(self) -> None:
        """Refuse what another program keeps, before anything is changed in it."""
        (application,) = self._database.execute("PRAGMA application_id").fetchone()
        (version,) = self._database.execute("PRAGMA user_version").fetchone()
        tables = {name for (name,) in self._database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        is_unmarked = (application, version) == (0, 0)
        if is_unmarked and not tables:
            return
        if application != _APPLICATION and not (is_unmarked and tables == {"kept"}):
            raise self._fault("this is another program's database; name another file")
        if version != _VERSION:
            told = f"it was kept by another version of the emulator (format {version}, this one has {_VERSION})"
            raise self._fault(f"{told}; remove it, or name another file")

    def _told(self, error: Exception) -> StateError:
        if isinstance(error, StateError):
            return error
        named = name_of(error) if isinstance(error, sqlite3.Error) else ""
        return self._fault(_REMEDIES.get(named, str(error)))

    def _fault(self, reason: str) -> StateError:
        return StateError(f"{self._path}: {reason}")

    def put(self, kind: str, name: str, value: Any) -> None:
        """Keep a value at once."""
        self._database.execute(
            "INSERT INTO kept VALUES (?, ?, ?) ON CONFLICT (kind, name) DO UPDATE SET value = excluded.value",
            (kind, name, json.dumps(value)),
        )

    def remove(self, kind: str, name: str) -> None:
        """Forget a value."""
        self._database.execute("DELETE FROM kept WHERE kind = ? AND name = ?", (kind, name))

    def load(self, kind: str) -> Iterator[tuple[str, Any]]:
        """Give back all values of a kind."""
        rows = self._database.execute("SELECT name, value FROM kept WHERE kind = ? ORDER BY rowid", (kind,))
        return ((name, json.loads(value)) for name, value in rows.fetchall())

    def close(self) -> None:
        """Close the file."""
        self._database.close()


_REMEDIES = {
    "SQLITE_BUSY": "another emulator uses it; stop that one, or name another file",
    "SQLITE_NOTADB": "this is no state of the emulator; name another file",
    "SQLITE_CORRUPT": "it is damaged; remove it, or name another file",
    "SQLITE_FULL": "the disk is full; make room, or name a file elsewhere",
    "SQLITE_READONLY": "it cannot be written; name a file that you may write",
}


class Shelf(dict[str, Json]):
    """Objects of one kind by their id, also kept in a store.

    Args:
        store: where they are kept.
        kind: what they are.
    """

    def __init__(self, store: Store, kind: str) -> None:
        super().__init__(store.load(kind))
        self._store = store
        self._kind = kind

    def put(self, name: str, value: Json) -> Json:
        """Add or change an object, and keep it."""
        self[name] = value
        self._store.put(self._kind, name, value)
        return value

    def drop(self, name: str) -> None:
        """Take an object away."""
        del self[name]
        self._store.remove(self._kind, name)
