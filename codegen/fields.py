"""What the templates need to know of each property: its annotation, how to read it, what it must hold when written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from codegen.documents import Json
from codegen.errors import SpecError
from codegen.literals import literal
from codegen.names import python_name
from codegen.parser import (
    AnyProperty,
    BooleanProperty,
    ConstProperty,
    DateProperty,
    DateTimeProperty,
    FileProperty,
    FloatProperty,
    IntProperty,
    ListProperty,
    LiteralEnumProperty,
    ModelProperty,
    NoneProperty,
    StringProperty,
    UnionProperty,
    UuidProperty,
    text_of,
)

CALLED = "{reader}(get({wire}))"


class Kind(NamedTuple):
    """One kind of value."""

    annotation: str
    reader: str
    """An expression for the reader, see support/reading.py."""
    fast: str = CALLED
    """How `from_dict` reads it; the usual case without a call where that pays."""
    models: frozenset[str] = frozenset()
    """The model classes that reading needs."""
    names: frozenset[str] = frozenset()
    """The other names (enumerations) that the annotation needs."""
    checked: str = ""
    """The Python types that a request may hold, as the text of a tuple; empty for any."""
    wanted: str = "a value"
    """What to give, for a message."""
    element: str = ""
    """The Rule(…) expression of a list's elements, or nothing."""
    nullable: bool = False
    """Whether the schema lists null among its values."""


class FieldView(NamedTuple):
    """One field of a model, or one parameter of an operation, ready for a template."""

    name: str
    wire: str
    kind: Kind
    required: bool
    default: str | None
    doc: str
    rule: str
    """The Rule(…) expression of what the schema asks of it."""
    values: str
    """The name of the enumeration's set of values, or nothing."""
    secret: bool = False
    """Whether no repr may show it (security row 1): `format: password` in the schema."""
    limits: str = ""
    """What may be given, in words."""
    empty: str = ""
    """What it reads as where it is absent: the schema's `default`; nothing for None."""
    place: str = ""
    """Where a parameter stands: `path`, `query`, `header` or `cookie`."""
    separator: str = ""
    """What stands between the elements of a parameter that is a list; empty where each is told by itself."""

    @property
    def annotation(self) -> str:
        """The attribute's or parameter's annotation."""
        given = self.default is not None or (self.required and not self.kind.nullable)
        return self.kind.annotation if given or self.kind.annotation == "Any" else f"{self.kind.annotation} | None"

    @property
    def declaration(self) -> str:
        """The parameter's declaration."""
        default = self._given_default
        return f"{self.name}: {self.annotation}" + ("" if default is None else f" = {default}")

    def attribute(self, first: bool) -> str:
        """The attribute's declaration.

        All but the first and those that must be given are given by name: a field that is added anywhere then shifts no
        argument into another's place, and one that must be given is missed by the type checkers.
        """
        default = self._given_default
        by_name_only = default is not None and not first
        options = ["repr=False"] if self.secret else []
        options += ["factory=list"] if default == "[]" else [f"default={default}"] if default is not None else []
        options += ["kw_only=True"] if by_name_only else []
        if self.secret or by_name_only or default == "[]":
            return f"{self.name}: {self.annotation} = field({', '.join(options)})"
        return self.declaration

    @property
    def told(self) -> str:
        """What it is and what may be given, for a docstring."""
        return " ".join(filter(None, (self.doc or "As on the wire.", self.limits)))

    @property
    def _given_default(self) -> str | None:
        return self.default if self.default is not None or self.required else "None"

    @property
    def written(self) -> FieldView:
        """The same where it is only ever written: an enumeration's documented values alone will do."""
        kind = self.kind
        if kind.reader not in ("text", "integer") or not kind.names:
            return self
        return self._replace(kind=kind._replace(annotation=" | ".join(sorted(kind.names)), fast=CALLED))


# Most messages leave most of their fields out: then nothing is called.
_SKIPPED = "{reader}(v) if (v := get({wire})) is not None else None"

_AS_IT_IS = "v if (v := get({{wire}})) is None or type(v) is {type} else {{reader}}(v)"

_TEXT = Kind("str", "text", _AS_IT_IS.format(type="str"), checked="(str,)", wanted="a string")

# How a field is read instead that must be there.
_IF_REQUIRED = {
    _TEXT.fast: "v if type(v := get({wire})) is str else text(v)",
    _AS_IT_IS.format(type="int"): CALLED,
    _SKIPPED: CALLED,
}

