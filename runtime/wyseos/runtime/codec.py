"""JSON in and out, decided in one place: read by orjson where there is one, by the standard library otherwise."""

from __future__ import annotations

import json
import math
from typing import Any, NoReturn

from wyseos.runtime.errors import DecodeError, ValidationError

try:
    import orjson
except ImportError:  # other interpreters than CPython
    orjson = None  # type: ignore[assignment, unused-ignore]


# Deeper than any plan; shallow enough for all that recurses over it later: models, equality, copies, pickles.
MAX_DEPTH = 128
_MAX_DIGITS = 1000
# Up to here counting brackets is cheaper than walking the values; beyond, a long text (a screenshot) is walked at once.
_SHORT = 2048


def loads(data: str | bytes | bytearray) -> Any:
    """Decode JSON.

    Args:
        data: text, or bytes of UTF-8; also with a byte order mark, or of UTF-16 or UTF-32, as RFC 4627 had them.

    Returns:
        Plain dicts, lists, strings, numbers, booleans and None. A number that Python can't hold well (thousands of
        digits, beyond a float) is carried as its text; so is a lone surrogate, inside its string.

    Raises:
        DecodeError: if it is not JSON, nests over 128 levels, or holds NaN or infinity (security row 9).
    """
    try:
        value = _loads(data)
    except RecursionError:
        raise _too_deep() from None
    except ValueError as error:
        # The error itself holds the whole document: only its words and place are told.
        raise DecodeError(f"not readable as JSON: {str(error)[:200]}") from None
    if len(data) > _SHORT or _openings(data) > MAX_DEPTH:
        _refuse_depth(value)
    return value


def _openings(data: str | bytes | bytearray) -> int:
    if isinstance(data, str):
        return data.count("{") + data.count("[")
    return data.count(b"{") + data.count(b"[")


def _loads(data: str | bytes | bytearray) -> Any:
    if orjson is not None and not _may_hold_huge_numbers(data):
        try:
            return orjson.loads(data)
        except orjson.JSONDecodeError:
            pass  # the standard library takes more (huge numbers, lone surrogates), and gives the better message
    text = data if isinstance(data, str) else data.decode(json.detect_encoding(data))
    return json.loads(text, parse_constant=_refuse_constant, parse_int=_whole_number, parse_float=_fraction)


# Every digit becomes 0, so that a run of them is found as fast as any word.
_DIGITS = bytes.maketrans(b"123456789", b"000000000")


def _may_hold_huge_numbers(data: str | bytes | bytearray) -> bool:
    """Whether a whole number may be beyond 64 bits, of which orjson makes a float."""
    digits = (data.encode("utf-8", "replace") if isinstance(data, str) else data).translate(_DIGITS)
    return b"0" * 20 in digits or b"-" + b"0" * 19 in digits


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _whole_number(digits: str) -> int | str:
    # Reading thousands of digits costs quadratic time.
    return int(digits) if len(digits) <= _MAX_DIGITS else digits


def _fraction(digits: str) -> float | str:
    value = float(digits)
    return value if math.isfinite(value) else digits


_CONTAINERS = frozenset({dict, list})


def _refuse_depth(value: Any) -> None:
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [
            child
            for node in level
            for child in (node.values() if type(node) is dict else node)
            if type(child) is not str and type(child) in _CONTAINERS  # most are strings, and told at once
        ]
        if not level:
            return
    raise _too_deep()


def _too_deep() -> DecodeError:
    return DecodeError(f"not readable as JSON: nested over {MAX_DEPTH} levels")


def dumps(value: Any) -> str:
    """Encode plain values as ASCII JSON text, without spaces.

    The standard library writes it: what is sent is small, and orjson would write NaN as null.

    Raises:
        ValidationError: if the value is not JSON-ready (a set, an object, NaN, a cycle).
    """
    try:
        return json.dumps(value, separators=(",", ":"), allow_nan=False)
    except RecursionError:
        raise ValidationError("can't be written as JSON: nested too deeply") from None
    except (TypeError, ValueError) as error:
        raise ValidationError(f"can't be written as JSON: {error}") from None


def dumps_bytes(value: Any) -> bytes:
    """Encode plain values as JSON bytes, without spaces; raises as `dumps` does."""
    return dumps(value).encode("ascii")
