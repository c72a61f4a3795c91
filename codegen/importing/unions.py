"""Which unions the generator can tell apart: those of other JSON kinds, and those of objects that a field tells."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from codegen.documents import Json, last_part

Seen = Callable[[Json], Json]
"""Gives what a part of a union says, also through its `$ref`."""

_TEXTS = ("string", "date", "date-time")
_PLAIN = {"string", "integer", "number", "boolean", "date", "date-time"}


def is_told(parts: list[Json], is_discriminated: bool, seen: Seen) -> bool:
    """Whether the generator can tell the parts of a union, null aside, from each other.

    Args:
        parts: as the draft has them.
        is_discriminated: whether the union has a discriminator.
        seen: looks into a part.
    """
    kinds = [_kind(seen(part)) for part in parts]
    objects = [part for part, kind in zip(parts, kinds, strict=True) if kind == "class"]
    others = [kind for kind in kinds if kind != "class"]
    if not set(others) <= {*_PLAIN, "array", "dict"} or others.count("array") > 1:
        return False
    if len({kind for kind in others if kind in _TEXTS}) > 1 or (objects and "dict" in others):
        return False
    return len(objects) < 2 or is_discriminated or _is_constant(map(seen, objects))


def _kind(part: Json) -> str:
    if part.keys() & {"properties", "allOf"}:
        return "class"
    if part.get("type") == "object":
        return "map" if isinstance(part.get("additionalProperties"), dict) else "dict"
    kind = str(part.get("type", ""))
    return str(part["format"]) if kind == "string" and part.get("format") in _TEXTS else kind


def _is_constant(objects: Iterable[Json]) -> bool:
    """Whether one field is a constant in each object, and another in every one."""
    told = [_constants(each) for each in objects]
    for name, first in told[0].items():
        values = [first, *(each.get(name, frozenset()) for each in told[1:])]
        if all(values) and sum(map(len, values)) == len(frozenset().union(*values)):
            return True
    return False


def _constants(schema: Json) -> dict[str, frozenset[str]]:
    found = {}
    for part in (schema, *schema.get("allOf", ())):
        for name, given in part.get("properties", {}).items():
            values = [given["const"]] if "const" in given else given.get("enum", [])
            if all(isinstance(value, str) for value in values):
                found[name] = frozenset(values)
    return found


def renamed(discriminator: Json, members: dict[str, str]) -> tuple[Json, list[str]]:
    """Bring a discriminator to the names of the draft.

    Args:
        discriminator: as the document has it.
        members: what each schema of the union is called in the draft, by its name in the document.

    Returns:
        The discriminator, and the targets of its mapping that are no members, which it leaves out.
    """
    given = {value: last_part(str(target)) for value, target in discriminator.get("mapping", {}).items()}
    mapping = {value: f"#/components/schemas/{members[name]}" for value, name in given.items() if name in members}
    told = set(given.values())
    # What is in no mapping is told by its name, and that may be another now.
    mapping |= {
        name: f"#/components/schemas/{now}" for name, now in members.items() if name not in told and name != now
    }
    made = {"propertyName": discriminator["propertyName"], **({"mapping": mapping} if mapping else {})}
    return made, [name for name in given.values() if name not in members]
