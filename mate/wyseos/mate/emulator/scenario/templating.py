"""Templates of scenarios: `{task}` and its like, put into any text, however nested. Nothing is executed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_VARIABLE = re.compile(r"\{(\w+)\}")
_TOPIC_LENGTH = 60


def fill(value: Any, variables: Mapping[str, str]) -> Any:
    """Put the variables into every text in `value`; a name that is not among them stays as it stands."""
    if isinstance(value, str):
        return _VARIABLE.sub(lambda match: variables.get(match[1], match[0]), value)
    if isinstance(value, list):
        return [fill(item, variables) for item in value]
    if isinstance(value, dict):
        return {key: fill(item, variables) for key, item in value.items()}
    return value


def topic_of(task: str) -> str:
    """Shorten a task to what fits into a title: the start of its first line, whole words, no full stop."""
    line = (task.strip().splitlines() or ["the task"])[0]
    if len(line) > _TOPIC_LENGTH:
        line = line[:_TOPIC_LENGTH].rpartition(" ")[0] or line[:_TOPIC_LENGTH]
    return line.rstrip(" .!?,;:")
