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
# What neither nests nor can have lost digits. Most messages are an object of these: there is nothing to look for.
_SIMPLE = frozenset({str, int, bool, type(None)})


def loads(data: str | bytes | bytearray | memoryview) -> Any:
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
        is_flat = type(value) is dict and _SIMPLE.issuperset(map(type, value.values()))
        if not is_flat and _walk([value]):
            value = _loads_exactly(data)
    except RecursionError:
        raise _too_deep() from None
    except ValueError as error:
        # The error itself holds the whole document: only its words and place are told.
        raise DecodeError(f"not readable as JSON: {error}") from None
    return value


def _loads(data: str | bytes | bytearray | memoryview) -> Any:
    if orjson is not None:
        try:
            return orjson.loads(data)
        except orjson.JSONDecodeError:
            pass  # the standard library takes more (huge numbers, lone surrogates), and gives the better message
    return _loads_exactly(data)


def _loads_exactly(data: str | bytes | bytearray | memoryview) -> Any:
    text = data if isinstance(data, str) else (octets := bytes(data)).decode(json.detect_encoding(octets))
    return json.loads(text, parse_constant=_refuse_constant, parse_int=_whole_number, parse_float=_fraction)


_LEAST, _MOST = float(-(2**63)), float(2**64)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _whole_number(digits: str) -> int | str:
    # Reading thousands of digits costs quadratic time.
    return int(digits) if len(digits) <= _MAX_DIGITS else digits


def _fraction(digits: str) -> float | str:
    value = float(digits)
    return value if math.isfinite(value) else digits


def _walk(node: Any, room: int = MAX_DEPTH) -> bool:
    """Tell whether a number is as large as a whole one beyond 64 bits, of which orjson makes a float.

    Args:
        node: an object or a list.
        room: how many levels may nest below it.

    Raises:
        DecodeError: it nests too deep.
    """
    is_huge = False
    for child in node.values() if type(node) is dict else node:
        kind = type(child)
        if kind in _SIMPLE:
            continue
        if kind is float:
            is_huge = is_huge or not _LEAST < child < _MOST
            continue
        if not room:
            raise _too_deep()
        if not _SIMPLE.issuperset(map(type, child.values() if kind is dict else child)):
            is_huge = _walk(child, room - 1) or is_huge
    return is_huge


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
