"""What PyInstaller needs to know: much here is loaded by name when it is used, and some of it is no Python."""

from __future__ import annotations

from pathlib import Path

__all__ = ["hook_dirs"]


def hook_dirs() -> list[str]:
    """Return the folders of hooks; PyInstaller finds this function by the entry point `pyinstaller40`."""
    return [str(Path(__file__).parent)]
