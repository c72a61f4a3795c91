"""Where a settings file is looked for, and which of those found is trusted (security row 16).

A file that comes with a folder, a cloned repository, is a stranger's until its user names it:

1. The search begins in the working directory and ends at the repository's root or at the home, else at the root.
2. A file of another owner, or one that everybody may write, is passed over with a warning, as git and ssh do.
3. A place that can't be looked at is a place without settings.

Paths are texts here: every program looks for a file when it makes its client, and few have one.
"""

from __future__ import annotations

import os
import stat
import warnings
from collections.abc import Iterator

from wyseos.mate.settings.stack import level_of_user
from wyseos.runtime.hints import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["as_path", "find_in_folders", "user_file"]

FILE_NAME = "mate.yaml"
_MISSPELT = "mate.yml"


def find_in_folders() -> Path | None:
    """Return the nearest trusted file of the working directory and its parents, None where there is none."""
    for folder in _folders():
        if _is_trusted(path := os.path.join(folder, FILE_NAME)):
            return as_path(path)
        if _status_of(misspelt := os.path.join(folder, _MISSPELT)) is not None and _status_of(path) is None:
            warnings.warn(
                f"{misspelt} is not read: settings stand in {FILE_NAME}. Rename it.", stacklevel=level_of_user()
            )
    return None


def user_file() -> Path | None:
    """Return the file in the user's own config folder, None where there is none."""
    base = os.environ.get("APPDATA") if os.name == "nt" else os.environ.get("XDG_CONFIG_HOME")
    folder = base or ((home := _home()) and os.path.join(home, ".config"))
    path = folder and os.path.join(folder, "wyseos", FILE_NAME)
    return as_path(path) if path and _status_of(path) is not None else None


def _folders() -> Iterator[str]:
    try:
        folder = os.getcwd()
    except OSError:
        return  # it was deleted, or may not be read
    home = _home()
    while True:
        yield folder
        above = os.path.dirname(folder)
        if folder in (home, above) or _exists(os.path.join(folder, ".git")):
            return
        folder = above


def _home() -> str | None:
    home = os.path.expanduser("~")
    return None if home == "~" else os.path.normpath(home)


def as_path(path: str | os.PathLike[str]) -> Path:
    """Return a path as an object, whose module is loaded only now."""
    from pathlib import Path

    return Path(path)


def _exists(path: str) -> bool:
    try:
        os.stat(path)
    except OSError:
        return False
    return True


def _status_of(path: str) -> os.stat_result | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status if stat.S_ISREG(status.st_mode) else None


def _is_trusted(path: str) -> bool:
    status = _status_of(path)
    if status is None:
        return False
    reason = _distrust(status)
    if reason is not None:
        warnings.warn(
            f"The settings file {path} is passed over: {reason}. Name it to use it all the same.",
            stacklevel=level_of_user(),
        )
    return reason is None


def _distrust(status: os.stat_result) -> str | None:
    if os.name == "nt":
        return None
    if status.st_uid not in (os.geteuid(), 0):
        return "it belongs to another user"
    return "everybody may write to it" if status.st_mode & stat.S_IWOTH else None
