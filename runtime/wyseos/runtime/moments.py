"""Moments on their way out: with a zone, also at the ends of time, where another zone would lead beyond them."""

from __future__ import annotations

from datetime import UTC, datetime

__all__ = ["in_utc", "zoned"]


def zoned(value: datetime) -> datetime:
    """Return a moment with its zone; without one it is the caller's local time, at the ends of time UTC."""
    if value.tzinfo:
        return value
    try:
        return value.astimezone()
    except (OverflowError, ValueError, OSError):  # as the system's own conversion fails there
        return value.replace(tzinfo=UTC)


def in_utc(value: datetime) -> datetime:
    """Return a moment in UTC; one beyond the ends of time is that end."""
    try:
        return zoned(value).astimezone(UTC)
    except OverflowError:
        end = datetime.min if value.year == datetime.min.year else datetime.max
        return end.replace(tzinfo=UTC)
