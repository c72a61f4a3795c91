"""Holds breaking changes against the changelog: each is to be named where its users look."""

from __future__ import annotations

import re
from pathlib import Path

from codegen.changes.compare import BREAKING, Change

CHANGELOG = Path("CHANGELOG.md")


def unnamed(changes: list[Change], root: Path) -> list[Change]:
    """Give the breaking changes that no entry of the changelog's newest section names.

    An entry names a change by its owner and its member: `SessionInfo.title`, or `list_teams` and `team_type`.
    """
    entries = _newest_entries(root)
    return [
        change
        for change in changes
        if change.verdict == BREAKING and not any(_names(entry, change) for entry in entries)
    ]


def _newest_entries(root: Path) -> list[str]:
    file = root / CHANGELOG
    text = file.read_text("utf-8") if file.exists() else ""
    newest = re.split(r"^## ", text, flags=re.MULTILINE)[1:2]
    return re.split(r"^[-*] ", newest[0], flags=re.MULTILINE)[1:] if newest else []


def _names(entry: str, change: Change) -> bool:
    wanted = [word for word in (change.owner, change.member) if word]
    return all(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", entry) for word in wanted)
