"""JSON as the service takes it: no NaN, no infinity, no number that becomes one."""

from __future__ import annotations

import json
import math
from typing import Any, NoReturn


def read_json(text: str | bytes) -> Any:
    """Decode JSON.

    Raises:
        ValueError: it is none, or holds a number that no JSON could tell again.
        RecursionError: it nests too deeply.
    """
    return json.loads(text, parse_constant=_refuse, parse_float=_fraction)


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _fraction(digits: str) -> float:
    value = float(digits)
    return value if math.isfinite(value) else _refuse(digits[:20])
