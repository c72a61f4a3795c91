"""Where the state is kept: in memory only, or in a SQLite file as well, so that it outlives a restart."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

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


class SqliteStore:
    """Keeps everything in one SQLite file.

    Args:
        path: the file; it is made if it is not there.

    Raises:
        sqlite3.DatabaseError: the file is something else.
    """

    durable = True

    def __init__(self, path: str | Path) -> None:
        # Made by the caller's thread, used by the server's only after that: never by two at a time.
        # The owner's alone: it holds keys and files. What SQLite keeps beside it has the same rights.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        self._database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        try:
            self._prepare()
        except sqlite3.DatabaseError:
            self._database.close()
            raise

    def _prepare(self) -> None:
        self._database.execute("PRAGMA journal_mode=WAL")
        self._database.execute("PRAGMA synchronous=OFF")
        self._database.execute(
            "CREATE TABLE IF NOT EXISTS kept (kind TEXT, name TEXT, value TEXT NOT NULL, PRIMARY KEY (kind, name))"
        )

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
