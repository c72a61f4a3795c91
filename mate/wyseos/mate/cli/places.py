"""Where a command will write: made and looked at before anything is begun."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import click


def prepare_files(paths: Iterable[Path | None]) -> None:
    """Make the folders that files will go to.

    Args:
        paths: the files; None stands for one that is not wanted.

    Raises:
        click.UsageError: one could not be written there.
    """
    for path in filter(None, paths):
        _prepare(path, path.parent)


def prepare_folder(folder: Path | None) -> None:
    """Make a folder that files will go into, as `prepare_files` does; None: none is wanted."""
    if folder is not None:
        _prepare(folder, folder)


def refuse_same(read: Path, *written: Path | None) -> None:
    """Refuse a file that would be written over one that is read, or over another one that is written.

    Raises:
        click.UsageError: names it.
    """
    seen = {read.resolve()}
    for path in filter(None, written):
        if path.resolve() in seen:
            raise click.UsageError(f"{path} is named twice, and would be written over; name another file.")
        seen.add(path.resolve())


def _prepare(path: Path, folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise click.UsageError(f"{folder} is no folder to write to: {error.strerror}") from None
    if not os.access(path if path.exists() else folder, os.W_OK):
        raise click.UsageError(f"{path} may not be written; name another place.")
