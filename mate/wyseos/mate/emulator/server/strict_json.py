"""JSON as the service takes and tells it: no NaN, no infinity, no number that becomes one, no half a character."""

from __future__ import annotations

import json
import math
from typing import Any, NoReturn

from wyseos.runtime.validation import is_torn

# Plain ASCII, so that any text can be written; what no JSON can tell is an error here rather than at the client.
write_json = json.JSONEncoder(separators=(",", ":"), allow_nan=False).encode


def read_json(text: str | bytes) -> Any:
    """Decode JSON.

    Raises:
        ValueError: it is none, or holds a number or a text that no JSON could tell again.
        RecursionError: it nests too deeply.
    """
    value = json.loads(text, parse_constant=_refuse, parse_float=_fraction)
    if is_torn(json.dumps(value, ensure_ascii=False)):
        raise ValueError("it holds half a character (a lone surrogate)")
    return value


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _fraction(digits: str) -> float:
    value = float(digits)
    return value if math.isfinite(value) else _refuse(digits[:20])
