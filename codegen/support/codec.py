"""JSON in and out, decided in one place: orjson where there is one, the standard library otherwise."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from .errors import DecodeError

try:
    import orjson
except ImportError:  # other interpreters than CPython
    orjson = None  # type: ignore[assignment, unused-ignore]


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


_MAX_DIGITS = 1000


def _whole_number(digits: str) -> Any:
    # A number of thousands of digits costs quadratic time to read: it is carried as its text (security row 9).
    return int(digits) if len(digits) <= _MAX_DIGITS else digits


def _loads_standard(data: str | bytes) -> Any:
    if isinstance(data, bytes):
        data = data.decode("utf-8")
    return json.loads(data, parse_constant=_refuse_constant, parse_int=_whole_number)


def loads(data: str | bytes) -> Any:
    """Decode JSON.

    Args:
        data: UTF-8 bytes, or text.

    Returns:
        Plain dicts, lists, strings, numbers, booleans and None.

    Raises:
        DecodeError: if it is not JSON, nests too deeply, or holds NaN or infinity (security row 9).
    """
    if orjson is not None:
        try:
            return orjson.loads(data)
        except orjson.JSONDecodeError:
            pass  # the standard library takes more (huge numbers, lone surrogates), and gives the better message
    try:
        return _loads_standard(data)
    except (ValueError, RecursionError) as error:
        raise DecodeError(f"not readable as JSON: {_reason(error)}") from None


def _reason(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "nested too deeply"
    # The error itself holds the whole document: only its words and place are told.
    return str(error)[:200]


def dumps(value: Any) -> str:
    """Encode plain values as JSON text, without spaces.

    Raises:
        DecodeError: if the value is not JSON-ready (a set, an object, NaN, a cycle).
    """
    if orjson is not None:
        try:
            return orjson.dumps(value).decode()
        except orjson.JSONEncodeError:
            pass  # the standard library writes integers over 64 bits and lone surrogates
    try:
        return json.dumps(value, separators=(",", ":"), allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise DecodeError(f"not writable as JSON: {_reason(error)}") from None


def dumps_bytes(value: Any) -> bytes:
    """Encode plain values as UTF-8 JSON, without spaces; raises as `dumps` does."""
    return dumps(value).encode()
