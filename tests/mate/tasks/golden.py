"""What a task's events say, to compare one run with another."""

from __future__ import annotations

from typing import Any


def content(events: list[Any]) -> list[tuple[str, str | None]]:
    """What a session said, without the ids that each session makes anew, and what the SDK says about its connection."""
    return [(event.type, event.content) for event in events if event.type != "reconnecting"]
