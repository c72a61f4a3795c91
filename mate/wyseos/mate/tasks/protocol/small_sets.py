"""Sets that are nearly always empty: they share one, since an empty set is as large as one of four. Pure."""

from __future__ import annotations

from collections.abc import Set
from typing import Any, TypeVar

T = TypeVar("T")

EMPTY: frozenset[Any] = frozenset()


def without(items: frozenset[T], others: Set[T]) -> frozenset[T]:
    """Return the items that are not among the others."""
    return items - others or EMPTY
