"""How models read what the service sends: forgiving each field by itself, losing nothing.

One rule for every model: an attribute holds what its annotation says, or None where the service left the value out or
sent what can't be read as that. The model remembers the object it was read from, so `to_dict()` writes every field
back as it came, unless the attribute has been set anew since.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any, NamedTuple, TypeVar

from wyseos.runtime.codec import loads
from wyseos.runtime.errors import DecodeError, ValidationError
from wyseos.runtime.moments import in_utc

M = TypeVar("M")

Reader = Callable[[Any], Any]
"""Takes a decoded JSON value and gives the attribute's value; typed Any because a required field may be missing."""


class Field(NamedTuple):
    """One field of a model, as the tables `Model.FIELDS` list them."""

    name: str
    """The attribute's name."""
    wire: str
    """The field's name on the wire."""
    read: Reader
    """Reads the wire's value."""
    required: bool
    """Whether the schema promises the field."""
    values: frozenset[Any] = frozenset()
    """The documented values of an enumeration; empty where any value will do."""
    empty: Any = None
    """What the attribute holds where the field is absent: None, or the schema's default."""
    null: bool = False
    """Whether None is written as null, since the service wants the field and takes null for it."""


ABSENT: Any = object()
"""Stands for the value of a field that is not there."""


def anything(value: Any) -> Any:
    """Read any JSON value as it is."""
    return value


def text(value: Any) -> Any:
    """Read a string; a number becomes its text, since the service sends some ids either way (quirks)."""
    if type(value) is str:
        return value
    if type(value) is int or type(value) is float:
        return str(value)
    return None


def integer(value: Any) -> Any:
    """Read a whole number, also from its text or from a float without a fraction."""
    if type(value) is int:
        return value
    if type(value) is float:
        return int(value) if value.is_integer() else None
    if type(value) is str:
        try:
            return int(value)
        except ValueError:
            return None
    return None


def number(value: Any) -> Any:
    """Read a number, also from its text; whole numbers stay whole."""
    if type(value) is float or type(value) is int:
        return value
    if type(value) is str:
        try:
            read = float(value)
        except ValueError:
            return None
        return read if math.isfinite(read) else None  # "nan" is no number
    return None


_FLAGS = {"true": True, "false": False, "1": True, "0": False}


def flag(value: Any) -> Any:
    """Read a boolean, also from 0 and 1 and their texts."""
    if value is True or value is False:
        return value
    return _FLAGS.get(str(value).lower()) if type(value) is str or type(value) is int else None


def moment(value: Any) -> Any:
    """Read an RFC 3339 timestamp as an aware datetime; an unreadable one, such as "", is None."""
    if type(value) is not str:
        return None
    try:
        read = datetime.fromisoformat(value)
    except ValueError:
        return None
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def day(value: Any) -> Any:
    """Read a date, YYYY-MM-DD."""
    if type(value) is not str:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def freeform(value: Any) -> Any:
    """Read an object without a fixed shape as a plain dict."""
    return value if type(value) is dict else None


def nothing(value: Any) -> None:
    """Read an answer that carries no data."""


def embedded(value: Any) -> dict[str, Any] | None:
    """Give an object, also one that came as a string holding its JSON (quirks); None for all else."""
    if type(value) is dict:
        return value
    if type(value) is str and value.lstrip().startswith("{"):
        try:
            held: dict[str, Any] = loads(value)
        except DecodeError:
            return None
        return held
    return None


def model(cls: Any) -> Reader:
    """Give the reader of a nested model, also from a string that holds its JSON; what holds no object is None."""
    from_dict = cls.from_dict

    def read(value: Any) -> Any:
        if type(value) is dict:
            return from_dict(value)
        held = embedded(value)
        return None if held is None else from_dict(held)

    return read


def element(cls: Any) -> Reader:
    """Give the reader of a model within a list or mapping.

    Strings are not looked into there: a plan's steps hold steps, so strings within strings could nest without end.
    """
    from_dict = cls.from_dict
    return lambda value: from_dict(value) if type(value) is dict else None


def listing(item: Reader, *, nulls: bool = False) -> Reader:
    """Give the reader of a list; elements that can't be read are left out of it (and kept for `to_dict`).

    Args:
        item: reads an element.
        nulls: keep a None in the place of what is null or can't be read, where places count.
    """

    def read(value: Any) -> Any:
        if type(value) is not list:
            return None
        return [got for element in value if (got := item(element)) is not None or nulls]

    return read


def mapping(item: Reader, *, nulls: bool = False) -> Reader:
    """Give the reader of an object whose keys are data: a dict of what can be read, `nulls` as of `listing`."""

    def read(value: Any) -> Any:
        if type(value) is not dict:
            return None
        return {key: got for key, element in value.items() if (got := item(element)) is not None or nulls}

    return read


def one_of(*kinds: type) -> Reader:
    """Give the reader of a value that may be of several kinds, taken as it is; another kind is None."""
    return lambda value: value if type(value) in kinds else None


