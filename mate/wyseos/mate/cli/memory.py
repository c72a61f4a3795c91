"""The sessions that this user started here: id, title and time, in the user's state folder. No content is kept."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from platformdirs import user_state_path

from wyseos.mate.terminal.text import one_line
from wyseos.runtime import records
from wyseos.runtime.codec import dumps, loads

_MOST = 200
_TITLE_WIDTH = 60


@records.frozen
class KnownSession:
    """A session that was started here.

    Args:
        id: its id.
        title: the beginning of its first line, or the title that it was given.
        started_at: when, as ISO 8601 in UTC.
        base_url: at which service.
    """

    id: str
    title: str
    started_at: str
    base_url: str


def remember(session_id: str, title: str, base_url: str) -> None:
    """Keep a session, the newest first; where the folder cannot be written, nothing is kept."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    known = KnownSession(session_id, one_line(title, _TITLE_WIDTH), now, base_url)
    _write([known, *(other for other in known_sessions() if other.id != session_id)][:_MOST])


def rename(session_id: str, title: str) -> None:
    """Give a kept session another title."""
    renamed = one_line(title, _TITLE_WIDTH)
    _write([records.evolve(known, title=renamed) if known.id == session_id else known for known in known_sessions()])


def known_sessions() -> list[KnownSession]:
    """Return the kept sessions, the newest first."""
    return list(_read())


def memory_file() -> Path:
    """Tell where they are kept."""
    return user_state_path("wyseos", appauthor=False) / "sessions.jsonl"


def _read() -> Iterator[KnownSession]:
    with suppress(OSError):
        for line in memory_file().read_text("utf-8", "replace").splitlines():
            # A line that another version or a full disk left behind is passed over.
            with suppress(ValueError, TypeError):
                yield KnownSession(**loads(line))


def _write(sessions: list[KnownSession]) -> None:
    path = memory_file()
    text = "".join(dumps(records.asdict(known)) + "\n" for known in sessions)
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # For its owner alone from the first byte on, and whole or not at all.
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
        temporary.replace(path)
