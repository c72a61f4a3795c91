"""Documents as the service might send them: made from a model's annotations, with all its habits (quirks)."""

from __future__ import annotations

import types
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from wyseos.generated import models

CLASSES = [found for name in models.__all__ if hasattr(found := getattr(models, name), "FIELDS")]
WRITTEN = [found for found in CLASSES if hasattr(found, "__post_init__")]
READ = [found for found in CLASSES if found not in WRITTEN]

TEXT = st.text(max_size=5)
_FLOATS = st.floats(allow_nan=False, allow_infinity=False)  # what JSON can hold
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**40) | _FLOATS | TEXT,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXT, inner, max_size=2),
    max_leaves=4,
)
_MOMENTS = st.datetimes(min_value=datetime(2000, 1, 1), timezones=st.just(UTC)).map(lambda moment: moment.isoformat())
_PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: TEXT,
    int: st.integers(-(2**40), 2**40),
    float: _FLOATS | st.integers(-9, 9),
    bool: st.booleans(),
    datetime: _MOMENTS.map(lambda text: text.replace("+00:00", "Z")) | st.just(""),
    date: st.dates().map(str),
    Any: JUNK,
    type(None): st.none(),
}


def value_of(hint: Any) -> st.SearchStrategy[Any]:
    """Make values on the wire that an annotation would be read from."""
    origin, inner = get_origin(hint), get_args(hint)
    if hint in _PLAIN:
        return _PLAIN[hint]
    if origin is Literal:
        return st.sampled_from(inner)
    if origin in (Union, types.UnionType):
        return st.one_of([value_of(part) for part in inner])
    if origin is list:
        return st.lists(value_of(inner[0]), max_size=2)
    if origin is dict:
        return st.dictionaries(TEXT, value_of(inner[1]), max_size=2)
    return st.deferred(lambda: document_of(hint))


@cache
def hints(cls: Any) -> dict[str, Any]:
    """Give the annotations of a model's fields."""
    found = get_type_hints(cls, vars(__import__(cls.__module__, fromlist=["x"])))
    return {field.name: found[field.name] for field in cls.FIELDS}


@cache
def document_of(cls: Any) -> st.SearchStrategy[dict[str, Any]]:
    """Make documents of a model: any field may be missing, null or of a wrong kind, and others may be there."""
    fields = {field.wire: value_of(hints(cls)[field.name]) | st.none() | JUNK for field in cls.FIELDS}
    known = st.fixed_dictionaries({}, optional=fields)
    return st.builds(lambda found, more: {**more, **found}, known, st.dictionaries(TEXT, JUNK, max_size=2))


def holds(value: Any, hint: Any) -> bool:
    """Tell whether an attribute is what its annotation says, or None."""
    origin, inner = get_origin(hint), get_args(hint)
    if value is None or hint is Any:
        return True
    if origin is Literal:
        return value in inner or isinstance(value, str)  # a new value of the service's stays as it is
    if origin in (Union, types.UnionType):
        return any(holds(value, part) for part in inner)
    if origin is list:
        return type(value) is list and all(element is not None and holds(element, inner[0]) for element in value)
    if origin is dict:
        return type(value) is dict and all(holds(element, inner[1]) for element in value.values())
    return type(value) in ((int, float) if hint is float else (hint,))
