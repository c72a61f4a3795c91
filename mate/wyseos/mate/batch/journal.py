"""The journal of a batch: a SQLite file that knows each item's state, whatever dies.

It is in WAL mode and written through to the disk at each commit: a session's id is there before its task is started.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from os import PathLike
from pathlib import Path
from typing import Any, Final, Self, TypeVar

from wyseos.mate.batch.hold import Hold
from wyseos.mate.batch.items import Item
from wyseos.mate.batch.outcome import Outcome
from wyseos.mate.batch.states import TRANSITIONS, ItemEvent, ItemState
from wyseos.mate.errors import ConfigError
from wyseos.mate.sqlite_faults import name_of
from wyseos.mate.tasks.result import ResultFile, TaskResult
from wyseos.runtime import records
from wyseos.runtime.codec import dumps, loads

T = TypeVar("T")

VERSION: Final = 1
_BUSY: Final = 30.0
"""Seconds that another process's look at the file is waited for."""
_TABLES: Final = """
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS items (
    number INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    asked TEXT NOT NULL,
    state TEXT NOT NULL,
    session_id TEXT,
    tries INTEGER NOT NULL DEFAULT 0,
    error TEXT,
    result TEXT
);
CREATE INDEX IF NOT EXISTS by_state ON items (state, number);
"""


@records.frozen
class JournalEntry:
    """What the journal knows of an item."""

    number: int
    key: str
    asked: dict[str, Any]
    state: ItemState
    session_id: str | None
    tries: int


@records.frozen(kw_only=True)
class Change:
    """Something that happened to an item, to be written down.

    Args:
        number: the item.
        event: what happened.
        session_id: the session that was made for it.
        error: why it failed.
        result: how its task ended, as JSON.
        tries: how often it was begun by now, where that changed.
    """

    number: int
    event: ItemEvent
    session_id: str | None = None
    error: str | None = None
    result: str | None = None
    tries: int | None = None


@records.frozen(kw_only=True)
class Input:
    """What a journal is of.

    Args:
        digest: tells the input from others.
        base_url: the service.
        account: tells the credential from others, without telling it.
    """

    digest: str
    base_url: str
    account: str