_PLAIN: dict[type, Kind] = {
    StringProperty: _TEXT,
    IntProperty: Kind("int", "integer", _AS_IT_IS.format(type="int"), checked="(int,)", wanted="a whole number"),
    FloatProperty: Kind("float", "number", _SKIPPED, checked="(int, float)", wanted="a number"),
    BooleanProperty: Kind("bool", "flag", _SKIPPED, checked="(bool,)", wanted="True or False"),
    DateTimeProperty: Kind("datetime", "moment", _SKIPPED, checked="(datetime,)", wanted="a datetime"),
    DateProperty: Kind("date", "day", _SKIPPED, checked="(date,)", wanted="a date"),
    UuidProperty: _TEXT,
    FileProperty: _TEXT,  # within JSON, where a string is all it can be
    AnyProperty: Kind("Any", "anything", "get({wire})"),
    NoneProperty: Kind("None", "nothing"),
}
_FREEFORM = Kind("dict[str, Any]", "freeform", checked="(dict,)", wanted="a dict")


def is_freeform(model: ModelProperty) -> bool:
    """Whether a model has no properties of its own: it is then a plain dict in Python, and no class."""
    # The raw schema is asked: a property that refers to a model may have been copied before that was parsed.
    return not (model.data.properties or model.data.allOf)


def kind_of(prop: Any, place: str) -> Kind:
    """Give the kind of a parsed property.

    Raises:
        SpecError: for what would be typed or read wrongly.
    """
    if type(prop) in _PLAIN:
        return _PLAIN[type(prop)]
    for known, build in _COMPOSED.items():
        if isinstance(prop, known):
            return build(prop, place)
    raise SpecError(place, f"is a {type(prop).__name__}, which the templates do not know")


def _const(prop: ConstProperty, _: str) -> Kind:
    return _TEXT._replace(annotation=f"Literal[{literal(prop.value.raw_value)}]", fast=CALLED)


def _enum(prop: LiteralEnumProperty, _: str) -> Kind:
    name = prop.class_info.name
    plain = _PLAIN[IntProperty if prop.value_type is int else StringProperty]
    return plain._replace(annotation=f"{name} | {plain.annotation}", names=frozenset({name}))


def _model(prop: ModelProperty, place: str) -> Kind:
    if is_freeform(prop):
        return _mapping(prop, place)
    name = prop.class_info.name
    wanted = f"an {name}" if name[0] in "AEIOU" else f"a {name}"
    return Kind(name, f"model({name})", _SKIPPED, frozenset({name}), checked=f"({name}, dict)", wanted=wanted)


def _mapping(prop: ModelProperty, place: str) -> Kind:
    # The parser gives an AnyProperty for `additionalProperties: true`, a typed one for a map.
    inner = prop.additional_properties
    if inner is None or isinstance(inner, AnyProperty):
        return _FREEFORM
    value = kind_of(inner, place)
    return value._replace(
        annotation=f"dict[str, {_held(value)}]", reader=f"mapping({_within(value)})",
        fast=_SKIPPED, checked="(dict,)", wanted="a dict", nullable=False,
    )  # fmt: skip


def _within(kind: Kind) -> str:
    return kind.reader.replace("model(", "element(") + (", nulls=True" if kind.nullable else "")


def _held(kind: Kind) -> str:
    return f"{kind.annotation} | None" if kind.nullable and kind.annotation != "Any" else kind.annotation


def _list(prop: ListProperty, place: str) -> Kind:
    item = kind_of(prop.inner_property, place)
    if isinstance(prop.inner_property, ListProperty):
        item = _row(prop.inner_property, place)
    required = "" if item.nullable else ", required=True"
    element = f"Rule('', {item.checked}, {item.wanted!r}{required})" if item.checked else ""
    return Kind(
        f"list[{_held(item)}]", f"listing({_within(item)})", _SKIPPED,
        item.models, item.names, "(list, tuple)", "a list", element,
    )  # fmt: skip


def _row(prop: ListProperty, place: str) -> Kind:
    """Give the kind of a list within a list: a row, or coordinates, where leaving one out would shift the others."""
    item = kind_of(prop.inner_property, place)._replace(nullable=True)
    return _list(prop, place)._replace(annotation=f"list[{_held(item)}]", reader=f"listing({_within(item)})")


