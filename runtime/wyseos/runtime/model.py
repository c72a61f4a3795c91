"""What every model has besides its fields: it reads like the object it came from, and is written and copied alike.

A model is a mapping by the names on the wire, of plain JSON-ready values: `tweet["username"]`, `tweet.get("media")`,
`dict(tweet)`. The names of pydantic (`model_dump`, `model_validate`, …) stand here once, for programs that use them.
"""

from __future__ import annotations

import copy
import functools
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar, Self, TypeAlias, TypeVar

import attrs
import orjson

from wyseos.runtime.codec import loads
from wyseos.runtime.errors import ValidationError
from wyseos.runtime.reading import ABSENT, Field, plain, source_object, written

C = TypeVar("C", bound=type)
R = TypeVar("R", bound="Model")

# `dict` is a method's name below.
JsonObject: TypeAlias = dict[str, Any]


class Dumping:
    """Gives what has `to_dict` the names by which pydantic's objects are dumped and copied."""

    __slots__ = ()

    def to_dict(self) -> JsonObject:
        """Write it as a plain, JSON-ready dict."""
        raise NotImplementedError

    def _every_field(self) -> JsonObject:
        """Write it with every field, also those that are empty."""
        return self.to_dict()

    def model_dump(
        self,
        *,
        mode: str = "json",
        include: Iterable[str] | None = None,
        exclude: Iterable[str] | None = None,
        by_alias: bool = True,
        exclude_unset: bool = False,
        exclude_none: bool = False,
    ) -> JsonObject:
        """Write it as a plain dict with every field; what is absent is None, or empty as its attribute is.

        Args:
            mode: taken as pydantic takes it, without effect: all values are ready for JSON.
            include: the names of the fields to write; None for all.
            exclude: the names of the fields to leave out.
            by_alias: taken as pydantic takes it, without effect: names are those on the wire.
            exclude_unset: leave out what is absent, as `to_dict` does.
            exclude_none: leave out what is None.
        """
        written = self.to_dict() if exclude_unset else self._every_field()
        left_out = frozenset(exclude or ())
        wanted = frozenset(written if include is None else include) - left_out
        return {
            name: value for name, value in written.items() if name in wanted and not (exclude_none and value is None)
        }

    def model_dump_json(self, *, indent: int | None = None, **choice: Any) -> str:
        """Write it as the text of a JSON object; `choice` as of `model_dump`.

        Args:
            indent: spaces by which inner lines are moved to the right; None for one line.
        """
        written = self.model_dump(**choice)
        if indent is None:
            return orjson.dumps(written).decode()
        import json

        return json.dumps(written, indent=indent, ensure_ascii=False)

    def dict(self, **choice: Any) -> JsonObject:
        """Do what `model_dump` does, under its older name."""
        return self.model_dump(**choice)

    def json(self, **choice: Any) -> str:
        """Do what `model_dump_json` does, under its older name."""
        return self.model_dump_json(**choice)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Copy it.

        Args:
            update: attributes that the copy has instead.
            deep: also copy what it holds.
        """
        twin = copy.deepcopy(self) if deep else copy.copy(self)
        for name, value in (update or {}).items():
            setattr(twin, name, value)
        return twin


class Model(Dumping, Mapping[str, Any]):
    """What the generated classes are: a typed object that also reads like the JSON object it came from."""

    __slots__ = ()

    FIELDS: ClassVar[tuple[Field, ...]]
    additional_properties: Any  # a dict, as each class declares it
    _source: Mapping[str, Any]

    @classmethod
    def from_dict(cls, source: Mapping[str, Any]) -> Self:
        """Read it from a decoded JSON object."""
        raise NotImplementedError

    @classmethod
    def model_validate(cls, obj: Any) -> Self:
        """Read it from a decoded JSON object, as `from_dict` does; one that is of this class already is given back.

        Raises:
            ValidationError: it is no object.
        """
        if isinstance(obj, cls):
            return obj
        source_object(cls, obj)
        return cls.from_dict(obj)

    @classmethod
    def model_validate_json(cls, json_data: str | bytes) -> Self:
        """Read it from the text of a JSON object.

        Raises:
            ValidationError: it is no object.
            DecodeError: it is no JSON.
        """
        return cls.model_validate(loads(json_data))

    def __getitem__(self, name: str) -> Any:
        """Give a field by its name on the wire, as `to_dict` writes it; raises KeyError where it is absent."""
        named = (written(self, field) for field in self.FIELDS if field.wire == name)
        value = next(named, ABSENT)
        return plain(self.additional_properties[name] if value is ABSENT else value)

    def __iter__(self) -> Iterator[str]:
        return iter(self.to_dict())

    def __len__(self) -> int:
        return len(self.to_dict())

    def __bool__(self) -> bool:
        return True  # an object that came is there, also an empty one

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Copy it.

        Args:
            update: attributes that the copy has instead; what is none is kept as a field of its own.
            deep: also copy what it holds.
        """
        given = dict(update or {})
        own = {field.name: given.pop(field.name) for field in self.FIELDS if field.name in given}
        twin = super().model_copy(update=own, deep=deep)
        twin.additional_properties = {**twin.additional_properties, **given}
        return twin

    def _every_field(self) -> JsonObject:
        empty = {field.wire: copy.copy(field.empty) for field in self.FIELDS}
        return {**empty, **self.to_dict()}


def made_of(cls: type[R], given: R | JsonObject, field: str = "body") -> R:
    """Return a request's model: as it was given, or made of a dict of its fields.

    Args:
        cls: the model's class.
        given: what the caller gave.
        field: the argument's name, for the message.

    Raises:
        ValidationError: it is neither, or a field is missing or can't be sent.
    """
    if isinstance(given, cls):
        return given
    wanted = f"give {'an' if cls.__name__[0] in 'AEIOU' else 'a'} {cls.__name__}, or a dict of its fields"
    if type(given) is not dict:
        raise ValidationError(f"{field} is of type {type(given).__name__}; {wanted}", field=field)
    for name in (each.wire for each in cls.FIELDS if each.required and each.wire not in given):
        raise ValidationError(f"{name} is missing; {wanted}", field=name)
    return cls(**given)


def reads_rows(cls: C) -> C:
    """Make a model's constructor take what the service sends: `SessionInfo(**row)`.

    Objects become models as `from_dict` makes them, times in text become moments, and fields that the schema does not
    know are kept and sent. The constructor's declared parameters stay as they are for the type checkers.
    """
    declared = cls.__init__  # type: ignore[misc]  # the class's own, wrapped below
    known = frozenset(field.name for field in attrs.fields(cls) if field.init)

    @functools.wraps(declared)
    def construct(self: Any, /, *positional: Any, **given: Any) -> None:
        for field in self.FIELDS:
            if field.wire != field.name and field.wire in given and field.name not in given:
                given[field.name] = given.pop(field.wire)
        more = {name: given.pop(name) for name in given.keys() - known}
        declared(self, *positional, **given)
        for field in self.FIELDS:
            setattr(self, field.name, _converted(field, getattr(self, field.name)))
        self.additional_properties.update(more)

    cls.__init__ = construct  # type: ignore[misc]
    return cls


def _converted(field: Field, value: Any) -> Any:
    """Give a value as `from_dict` reads it, and as it is where that cannot."""
    if value is None:
        return copy.copy(field.empty)
    if type(value) is list:
        return [(field.read([element]) or [element])[0] for element in value]
    read = field.read(value)
    return value if read is None else read
