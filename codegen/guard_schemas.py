"""Refuses schemas that the generator would drop or get silently wrong, naming the place in the spec."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from codegen.documents import ASYNCAPI, OPENAPI, Documents, Json, last_part, pointer, walk
from codegen.errors import SpecError
from codegen.merge import discriminated
from codegen.names import name_fault, python_name
from codegen.parser import class_name, inline_name, module_name

Path = tuple[str | int, ...]

# All that the templates honour; any other keyword would be dropped without a word.
KEYWORDS = {
    "$comment", "$ref", "additionalProperties", "allOf", "anyOf", "const", "contentEncoding", "contentMediaType",
    "default", "deprecated", "description", "discriminator", "enum", "examples", "format", "items", "maxItems",
    "maxLength", "maximum", "minItems", "minLength", "minimum", "oneOf", "pattern", "properties", "required", "title",
    "type",
}  # fmt: skip
_INSTEAD = {
    "nullable": '; use oneOf with `type: "null"`',
    "patternProperties": "; use additionalProperties",
    "prefixItems": "; use items",
}
BESIDE_A_REFERENCE = {"$comment", "$ref", "deprecated", "description", "examples", "title"}

# The templates import these names beside the classes.
TAKEN_NAMES = {
    "Any", "Call", "Callable", "ClassVar", "Client", "Event", "Field", "FilePart", "Literal", "Mapping", "Model",
    "Operation", "Response", "Rule", "Self", "Sequence",
}  # fmt: skip


def schema_faults(documents: Documents) -> Iterator[SpecError]:
    """Find what the rules below object to, in both documents."""
    yield from _name_faults(documents)
    yield from _inline_name_faults(documents)
    named = {**_components(documents.asyncapi), **_components(documents.openapi)}
    for file, document in zip((OPENAPI, ASYNCAPI), documents, strict=True):
        for path, schema, is_inner in schemas_of(document):
            for rule, where, fault in _faults(schema, is_inner, named):
                yield SpecError(f"{file}#{pointer(*path, *where)}", fault, rule)


def _components(document: Json) -> Json:
    return dict(document.get("components", {}).get("schemas", {}))


def schemas_of(document: Json) -> Iterator[tuple[Path, Json, bool]]:
    """Yield every schema of a document, its path, and whether it is a part of another's value."""
    for name, schema in _components(document).items():
        yield from _with_inner(("components", "schemas", name), schema, False)
    for path, node in walk(document):
        in_sample = any(part in ("example", "examples", "schemas") for part in path)
        if isinstance(node.get("schema"), dict) and not in_sample:
            yield from _with_inner((*path, "schema"), node["schema"], False)


def _with_inner(path: Path, schema: Json, is_inner: bool) -> Iterator[tuple[Path, Json, bool]]:
    yield path, schema, is_inner
    for index, part in enumerate(schema.get("allOf", [])):
        yield from _with_inner((*path, "allOf", index), part, is_inner)
    for union in ("oneOf", "anyOf"):
        for index, part in enumerate(schema.get(union, [])):
            yield from _with_inner((*path, union, index), part, True)
    for name, part in schema.get("properties", {}).items():
        yield from _with_inner((*path, "properties", name), part, True)
    for keyword in ("items", "additionalProperties"):
        if isinstance(schema.get(keyword), dict):
            yield from _with_inner((*path, keyword), schema[keyword], True)


def _faults(schema: Json, is_inner: bool, named: Json) -> Iterator[tuple[str, Path, str]]:
    for keyword in schema:
        if keyword not in KEYWORDS and not keyword.startswith("x-"):
            yield "ignored", (keyword,), f"{keyword} is ignored by the generator" + _INSTEAD.get(keyword, "")
    for rule, objects, fault in _RULES:
        if objects(schema):
            yield rule, (), fault
    if is_inner and ("properties" in schema or "allOf" in schema):
        yield "inline-object", (), "is an object without a name; put it below components/schemas and refer to it"
    yield from _discriminator_faults(schema)
    yield from _property_faults(schema)
    for name in schema.get("required", []):
        if name not in _all_properties(schema, named):
            yield "required", ("required",), f"{name} is required, but is no property"


def _is_enum(values: list[Any]) -> bool:
    kinds = {type(value) for value in values}
    return kinds in ({str}, {int}) and len(set(values)) == len(values)


def _is_lost_default(schema: Json) -> bool:
    default = schema.get("default", [])
    return isinstance(default, dict) or (isinstance(default, list) and default != [])


def _beside_its_reference(schema: Json) -> set[str]:
    return {keyword for keyword in schema if keyword not in BESIDE_A_REFERENCE and not keyword.startswith("x-")}