def _union(prop: UnionProperty, place: str) -> Kind:
    parts = [inner for inner in prop.inner_properties if not isinstance(inner, NoneProperty)]
    if not parts:
        return _PLAIN[NoneProperty]
    nullable = len(parts) < len(prop.inner_properties)
    kinds = [kind_of(part, place) for part in parts]
    if len(kinds) == 1:
        return kinds[0]._replace(nullable=nullable or kinds[0].nullable)
    objects = [part for part in parts if isinstance(part, ModelProperty) and not is_freeform(part)]
    lists = [kind for kind, part in zip(kinds, parts, strict=True) if isinstance(part, ListProperty)]
    plain = [kind for kind, part in zip(kinds, parts, strict=True) if not _is_structured(part)]
    if len(lists) > 1 or (objects and any("dict" in kind.annotation for kind in plain)):
        raise SpecError(place, "is a union of several lists, or of an object and a map; name one of them", "union")
    readers = [*_readers_of(objects, place), *(kind.reader for kind in lists), *_plain_readers(plain, place)]
    annotation = " | ".join(dict.fromkeys(kind.annotation for kind in kinds))
    is_told = len(objects) > 1
    types = dict.fromkeys(kind.checked.strip("(,)") for kind in kinds)
    checked = ", ".join([*types, *(["dict"] if is_told else [])])
    return Kind(
        f"{annotation} | dict[str, Any]" if is_told else annotation, _either(readers), _SKIPPED,
        models=frozenset[str]().union(*(kind.models for kind in kinds)),
        names=frozenset[str]().union(*(kind.names for kind in kinds)),
        checked=f"({', '.join(dict.fromkeys(checked.split(', ')))},)",
        wanted=" or ".join(dict.fromkeys(kind.wanted for kind in kinds)), nullable=nullable,
    )  # fmt: skip


def _is_structured(part: Any) -> bool:
    return isinstance(part, ListProperty) or (isinstance(part, ModelProperty) and not is_freeform(part))


def _either(readers: list[str]) -> str:
    first, *others = readers
    for each in others:
        first = f"either({first}, {each})"
    return first


def _readers_of(objects: list[ModelProperty], place: str) -> list[str]:
    """Give the one reader of a union's objects, which a field tells apart."""
    names = [each.class_info.name for each in objects]
    if len(objects) < 2:
        return [f"element({name})" for name in names]
    told = [_values_of(each.data) for each in objects]
    for field, first in told[0].items():
        every = [first, *(each.get(field, ()) for each in told[1:])]
        if all(every) and sum(map(len, every)) == len({value for values in every for value in values}):
            rows = [f"{literal(value)}: {name}" for name, values in zip(names, every, strict=True) for value in values]
            return [f"told_by({literal(field)}, {{{', '.join(rows)}}})"]
    fault = f"is a union of {', '.join(names)}, which no field tells apart"
    raise SpecError(place, f"{fault}; give each a const of one name, say a discriminator, or name one", "union")


def _values_of(data: Any) -> dict[str, tuple[str, ...]]:
    """Give the fields of an object's raw schema that are one text, or one of a few."""
    found: dict[str, tuple[str, ...]] = {}
    for part in (data, *(data.allOf or ())):
        for name, given in (getattr(part, "properties", None) or {}).items():
            const = getattr(given, "const", None)
            values = [const] if const is not None else getattr(given, "enum", None) or []
            found[text_of(name)] = tuple(text_of(value) for value in values)
    return found


def _plain_readers(kinds: list[Kind], place: str) -> list[str]:
    """Give the readers of a union's other kinds, which JSON itself tells apart."""
    readers = [kind.reader for kind in kinds]
    if not all(reader in _TOLD_APART or reader in _FROM_TEXT for reader in readers) or _texts(readers) > 1:
        raise SpecError(place, "is a union of kinds that JSON can't tell apart; name one of them", "union")
    told = ", ".join(dict.fromkeys(_TOLD_APART[reader] for reader in readers if reader in _TOLD_APART))
    return [*([f"one_of({told})"] if told else []), *filter(_FROM_TEXT.get, readers)]


# The kinds that a union may have, and the types that tell them; and those that are read from a text, one at most.
_TOLD_APART = {"text": "str", "integer": "int", "number": "int, float", "flag": "bool", "freeform": "dict"}
_FROM_TEXT = {"moment": "datetime", "day": "date"}


def _texts(readers: list[str]) -> int:
    return len({reader for reader in readers if reader == "text" or reader in _FROM_TEXT})