class Journal:
    """An open journal, to be written by one process. Close it, or use it in a `with` block.

    Args:
        path: where it lies; it is made if it is not there.

    Raises:
        ConfigError: it is no journal, or was written by a newer version.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with _told(path):
            self._connection = _connect(path)
        try:
            with _told(path):
                self._set_up()
        except BaseException:
            self._connection.close()
            raise

    def _set_up(self) -> None:
        _refuse_foreign(self._connection, self.path)
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=FULL")
        # Both tables, or none.
        self._connection.executescript(f"BEGIN; {_TABLES} PRAGMA user_version={VERSION}; COMMIT;")

    def begin(self, wanted: Input, items: Callable[[], Iterable[Item]]) -> bool:
        """Take the items of an input in, or see that they are already there.

        Args:
            wanted: what the batch is of.
            items: its items, asked for where the journal is new.

        Returns:
            Whether the journal is new.

        Raises:
            ConfigError: the journal is of another input or service.
        """
        with _told(self.path):
            facts = dict(self._connection.execute("SELECT name, value FROM facts"))
            if not facts:
                self._take_in(wanted, items())
                return True
        if facts["base_url"] != wanted.base_url:
            raise ConfigError(
                f"The journal {self.path} is of the service {facts['base_url']}, not of {wanted.base_url}: "
                "go on there, or name another journal."
            )
        if facts["digest"] != wanted.digest:
            raise ConfigError(
                f"The journal {self.path} is of another input, or the input was changed since: "
                "take the input as it was, or name another journal."
            )
        return False

    def _take_in(self, wanted: Input, items: Iterable[Item]) -> None:
        with self._connection:
            self._connection.executemany(
                "INSERT INTO items (number, key, asked, state, error) VALUES (?, ?, ?, ?, ?)",
                ((each.number, each.key, dumps(each.asked), *_first_state(each)) for each in items),
            )
            self._connection.executemany("INSERT INTO facts VALUES (?, ?)", records.asdict(wanted).items())

    @property
    def account(self) -> str:
        """What tells the credential that it was begun with."""
        return str(self._value("SELECT value FROM facts WHERE name = 'account'"))

    def take_account(self, account: str) -> None:
        """Note that another credential of the same account goes on."""
        with _told(self.path), self._connection:
            self._connection.execute("UPDATE facts SET value = ? WHERE name = 'account'", (account,))

    @property
    def last_session(self) -> str | None:
        """A session that was made for an item, None where there is none."""
        found = self._value("SELECT max(session_id) FROM items")
        return None if found is None else str(found)

    def apply(self, changes: Sequence[Change]) -> None:
        """Write changes down, all or none, through to the disk.

        Raises:
            ValueError: an item can't take its event in the state that it is in.
            ConfigError: it can't be written.
        """
        with _told(self.path), self._connection:
            for change in changes:
                self._apply(change)

    def _apply(self, change: Change) -> None:
        for state in _ORIGINS[change.event]:
            done = self._connection.execute(
                "UPDATE items SET state = ?, session_id = coalesce(?, session_id), error = ?,"
                " result = coalesce(?, result), tries = coalesce(?, tries) WHERE number = ? AND state = ?",
                (
                    TRANSITIONS[state, change.event].value, change.session_id, change.error, change.result,
                    change.tries, change.number, state.value,
                ),
            )  # fmt: skip
            if done.rowcount:
                return
        raise ValueError(f"item {change.number} cannot take {change.event.value!r} in its state")

    def entries(self, *states: ItemState) -> Iterator[JournalEntry]:
        """Yield the items that are in one of these states, in their order, reading as they are consumed."""
        last = 0
        marks = ", ".join("?" * len(states))
        while True:
            with _told(self.path):
                rows = self._connection.execute(
                    "SELECT number, key, asked, state, session_id, tries FROM items"  # noqa: S608  # marks alone  # nosec B608
                    f" WHERE state IN ({marks}) AND number > ? ORDER BY number LIMIT 500",
                    (*(state.value for state in states), last),
                ).fetchall()
            for number, key, asked, state, session_id, tries in rows:
                yield JournalEntry(number, key, loads(asked), ItemState(state), session_id, tries)
            if not rows:
                return
            last = rows[-1][0]

    def outcome(self, number: int) -> Outcome:
        """Return what came of an item."""
        [found] = outcomes(self._connection, self.path, "WHERE number = ?", (number,))
        return found

    def _value(self, query: str) -> Any:
        with _told(self.path):
            row = self._connection.execute(query).fetchone()
        return None if row is None else row[0]

    def close(self) -> None:
        """Close it."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()


_ORIGINS: Final = {event: [state for state, known in TRANSITIONS if known is event] for event in ItemEvent}


# ---- looking on, while another process may be writing


def read_outcomes(path: Path) -> Iterator[Outcome]:
    """Yield what is known of each item, in their order.

    Raises:
        ConfigError: there is no journal, or it can't be read.
    """
    with closing(_reading(path)) as connection:
        yield from outcomes(connection, path, "", ())


def read_counts(path: Path) -> dict[ItemState, int]:
    """Return how many items are in each state; errors as of `read_outcomes`."""
    with closing(_reading(path)) as connection, _told(path):
        found = dict(connection.execute("SELECT state, count(*) FROM items GROUP BY state"))
    return {state: found.get(state.value, 0) for state in ItemState}


def count_unusable(path: Path) -> int:
    """Return how many rows of the input can't be used, and never become better; errors as of `read_outcomes`."""
    with closing(_reading(path)) as connection, _told(path):
        row = connection.execute("SELECT count(*) FROM items WHERE state = 'failed' AND asked = '{}'").fetchone()
    return int(row[0])