# What no schema may be: the rule, how it is told, and what to write instead.
_RULES: tuple[tuple[str, Callable[[Json], object], str], ...] = (
    (
        "ignored",
        lambda s: "discriminator" in s and not s.keys() & {"oneOf", "anyOf"},
        "has a discriminator, but names no kinds, so that it is ignored; write `oneOf` of all of them beside it",
    ),
    (
        "types",
        lambda s: isinstance(s.get("type"), list),
        'has a list of types, which makes junk; use oneOf with `type: "null"`',
    ),
    (
        "reference",
        lambda s: "$ref" in s and _beside_its_reference(s),
        "has more than a description beside its $ref, which is dropped; put it where the $ref points to",
    ),
    (
        "const",
        lambda s: not isinstance(s.get("const", ""), str),
        "has a const that is no string; use a one-value enum",
    ),
    (
        "enum",
        lambda s: "enum" in s and not _is_enum(s["enum"]),
        "has an enum of something else than distinct strings or distinct whole numbers",
    ),
    (
        "array",
        lambda s: s.get("type") == "array" and "items" not in s,
        "is an array without items, and would be dropped; say what it holds",
    ),
    (
        "default",
        _is_lost_default,
        "has an object or a full list as its default, which is ignored; describe it in words",
    ),
    (
        "default",
        lambda s: "default" in s and s.get("format") in ("date", "date-time"),
        "has a moment as its default, which can't be written; describe it in words",
    ),
    (
        "map",
        lambda s: isinstance(s.get("additionalProperties"), dict) and ("properties" in s or "allOf" in s),
        "has typed additionalProperties beside its properties, which would be untyped; make them a property",
    ),
)


def _discriminator_faults(schema: Json) -> Iterator[tuple[str, Path, str]]:
    if "discriminator" not in schema or not schema.keys() & {"oneOf", "anyOf"}:
        return
    _, kinds = discriminated(schema)
    for value, target in schema["discriminator"].get("mapping", {}).items():
        if last_part(target) not in kinds:
            told = f"{target} is none of the kinds that it tells apart; add it to them, or leave it out"
            yield "union", ("discriminator", "mapping", value), told


def _property_faults(schema: Json) -> Iterator[tuple[str, Path, str]]:
    seen: dict[str, str] = {}
    for wire, given in schema.get("properties", {}).items():
        called = given.get("x-python-name")
        if fault := name_fault(wire, called):
            yield "python-name", ("properties", wire), fault
        name = python_name(wire, called)
        other = seen.setdefault(name, wire)
        if other != wire:
            yield "python-name", ("properties", wire), f"is {name} in Python, as {other} is"


def _all_properties(schema: Json, named: Json) -> set[str]:
    found = set(schema.get("properties", {}))
    for part in schema.get("allOf", []):
        found |= _all_properties(named.get(last_part(part.get("$ref", "")), part), named)
    return found


def _name_faults(documents: Documents) -> Iterator[SpecError]:
    seen: dict[str, str] = {}
    for file, document in zip((OPENAPI, ASYNCAPI), documents, strict=True):
        for name, schema in _components(document).items():
            # A bare reference under the same name is an alias, and means the same class.
            if last_part(schema.get("$ref", "")) == name:
                continue
            place = f"{file}#{pointer('components', 'schemas', name)}"
            if name != class_name(name):
                yield SpecError(place, f"can't be a class's name; write {class_name(name)}", "schema-name")
            if name in TAKEN_NAMES:
                yield SpecError(place, "is a name that the templates import; find another", "schema-name")
            # Some disks know no case, and the generator folds names: whichever of the two makes them one file.
            others = {seen.setdefault(folded, name) for folded in (name.lower(), module_name(name))} - {name}
            if others or (file == ASYNCAPI and name in _components(documents.openapi)):
                told = f"would be the same class as {next(iter(others), name)}; refer to that"
                yield SpecError(place, told, "schema-name")


def _inline_name_faults(documents: Documents) -> Iterator[SpecError]:
    """An enumeration written where it is used gets a class too, named by its owner and its property."""
    named = {**_components(documents.asyncapi), **_components(documents.openapi)}
    taken = {module_name(name): name for name in named}
    for file, document in zip((OPENAPI, ASYNCAPI), documents, strict=True):
        for owner, schema in _components(document).items():
            for wire, given in schema.get("properties", {}).items():
                for parts, steps in ((wire,), ()), ((f"{wire}_item",), ("items",)):
                    made = inline_name(owner, *parts)
                    holder = given.get("items", {}) if steps else given
                    if isinstance(holder, dict) and "enum" in holder and module_name(made) in taken:
                        place = f"{file}#{pointer('components', 'schemas', owner, 'properties', wire, *steps)}"
                        other = taken[module_name(made)]
                        told = (
                            f"is an enum that would be the class {made}, as {other} is; put it below a name of its own"
                        )
                        yield SpecError(place, told, "schema-name")