_COMPOSED: dict[type, Callable[[Any, str], Kind]] = {
    ConstProperty: _const,
    LiteralEnumProperty: _enum,
    ModelProperty: _model,
    ListProperty: _list,
    UnionProperty: _union,
}


def view(prop: Any, data: Json, place: str) -> FieldView:
    """Give a property's view.

    Args:
        prop: the parsed property.
        data: its raw schema, which still has the limits that the parser drops.
        place: where it stands in the spec.

    Raises:
        SpecError: if its kind is not supported.
    """
    wire = text_of(prop.name)
    name = python_name(wire, data.get("x-python-name"))
    kind = kind_of(prop, place)
    if prop.required:
        kind = kind._replace(fast=_IF_REQUIRED.get(kind.fast, kind.fast))
    rule = _rule(name, prop, kind, data)
    return FieldView(
        name, wire, kind, prop.required, _default(prop, data), _doc(prop, data), rule, _values(prop),
        secret=data.get("format") == "password", limits=limits_of(data), empty=_empty(prop, data),
    )  # fmt: skip


def _empty(prop: Any, data: Json) -> str:
    """What the service takes an absent field for; what equals it is left out, unless the service asks for it."""
    default = data.get("default")
    if default is None or isinstance(prop, ConstProperty) or (prop.required and default not in ([], "")):
        return ""
    return "[]" if default == [] else literal(default)


def _default(prop: Any, data: Json) -> str | None:
    if isinstance(prop, ConstProperty):
        return literal(text_of(prop.value.raw_value))
    default = data.get("default")
    return None if default is None else "[]" if default == [] else literal(default)


def _doc(prop: Any, data: Json) -> str:
    told = str(data.get("description") or text_of(prop.description))
    return " ".join([*told.split(), *(["Deprecated: the service may drop it."] if data.get("deprecated") else [])])


def _values(prop: Any) -> str:
    inner = next(_enums(prop), None)
    return f"{inner.get_class_name_snake_case().upper()}_VALUES" if inner else ""


def _enums(prop: Any) -> Iterator[LiteralEnumProperty]:
    if isinstance(prop, LiteralEnumProperty):
        yield prop
    elif isinstance(prop, UnionProperty):
        for inner in prop.inner_properties:
            yield from _enums(inner)


def limits_of(data: Json) -> str:
    """Tell in words what a schema asks of a value, in sentences that end the field's own."""
    unit = "elements" if data.get("type") == "array" else "characters"
    low, high = data.get("minimum"), data.get("maximum")
    shortest, longest = data.get("minItems", data.get("minLength")), data.get("maxItems", data.get("maxLength"))
    told = [
        (f"From {low} to {high}.", low is not None and high is not None),
        (f"At least {low}.", low is not None and high is None),
        (f"At most {high}.", high is not None and low is None),
        ("Not empty.", shortest == 1),
        (f"At least {shortest} {unit}.", shortest not in (None, 0, 1)),
        (f"At most {longest} {unit}.", longest is not None),
        ("Not blank.", data.get("pattern") == r"\S"),
        (f"Matches `{data.get('pattern')}`.", data.get("pattern") not in (None, r"\S")),
    ]
    return " ".join(text for text, holds in told if holds)


_LIMITS = {"minLength": "min_length", "maxLength": "max_length", "minItems": "min_length", "maxItems": "max_length",
           "minimum": "minimum", "maximum": "maximum", "pattern": "pattern"}  # fmt: skip


def _limits(prop: Any, data: Json) -> list[str]:
    """Give the arguments of a rule that say how much, and which values."""
    told = [f"{argument}={data[limit]!r}" for limit, argument in _LIMITS.items() if limit in data]
    enum = next(_enums(prop), None)
    return [*told, f"values={tuple(sorted(enum.values))!r}"] if enum else told


def _rule(name: str, prop: Any, kind: Kind, data: Json) -> str:
    arguments = [repr(name), kind.checked or "()", repr(kind.wanted)]
    if prop.required and not kind.nullable and not isinstance(prop, ConstProperty):
        arguments.append("required=True")
    arguments += _limits(prop, data)
    if kind.element:
        more = _limits(getattr(prop, "inner_property", None), data.get("items", {}))
        arguments.append(f"item={', '.join([kind.element[:-1], *more])})")
    return f"Rule({', '.join(arguments)})"
