"""Who works with a journal: one process at a time. The system lets go of it when the process dies, however it dies."""

from __future__ import annotations

import json
import os
import socket
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import IO, Any, Self

from wyseos.mate.errors import ConfigError

# A lock of the system is the process's, not the file's: a second batch of the same process is told apart here.
_held: set[str] = set()


class Hold:
    """Holds a journal for this process.

    Args:
        journal: its path.

    Raises:
        ConfigError: another process has it, or this one already, and who; or it can't be made there.
    """

    def __init__(self, journal: Path) -> None:
        self._path = journal.with_name(journal.name + ".lock")
        self._name = str(self._path.resolve())
        if self._name in _held:
            raise _refusal(journal, f"process {os.getpid()}, this one")
        try:
            self._file: IO[str] = open(self._path, "a+", encoding="utf-8")  # noqa: SIM115  # held until `close`
        except OSError as error:
            raise ConfigError(f"The journal {journal} can't be made ({error.strerror}): name another place.") from None
        if not _lock(self._file):
            who = _written(self._file)
            self._file.close()
            raise _refusal(journal, who)
        _held.add(self._name)
        self._file.truncate(0)
        self._file.write(json.dumps({"pid": os.getpid(), "host": socket.gethostname()}))
        self._file.flush()

    def close(self) -> None:
        """Let go of it."""
        _held.discard(self._name)
        with suppress(OSError):
            self._file.truncate(0)
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()


def _lock(file: IO[str]) -> bool:
    name, lock = ("msvcrt", _lock_on_windows) if os.name == "nt" else ("fcntl", _lock_elsewhere)
    try:
        lock(import_module(name), file)
    except OSError:
        return False
    return True


def _lock_elsewhere(fcntl: Any, file: IO[str]) -> None:
    # Not `flock`: a forked worker would inherit that, and keep it after its parent died.
    fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _lock_on_windows(msvcrt: Any, file: IO[str]) -> None:
    file.seek(2**30)  # beyond what is written, so that others can read who has it
    msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)


def _written(file: IO[str]) -> str:
    file.seek(0)
    try:
        told = json.loads(file.read())
        return f"process {int(told['pid'])} on {str(told['host'])[:80]}"
    except (ValueError, KeyError, TypeError):
        return "another process"


def _refusal(journal: Path, who: str) -> ConfigError:
    return ConfigError(f"The journal {journal} is being worked with by {who}: wait for its end, or stop it first.")
