"""The `strict` option: each thing that a model forgave becomes an error, for contract tests.

The models read first, as always, and remember what they were read from; this walks over both and compares. It costs
nothing when it is off.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wyseos.mate.errors import DecodeError
from wyseos.runtime.call import Operation
from wyseos.runtime.reading import Field, source_of

__all__ = ["departures", "refuse_departures"]

_MOST_SHOWN = 5


def refuse_departures(parsed: Any, operation: Operation) -> None:
    """Refuse an answer that departs from its schema.

    Args:
        parsed: what the answer was read as.
        operation: what was called.

    Raises:
        DecodeError: tells each departure; `details["departures"]` lists them all.
    """
    found = list(departures(parsed, "data"))
    if found:
        shown = "; ".join(found[:_MOST_SHOWN]) + ("; …" if len(found) > _MOST_SHOWN else "")
        raise DecodeError(
            f"{operation} departs from its schema: {shown}", details={"endpoint": str(operation), "departures": found}
        )


def departures(value: Any, place: str) -> Iterator[str]:
    """Tell where a decoded value departs from its schema: missing, unknown, unreadable, of another kind.

    Args:
        value: a model, a list of models, or what holds neither.
        place: where it stands, for the texts.
    """
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from departures(item, f"{place}[{index}]")
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from departures(item, f"{place}.{key}")
    elif hasattr(value, "FIELDS"):
        yield from (f"{place}.{name} is unknown" for name in value.additional_properties)
        for field in value.FIELDS:
            yield from _of_field(field, value, f"{place}.{field.wire}")


def _of_field(field: Field, model: Any, place: str) -> Iterator[str]:
    source, value = source_of(model), getattr(model, field.name)
    if field.wire not in source:
        if field.required:
            yield f"{place} is missing"
        return
    sent = source[field.wire]
    if sent is None:
        if field.required:
            yield f"{place} is null"
    elif value is None or _is_other_kind(sent, value):
        yield f"{place} is not readable as documented: {sent!r:.60}"
    elif field.values and value not in field.values:
        yield f"{place} has the unknown value {value!r:.60}"
    else:
        yield from departures(value, place)


def _is_other_kind(sent: Any, value: Any) -> bool:
    """Whether a value was converted: a number to text, text to a number, or list items left out."""
    if isinstance(value, str | bool | int | float):
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        # A whole number where a float is documented is JSON's way of writing it.
        return not isinstance(sent, int | float) if is_number else type(sent) is not type(value)
    if isinstance(value, list):
        return not isinstance(sent, list) or len(value) != len(sent)
    return hasattr(value, "FIELDS") and isinstance(sent, str)
