"""Puts a new tree in an old one's place, so that whoever looks, at any moment, finds one of the two, whole.

Also a kill takes nothing: the two are exchanged in one step where the system can do that (Linux and macOS); elsewhere
two renames are needed, and the next run puts the old tree back where it was killed between them.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

_PREFIX = ".generating-"
_OLD = "old"
_HERE = -100  # AT_FDCWD
_EXCHANGE = 2  # RENAME_EXCHANGE, RENAME_SWAP


@contextlib.contextmanager
def making_beside(root: Path, target: Path) -> Iterator[Path]:
    """Give a folder on the disk of the repository, but in none that is packed; what a killed run left goes first."""
    for left in root.glob(f"{_PREFIX}*"):
        if not _is_running(left):
            _bring_back(left, target)
            shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(dir=root, prefix=f"{_PREFIX}{os.getpid()}-", ignore_cleanup_errors=True) as making:
        yield Path(making)


def _bring_back(left: Path, target: Path) -> None:
    for old in left.glob(f"*/{_OLD}"):
        if not target.exists():
            old.rename(target)


def _is_running(folder: Path) -> bool:
    process = folder.name.removeprefix(_PREFIX).partition("-")[0]
    if not process.isdigit() or os.name != "posix":
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def swap(fresh: Path, target: Path) -> None:
    """Put the fresh tree in the target's place; what was there goes to where the fresh one was, or beside it."""
    if not target.exists():
        fresh.rename(target)
    elif not _exchange(fresh, target):
        _rename_twice(fresh, target)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False where the system does not know how."""
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        if platform.system() == "Darwin":
            failed = libc.renamex_np(os.fsencode(one), os.fsencode(other), _EXCHANGE)
        else:
            failed = libc.renameat2(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE)
    except (OSError, AttributeError, TypeError):
        return False  # no such function, or no such library
    return not failed


def _rename_twice(fresh: Path, target: Path) -> None:
    old = fresh.with_name(_OLD)  # removed with the temporary folder that both are in
    target.rename(old)
    try:
        fresh.rename(target)
    finally:
        if not target.exists():
            old.rename(target)