def either(first: Reader, second: Reader) -> Reader:
    """Give the reader of a value that is of one kind or of another: what the first can't read, the second reads."""
    return lambda value: got if (got := first(value)) is not None else second(value)


def told_by(name: str, classes: Mapping[str, Any]) -> Reader:
    """Give the reader of an object that is of one of several classes, as the value of one field tells.

    An object with another value there, or with none, stays the plain dict that came.

    Args:
        name: the field, on the wire.
        classes: the class of each value.
    """
    readers = {value: cls.from_dict for value, cls in classes.items()}

    def read(value: Any) -> Any:
        if type(value) is not dict:
            return None
        told = value.get(name)
        known = readers.get(told) if type(told) is str else None
        return known(value) if known else value

    return read


def whole(read: Reader, shape: str) -> Callable[[Any], Any]:
    """Give the parser of an answer's `data`, which must have the right shape as a whole.

    Args:
        read: reads the value, None where it can't.
        shape: what is expected, for the message.

    Raises:
        DecodeError: by the parser, if the data is of another shape (fault row 11).
    """

    def parse(value: Any) -> Any:
        got = read(value)
        if got is None:
            raise DecodeError(f"the answer's data should be {shape}, but is {kind(value)}")
        return got

    return parse


def whole_freeform(value: Any) -> dict[str, Any]:
    """Parse an answer's `data` that has no fixed shape; null is an empty object."""
    parsed: dict[str, Any] = {} if value is None else whole(freeform, "an object")(value)
    return parsed


def whole_list(item: Reader, *, nulls: bool = False) -> Callable[[Any], Any]:
    """Give the parser of an answer whose `data` is a list; null is an empty one."""
    parse = whole(listing(item, nulls=nulls), "a list")
    return lambda value: [] if value is None else parse(value)


def or_none(parse: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Give the parser of an answer whose `data` may be null."""
    return lambda value: None if value is None else parse(value)


def whole_bytes(content: bytes) -> bytes:
    """Parse an answer that is no JSON: its bytes are the data."""
    return content


def whole_text(content: bytes) -> str:
    """Parse an answer that is text, in UTF-8.

    Raises:
        DecodeError: it is in another encoding; the answer's `content` has the bytes.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DecodeError(f"the answer should be text in UTF-8, and is none from byte {error.start} on") from None


_KINDS = {dict: "an object", list: "a list", str: "a string", bool: "a boolean", int: "a number", float: "a number"}


def kind(value: Any) -> str:
    """Name a JSON value's kind for a message: "an object", "a list", "null", …"""
    return "null" if value is None else _KINDS.get(type(value), type(value).__name__)


def unknown_fields(source: Mapping[str, Any], known: frozenset[str]) -> dict[str, Any]:
    """Give the fields of an object that no attribute takes, in the order in which they came."""
    return {key: value for key, value in source.items() if key not in known}


def source_object(cls: type, source: Any) -> None:
    """Refuse what no model can be read from.

    Raises:
        ValidationError: if the source is not an object.
    """
    if not isinstance(source, Mapping):
        raise ValidationError(
            f"{cls.__name__}.from_dict takes an object, but was given {kind(source)}; decode the JSON first",
            field=cls.__name__,
        )


def source_of(instance: Any) -> Mapping[str, Any]:
    """Give the object that a model was read from; one that was made by its constructor gives what it is written as."""
    source: Mapping[str, Any] = instance._source
    return source or write(instance)


def write(instance: Any) -> dict[str, Any]:
    """Write a model as a plain dict; each field that was not changed goes back as it came.

    Raises:
        ValidationError: if a value that was set holds itself, or nests too deeply to be written.
    """
    try:
        return _write(instance)
    except RecursionError:
        name = type(instance).__name__
        raise ValidationError(f"{name} holds itself or nests too deeply; give a tree", field=name) from None


def _write(instance: Any) -> dict[str, Any]:
    values = ((field.wire, written(instance, field)) for field in instance.FIELDS)
    result = {wire: plain(value) for wire, value in values if value is not ABSENT}
    result.update((key, plain(value)) for key, value in instance.additional_properties.items())
    return result


def written(instance: Any, field: Field) -> Any:
    """Give what is written of a field: as it came, if it was not changed; ABSENT where it is left out."""
    source: Mapping[str, Any] = instance._source
    value = getattr(instance, field.name)
    if value is None and field.null:
        return None
    if field.wire not in source:
        return ABSENT if value is None or value == field.empty else value
    sent = source[field.wire]
    read = field.read(sent)
    if (field.empty if read is None else read) == value:
        return sent
    return ABSENT if value is None else value


def plain(value: Any) -> Any:
    """Turn a model, a timestamp or a container of them into fresh JSON-ready values."""
    if isinstance(value, dict):
        return {key: plain(element) for key, element in value.items()}
    if isinstance(value, list | tuple):
        return [plain(element) for element in value]
    if isinstance(value, datetime):
        return in_utc(value).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    to_dict = getattr(value, "to_dict", None)
    return to_dict() if to_dict else value
