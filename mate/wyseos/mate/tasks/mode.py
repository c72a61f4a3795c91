"""The kind of a task. Light: a client names it in its signatures."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal, TypeAlias


class TaskMode(StrEnum):
    """The kind of task that a session was made for."""

    Default = ""
    DeepSearch = "deep_search"
    Marketing = "marketing"


Mode: TypeAlias = TaskMode | Literal["", "deep_search", "marketing"]
"""A kind of task, also as the word itself."""
