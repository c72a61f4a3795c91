"""Keyrings of the keyring library that no system keeps: one in a file, one that is locked.

A program that a test starts gets one by `PYTHON_KEYRING_BACKEND`, the library's own way to name it.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

PLACE = "TEST_KEYRING_FILE"


class FileKeyring(KeyringBackend):
    """Passwords in the JSON file that the environment names."""

    priority: Any = 5

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # the library's own has no types

    def _kept(self) -> dict[str, str]:
        place = Path(os.environ[PLACE])
        return dict(json.loads(place.read_text("utf-8"))) if place.exists() else {}

    def get_password(self, service: str, username: str) -> str | None:
        return self._kept().get(f"{service} {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        Path(os.environ[PLACE]).write_text(json.dumps(self._kept() | {f"{service} {username}": password}), "utf-8")


class LockedKeyring(FileKeyring):
    """A keyring that nobody unlocks."""

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked("locked")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyringLocked("locked")
