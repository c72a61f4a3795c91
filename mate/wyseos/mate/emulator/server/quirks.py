"""How the live service departs from its documents: the same answer, as it was really seen to come."""

from __future__ import annotations

from typing import Any

_LEFT_OUT = ("avatar", "model")
_EMPTY = ("updated_at", "deleted_at", "last_used_at")
_NULL = ("description", "intent_id", "termination")


def depart(value: Any) -> Any:
    """Rewrite an answer's data: ids as numbers, empty timestamps, nulls, fields missing or known to no document."""
    if isinstance(value, list):
        return [depart(item) for item in value]
    if not isinstance(value, dict):
        return value
    departed = {name: _field(name, inner) for name, inner in value.items() if name not in _LEFT_OUT}
    return departed | {"undocumented": {"seen": True}} if departed else departed


def _field(name: str, value: Any) -> Any:
    if name in _EMPTY:
        return ""
    if name in _NULL:
        return None
    if name == "product_id" and isinstance(value, str) and value.isdigit():
        return int(value)
    if name == "status" and value == "complete":
        return "released"
    return depart(value)
