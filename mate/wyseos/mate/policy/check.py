"""Holds what a policy says against the shipped JSON Schema: the words in which it is refused are for people.

It knows the words of JSON Schema that this schema uses, and no others; a test holds its verdicts against the library's.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from typing import Any, Final, NamedTuple, TypeAlias

Schema: TypeAlias = Mapping[str, Any]
Path: TypeAlias = tuple[str | int, ...]

FILE: Final = "policy.schema.json"


class PolicyFault(NamedTuple):
    """What is wrong, and where: keys and places from the top on."""

    path: Path
    reason: str


def schema_text() -> str:
    """Return the schema as it is shipped."""
    from importlib.resources import files

    return files(__package__).joinpath(FILE).read_text("utf-8")


@cache
def schema() -> Schema:
    """Return the schema, decoded."""
    loaded: Schema = json.loads(schema_text())
    return loaded


def first_fault(value: object, definition: str | None = None) -> PolicyFault | None:
    """Return what is wrong with a value, None where nothing is.

    Args:
        value: what was given.
        definition: the part of the schema; None for the whole file's.
    """
    wanted = schema() if definition is None else schema()["$defs"][definition]
    return next(_faults(value, wanted, ()), None)


def _faults(value: object, wanted: Schema, path: Path) -> Iterator[PolicyFault]:
    wanted = _resolved(wanted)
    if "anyOf" in wanted:
        one, many = wanted["anyOf"]
        yield from _faults(value, many if isinstance(value, list) else one, path)
        return
    for word, check in _CHECKS.items():
        if word in wanted:
            found = [*check(value, wanted, path)]
            yield from found
            if found:
                return


def _resolved(wanted: Schema) -> Schema:
    while "$ref" in wanted:
        wanted = schema()["$defs"][wanted["$ref"].rpartition("/")[2]]
    return wanted


def _type(value: object, wanted: Schema, path: Path) -> Iterator[PolicyFault]:
    kind, words = _TYPES[wanted["type"]]
    if not isinstance(value, kind) or isinstance(value, bool):
        yield PolicyFault(path, f"is {_shown(value)}; give {words}")


def _const(value: object, wanted: Schema, path: Path) -> Iterator[PolicyFault]:
    if value != wanted["const"] or isinstance(value, bool):
        yield PolicyFault(path, f"is {_shown(value)}; this version of the SDK reads {wanted['const']!r} alone")


def _enum(value: object, wanted: Schema, path: Path) -> Iterator[PolicyFault]:
    known = wanted["enum"]
    if value not in known:
        yield PolicyFault(path, f"is {_shown(value)}; {_suggestion(value, known)}")


def _minimum(value: Any, wanted: Schema, path: Path) -> Iterator[PolicyFault]:
    if value < wanted["minimum"]:
        yield PolicyFault(path, f"is {value}; give at least {wanted['minimum']}")


def _not_empty(value: Any, wanted: Schema, path: Path) -> Iterator[PolicyFault]:
    if not value:
        yield PolicyFault(path, "is empty; give something, or leave it out")


def _items(value: Any, wanted: Schema, path: Path) -> Iterator[PolicyFault]:
    for number, item in enumerate(value):
        yield from _faults(item, wanted["items"], (*path, number))


def _required(value: Any, wanted: Schema, path: Path) -> Iterator[PolicyFault]:
    for name in wanted["required"]:
        if name not in value:
            yield PolicyFault(path, f"has no `{name}`; say {_remedy_for(name)}")


def _properties(value: Any, wanted: Schema, path: Path) -> Iterator[PolicyFault]:
    known = wanted["properties"]
    for name, held in value.items():
        if name in known:
            yield from _faults(held, known[name], (*path, name))
        else:
            yield PolicyFault((*path, str(name)), f"is not known here; {_suggestion(name, list(known))}")


def _if(value: Any, wanted: Schema, path: Path) -> Iterator[PolicyFault]:
    if next(_faults(value, wanted["if"], path), None) is None:
        yield from _faults(value, wanted["then"], path)


def _if_properties(value: Any, wanted: Schema, path: Path) -> Iterator[PolicyFault]:
    """The condition of an `if` looks at what it names alone."""
    for name, held in wanted["properties"].items():
        if name in value:
            yield from _faults(value[name], held, (*path, name))


_CHECKS: Final[dict[str, Callable[[Any, Schema, Path], Iterator[PolicyFault]]]] = {
    "type": _type,
    "const": _const,
    "enum": _enum,
    "minimum": _minimum,
    "minLength": _not_empty,
    "minItems": _not_empty,
    "items": _items,
    "additionalProperties": _properties,
    "properties": _if_properties,
    "required": _required,
    "if": _if,
}
_TYPES: Final[dict[str, tuple[type, str]]] = {
    "object": (dict, "names and values"),
    "array": (list, "a list"),
    "string": (str, "text; quote what YAML reads otherwise"),
    "integer": (int, "a whole number"),
}


def _shown(value: object) -> str:
    if value is None:
        return "empty"
    return f"{value!r:.40}" if isinstance(value, str | int | float) else f"a {type(value).__name__}"


def _suggestion(word: object, known: list[str]) -> str:
    close = get_close_matches(str(word).lower(), known, cutoff=0.5)
    return f"perhaps {close[0]!r} is meant" if close else f"known are {', '.join(known)}"


def _remedy_for(name: str) -> str:
    held = schema()["properties"].get(name) or schema()["$defs"]["rule"]["properties"][name]
    return f"`{name}: {'|'.join(held['enum'])}`" if "enum" in held else f"`{name}: …`"
