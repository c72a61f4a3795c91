"""The kind of a task. Light: it is the default of a client's signatures."""

from __future__ import annotations

from enum import StrEnum


class TaskMode(StrEnum):
    """The kind of task that a session was made for."""

    Default = ""
    DeepSearch = "deep_search"
    Marketing = "marketing"
