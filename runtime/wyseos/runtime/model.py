"""What every model has besides its fields: it reads like the object it came from, and is written and copied alike.

A model is a mapping by the names on the wire, of plain JSON-ready values: `tweet["username"]`, `tweet.get("media")`,
`dict(tweet)`. The names of pydantic (`model_dump`, `model_validate`, …) stand here and in `dumping` once, for programs
that use them.
"""

from __future__ import annotations

import copy
import functools
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Self, TypeVar

from wyseos.runtime import records
from wyseos.runtime.codec import loads
from wyseos.runtime.dumping import Dumping as Dumping
from wyseos.runtime.dumping import JsonObject
from wyseos.runtime.errors import ValidationError
from wyseos.runtime.reading import ABSENT, Field, plain, source_object, written

C = TypeVar("C", bound=type)
R = TypeVar("R", bound="Model")


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
    records.wrap_constructor(cls, lambda declared: _reading(cls, declared))
    return cls


def _reading(cls: type, declared: Any) -> Any:
    known = frozenset(field.name for field in records.fields(cls) if field.init)

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

    return construct


def _converted(field: Field, value: Any) -> Any:
    """Give a value as `from_dict` reads it, and as it is where that cannot."""
    if value is None:
        return copy.copy(field.empty)
    if type(value) is list:
        return [(field.read([element]) or [element])[0] for element in value]
    read = field.read(value)
    return value if read is None else read