def asking_sessions(path: str | PathLike[str]) -> list[str]:
    """Return the sessions of a journal that may wait with a question; errors as of `read_outcomes`."""
    open_states = (ItemState.CREATED, ItemState.RUNNING, ItemState.ASKING)
    with closing(_reading(Path(path))) as connection, _told(Path(path)):
        rows = connection.execute(
            "SELECT session_id FROM items WHERE state IN (?, ?, ?) AND session_id IS NOT NULL ORDER BY number",
            tuple(state.value for state in open_states),
        )
        return [row[0] for row in rows]


def retry_failed(path: Path) -> int:
    """Let the failed items of a journal be begun again, and return how many; errors as of `read_outcomes`."""
    _reading(path).close()
    with Hold(path), Journal(path) as journal:
        # What was never read from the input can't become better.
        failed = [entry.number for entry in journal.entries(ItemState.FAILED) if entry.asked]
        journal.apply([Change(number=number, event=ItemEvent.RETRIED, tries=0) for number in failed])
    return len(failed)


def outcomes(connection: sqlite3.Connection, path: Path, where: str, values: tuple[object, ...]) -> Iterator[Outcome]:
    """Yield what a query finds; `where` is ours, never a user's text."""
    query = f"SELECT number, key, asked, state, session_id, tries, error, result FROM items {where} ORDER BY number"  # noqa: S608  # nosec B608
    with _told(path):
        for number, key, asked, state, session_id, tries, error, result in connection.execute(query, values):
            yield Outcome(
                number=number,
                key=key,
                state=ItemState(state),
                task=loads(asked).get("task", ""),
                session_id=session_id,
                tries=tries,
                error=error,
                result=None if result is None else result_from(loads(result)),
            )


def result_from(told: dict[str, Any]) -> TaskResult:
    """Return a result as it was written down; its files can be got by their URLs."""
    known = {field.name for field in records.fields(TaskResult) if field.init and not field.name.startswith("_")}
    kept = {name: value for name, value in told.items() if name in known}
    return TaskResult(**kept | {"files": [ResultFile(**file) for file in told.get("files", ())]})


def _first_state(item: Item) -> tuple[str, str | None]:
    return (ItemState.FAILED, item.fault) if item.fault else (ItemState.WAITING, None)


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=_BUSY, check_same_thread=False)


def _reading(path: Path) -> sqlite3.Connection:
    if not path.is_file():
        raise ConfigError(f"There is no journal {path}: begin a batch, or name another one.")
    with _told(path):
        connection = _connect(path)
        try:
            if not _refuse_foreign(connection, path):
                raise ConfigError(f"The journal {path} is empty: begin its batch, or name another one.")
        except BaseException:
            connection.close()
            raise
    return connection


def _refuse_foreign(connection: sqlite3.Connection, path: Path) -> bool:
    """Refuse what another program or a newer version wrote, before it is changed; tell whether it is made already."""
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if tables and not tables >= {"facts", "items"}:
        raise ConfigError(f"The journal {path} is another program's database: name the journal, or another file.")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > VERSION:
        raise ConfigError(
            f"The journal {path} was written by a newer version of the SDK (form {version}, this one reads {VERSION}): "
            "update the SDK, or name another journal."
        )
    return "items" in tables


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Say in words what SQLite meets."""
    try:
        yield
    except sqlite3.Error as error:
        remedy = _REMEDIES.get(name_of(error), "nothing is lost; try again")
        raise ConfigError(f"The journal {path} can't be used ({error}): {remedy}.") from None


_REMEDIES: Final = {
    "SQLITE_BUSY": "another program holds it; nothing is lost, the same command goes on",
    "SQLITE_CANTOPEN": "look at the folder and its permissions",
    "SQLITE_CORRUPT": "it is damaged; name another journal, which begins every item anew",
    "SQLITE_FULL": "make room on the disk; nothing is lost, the same command goes on",
    "SQLITE_IOERR": "look at the disk, and whether it is full; nothing is lost, the same command goes on",
    "SQLITE_NOTADB": "it is another file; name the journal",
    "SQLITE_READONLY": "it may not be written; look at its permissions, the same command goes on",
}
