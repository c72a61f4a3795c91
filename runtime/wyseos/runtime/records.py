"""Classes of named fields, made at next to no cost: a program that starts makes a hundred and uses ten.

`define` and `frozen` read like those of attrs, and the objects behave alike: slots, comparison by value, a readable
repr, pickling. What differs is the price. attrs compiles three methods for each class, which takes a millisecond where
this takes a twentieth of it: comparison and repr are shared by all classes, and a constructor is compiled when the
first object is made by it, or somebody looks at its signature. The functions of attrs take these classes as their own.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from reprlib import recursive_repr
from types import CellType
from typing import Any, NamedTuple, TypeVar, cast, dataclass_transform, overload

__all__ = [
    "NOTHING",
    "Attribute",
    "FrozenError",
    "asdict",
    "define",
    "evolve",
    "field",
    "fields",
    "frozen",
    "wrap_constructor",
]

C = TypeVar("C", bound=type)
R = TypeVar("R")


class _Nothing:
    """Stands for an argument that was not given."""

    def __repr__(self) -> str:
        return "NOTHING"

    def __bool__(self) -> bool:
        return False


NOTHING: Any = _Nothing()


class FrozenError(AttributeError):
    """An attribute of a frozen object was to be set."""


class Attribute(NamedTuple):
    """A field of a class."""

    name: str = ""
    alias: str = ""
    """What the constructor calls it."""
    annotation: str = ""
    default: Any = NOTHING
    factory: Callable[[], Any] | None = None
    kw_only: bool = False
    init: bool = True
    repr: bool | Callable[[Any], str] = True
    eq: bool = True

    @property
    def is_required(self) -> bool:
        """Whether the constructor must be given it."""
        return self.default is NOTHING and self.factory is None


def field(
    *,
    default: Any = NOTHING,
    factory: Callable[[], Any] | None = None,
    kw_only: bool = False,
    init: bool = True,
    repr: bool | Callable[[Any], str] = True,
    eq: bool = True,
    alias: str = "",
) -> Any:
    """Say more of a field than its type and default.

    Args:
        default: its value where none is given.
        factory: makes that value, for each object anew.
        kw_only: whether the constructor takes it by name alone.
        init: whether the constructor takes it at all.
        repr: whether the repr shows it, or what writes it there.
        eq: whether it counts when two objects are compared.
        alias: what the constructor calls it; empty for its own name.
    """
    return Attribute("", alias, "", default, factory, kw_only, init, repr, eq)


@overload
def define(cls: C, /) -> C: ...
@overload
def define(*, kw_only: bool = False) -> Callable[[C], C]: ...
@dataclass_transform(field_specifiers=(field,))
def define(cls: Any = None, /, *, kw_only: bool = False) -> Any:
    """Make a class of the fields that it declares."""
    made = _Maker(kw_only=kw_only, is_frozen=False)
    return made if cls is None else made(cls)


@overload
def frozen(cls: C, /) -> C: ...
@overload
def frozen(*, kw_only: bool = False) -> Callable[[C], C]: ...
@dataclass_transform(field_specifiers=(field,), frozen_default=True)
def frozen(cls: Any = None, /, *, kw_only: bool = False) -> Any:
    """Make a class of the fields that it declares, whose objects never change and can be hashed."""
    made = _Maker(kw_only=kw_only, is_frozen=True)
    return made if cls is None else made(cls)


def wrap_constructor(cls: type, wrap: Callable[[Any], Any]) -> None:
    """Have the constructor of a class do more.

    Args:
        cls: a class that has no objects yet.
        wrap: given the constructor, once it is needed, returns what takes its place.
    """
    vars(cls)["__init__"].wrap = wrap


def fields(cls: type) -> tuple[Attribute, ...]:
    """Return the fields of a class, in their order."""
    found: tuple[Attribute, ...] = vars(cls)["__fields__"] if "__fields__" in vars(cls) else cast("Any", cls).__fields__
    return found


def evolve(record: R, **changes: Any) -> R:
    """Return a copy with other values, by the names that the constructor has for them."""
    for each in fields(type(record)):
        if each.init and each.alias not in changes:
            changes[each.alias] = getattr(record, each.name)
    return type(record)(**changes)


def asdict(record: object, *, recurse: bool = True, leave: Callable[[str], bool] | None = None) -> dict[str, Any]:
    """Return the values by their fields' names.

    Args:
        record: the object.
        recurse: whether objects inside become dicts too.
        leave: tells the names to leave out.
    """
    names = [each.name for each in fields(type(record)) if leave is None or not leave(each.name)]
    return {name: _plain(getattr(record, name)) if recurse else getattr(record, name) for name in names}


def _plain(value: Any) -> Any:
    if hasattr(type(value), "__fields__"):
        return asdict(value)
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {_plain(key): _plain(each) for key, each in value.items()}
    return value


# ---- making a class


class _Maker(NamedTuple):
    """Makes a class of another, which declares the fields."""

    kw_only: bool
    is_frozen: bool

    def __call__(self, cls: Any) -> Any:
        own = tuple(self._declared(cls))
        names = {each.name for each in own}
        inherited = tuple(each for each in getattr(cls, "__fields__", ()) if each.name not in names)
        body = {name: value for name, value in vars(cls).items() if name not in (*names, "__dict__", "__weakref__")}
        weak = () if cls.__base__.__weakrefoffset__ else ("__weakref__",)
        every = inherited + own
        body |= {
            "__qualname__": cls.__qualname__,
            "__slots__": (*(each.name for each in own), *weak),
            "__fields__": every,
            "__match_args__": tuple(each.name for each in every if each.init and not each.kw_only),
            "__attrs_attrs__": _ForAttrs(),
        }
        methods = _FROZEN if self.is_frozen else _CHANGING
        for name, method in (*methods.items(), ("__init__", _Constructor(is_frozen=self.is_frozen))):
            body.setdefault(name, method)
        made = type(cls)(cls.__name__, cls.__bases__, body)
        _move_cells(cls, made, body)
        return made

    def _declared(self, cls: Any) -> list[Attribute]:
        told = []
        for name, annotation in cls.__annotations__.items():
            if "ClassVar[" in annotation:
                continue
            value = vars(cls).get(name, NOTHING)
            each = value if isinstance(value, Attribute) else Attribute(default=value)
            told.append(
                each._replace(
                    name=name,
                    alias=each.alias or name.lstrip("_"),
                    annotation=annotation,
                    kw_only=each.kw_only or self.kw_only,
                )
            )
        return told


def _move_cells(cls: type, made: type, body: Mapping[str, Any]) -> None:
    """Have methods that say `super()` mean the class that was made, and not the one that it was made of."""
    for held in body.values():
        function = getattr(held, "__func__", held)
        if "__class__" in getattr(getattr(function, "__code__", None), "co_freevars", ()):
            for cell in cast("tuple[CellType, ...]", function.__closure__):
                if cell.cell_contents is cls:
                    cell.cell_contents = made


class _Constructor:
    """Stands for a constructor that is compiled when it is looked at: most classes' never are.

    Args:
        is_frozen: whether objects refuse to be changed.
    """

    def __init__(self, *, is_frozen: bool) -> None:
        self.wrap: Callable[[Any], Any] = lambda compiled: compiled
        self._is_frozen = is_frozen
        self._owner: Any = None

    def __set_name__(self, owner: type, name: str) -> None:
        self._owner = owner

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        compiled = self.wrap(_compiled(self._owner, is_frozen=self._is_frozen))
        if vars(self._owner).get("__init__") is self:
            self._owner.__init__ = compiled
        return compiled.__get__(instance, owner)


def _compiled(cls: type, *, is_frozen: bool) -> Any:
    """Compile the constructor of a class."""
    every = fields(cls)
    taken = [each for each in every if each.init]
    order = [each for each in taken if not each.kw_only], [each for each in taken if each.kw_only]
    told = ", ".join(["self", *map(_parameter, order[0]), *(["*"] if order[1] else []), *map(_parameter, order[1])])
    put = "_set(self, {name!r}, {value})" if is_frozen else "self.{name} = {value}"
    lines = [put.format(name=each.name, value=_value(each)) for each in every if each.init or not each.is_required]
    if hasattr(cls, "__post_init__"):
        lines.append("self.__post_init__()")
    given = {"_NOTHING": NOTHING, "_set": object.__setattr__}
    given |= {f"_default_{each.name}": each.default for each in every}
    given |= {f"_make_{each.name}": each.factory for each in every}
    body = "\n  ".join(lines or ["pass"])
    source = f"def _maker({', '.join(given)}):\n def __init__({told}):\n  {body}\n return __init__"
    made: dict[str, Any] = {}
    exec(source, vars(sys.modules[cls.__module__]), made)  # noqa: S102  # nosec B102 - names of our own fields
    constructor = made["_maker"](**given)
    constructor.__qualname__ = f"{cls.__qualname__}.__init__"
    constructor.__annotations__ = {each.alias: each.annotation for each in taken} | {"return": "None"}
    return constructor


def _parameter(each: Attribute) -> str:
    if each.is_required:
        return each.alias
    return f"{each.alias}=" + ("_NOTHING" if each.factory else f"_default_{each.name}")


def _value(each: Attribute) -> str:
    made = f"_make_{each.name}()"
    if not each.init:
        return made if each.factory else f"_default_{each.name}"
    return f"{made} if {each.alias} is _NOTHING else {each.alias}" if each.factory else each.alias


class _ForAttrs:
    """What the functions of attrs look for in a class: made when they do."""

    def __get__(self, instance: object, owner: Any = None) -> Any:
        try:
            import attrs
        except ImportError:
            raise AttributeError("__attrs_attrs__") from None
        told: dict[str, Any] = {}
        for each in fields(owner):
            words: dict[str, Any] = each._asdict() | {"type": each.annotation}
            for own in ("name", "annotation", "factory" if each.factory is None else "default"):
                del words[own]
            told[each.name] = attrs.field(**{name: value for name, value in words.items() if value is not NOTHING})
        owner.__attrs_attrs__ = vars(attrs.make_class(owner.__name__, told))["__attrs_attrs__"]
        return owner.__attrs_attrs__


# ---- what all classes share


@recursive_repr("...")
def _repr(self: Any) -> str:
    told = ((each, getattr(self, each.name)) for each in fields(type(self)) if each.repr)
    shown = (f"{each.name}={each.repr(value) if callable(each.repr) else repr(value)}" for each, value in told)
    return f"{type(self).__qualname__.rpartition('>.')[2]}({', '.join(shown)})"


def _eq(self: Any, other: object) -> Any:
    if other.__class__ is not self.__class__:
        return NotImplemented
    names = [each.name for each in fields(self.__class__) if each.eq]
    return all(getattr(self, name) == getattr(other, name) for name in names)


def _hash(self: Any) -> int:
    return hash((type(self), *(getattr(self, each.name) for each in fields(type(self)) if each.eq)))


def _refuse(self: Any, name: str, value: object = None) -> None:
    raise FrozenError(f"{type(self).__name__}.{name} can't be set: it never changes; make another one")


def _state(self: Any) -> dict[str, Any]:
    return {each.name: getattr(self, each.name) for each in fields(type(self)) if hasattr(self, each.name)}


def _set_state(self: Any, state: Mapping[str, Any]) -> None:
    for name, value in state.items():
        object.__setattr__(self, name, value)


# A class's own methods win.
_CHANGING: dict[str, Any] = {
    "__repr__": _repr,
    "__eq__": _eq,
    "__hash__": None,
    "__getstate__": _state,
    "__setstate__": _set_state,
}
_FROZEN: dict[str, Any] = {**_CHANGING, "__hash__": _hash, "__setattr__": _refuse, "__delattr__": _refuse}
