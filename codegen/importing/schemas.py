"""Brings schemas to what the generator takes: one spelling of null, no inline objects, names that are classes."""

from __future__ import annotations

import json
import keyword
import re
from collections.abc import Iterable
from typing import Any

from jsonschema import Draft202012Validator

from codegen.documents import Json, last_part, pointer, walk
from codegen.guard_schemas import BESIDE_A_REFERENCE, KEYWORDS, TAKEN_NAMES
from codegen.importing.notes import Notes
from codegen.importing.samples import sample_of
from codegen.importing.unions import is_told, renamed
from codegen.names import name_fault, python_name
from codegen.parser import class_name, inline_name, module_name

Place = tuple[str | int, ...]

_NULL: Json = {"type": "null"}
_COMPONENTS = ("components", "schemas")


class Schemas:
    """The named schemas of a draft, which grow as inline objects are given names.

    Args:
        document: the document; its named schemas are replaced.
        notes: takes what is filled in, and what is lost.
    """

    def __init__(self, document: Json, notes: Notes) -> None:
        self._notes = notes
        self._shapes: dict[str, str] = {}
        self.named: Json = {}
        self._document = document
        given = self._given = document.setdefault("components", {}).pop("schemas", {})
        self._renamed = self._names(given)
        document["components"]["schemas"] = self.named
        for name in given:
            self.named[self._renamed[name]] = {}  # taken, before any inline object asks for a name
        for name, schema in given.items():
            self.named[self._renamed[name]] = self.plain(schema, (*_COMPONENTS, name), self._renamed[name], True)

    def _names(self, given: Json) -> dict[str, str]:
        renamed: dict[str, str] = {}
        for name in given:
            wanted = self._free(_as_class(name), _taken(renamed.values()))
            renamed[name] = wanted
            if wanted != name:
                self._notes.drafted(
                    pointer(*_COMPONENTS, name), f"is called {wanted}, since its name can't be a class's"
                )
        return renamed

    def _free(self, wanted: str, taken: set[str]) -> str:
        number, free = 2, wanted
        while {module_name(free), free.lower()} & taken or free in TAKEN_NAMES:
            free, number = f"{wanted}{number}", number + 1
        return free

    def add(self, wanted: str, schema: Json, place: Place) -> Json:
        """Give an object a name, that of its like if there is one; gives the reference to it."""
        shape = json.dumps(
            {word: schema[word] for word in schema if word not in ("description", "examples")}, sort_keys=True
        )
        if shape not in self._shapes:
            name = self._free(_as_class(wanted), _taken(self.named))
            self._notes.drafted(pointer(*place), f"is an object without a name; it is called {name}")
            self._shapes[shape] = name
            self.named[name] = schema
        return {"$ref": "#/components/schemas/" + self._shapes[shape]}

    def plain(self, schema: Any, place: Place, owner: str, is_named: bool = False) -> Json:
        """Give a schema as the generator takes it.

        Args:
            schema: as the document has it.
            place: where it stands there.
            owner: the name that it has, or that an inline object gets.
            is_named: whether it stands below components, where an object may.
        """
        if not isinstance(schema, dict):
            return {}  # `true`: anything
        schema = self._one_null(dict(schema), place)
        if "$ref" in schema:
            return self._reference(schema, place)
        union = next((word for word in ("oneOf", "anyOf") if word in schema), None)
        if union:
            return self._union(schema, union, place, owner)
        self._constant(schema)
        self._inner(schema, place, owner)
        self._leave_out(schema, place)
        is_object = bool(schema.keys() & {"properties", "allOf"})
        return self.add(owner, schema, place) if is_object and not is_named else schema

    def _reference(self, schema: Json, place: Place) -> Json:
        name = last_part(schema["$ref"])
        if not schema["$ref"].startswith("#/components/schemas/") or name not in self._renamed:
            self._notes.lost(pointer(*place), f"refers to {schema['$ref']}, which is nowhere; anything is taken there")
            return {"description": "Anything."}
        beside = {word: value for word, value in schema.items() if word in BESIDE_A_REFERENCE - {"examples"}}
        if dropped := sorted(word for word in schema if word not in BESIDE_A_REFERENCE and not word.startswith("x-")):
            self._notes.lost(pointer(*place), f"{', '.join(dropped)} beside a $ref: put it where that points to")
        return {**beside, "$ref": f"#/components/schemas/{self._renamed[name]}"}

    def _one_null(self, schema: Json, place: Place) -> Json:
        """Write every spelling of "or null" as oneOf."""
        kinds = schema.get("type")
        nullable = bool(schema.pop("nullable", False))
        if isinstance(kinds, list):
            nullable = nullable or "null" in kinds
            others = [kind for kind in kinds if kind != "null"]
            if len(others) != 1:
                schema.pop("type")
                schema = {"oneOf": [{**schema, "type": kind} for kind in others]} if others else {"type": "null"}
            else:
                schema["type"] = others[0]
        if None in schema.get("enum", ()):
            nullable, schema["enum"] = True, [value for value in schema["enum"] if value is not None]
        if not nullable:
            return schema
        words: Json = {
            word: schema.pop(word)
            for word in ("description", "deprecated", "x-python-name", "discriminator")
            if word in schema
        }
        return {**words, "oneOf": [*schema.get("oneOf", [schema]), dict(_NULL)]}

    def _union(self, schema: Json, union: str, place: Place, owner: str) -> Json:
        parts = [
            self.plain(part, (*place, union, index), f"{owner}{index or ''}")
            for index, part in enumerate(schema[union])
        ]
        parts = list({json.dumps(part, sort_keys=True): part for part in parts}.values())
        others = [part for part in parts if part != _NULL and part.get("type") != "null"]
        words: Json = {word: schema[word] for word in ("description", "deprecated", "x-python-name") if word in schema}
        told = self._discriminator(schema, others, place)
        if len(others) > 1 and not is_told(others, bool(told), self._seen):
            kinds = f"is one of {len(others)} kinds ({', '.join(map(_told, others))})"
            self._notes.lost(
                pointer(*place),
                f"{kinds}, which the generator can't tell apart; it is read as it comes, as a plain dict: give each "
                "a const of one name, name one, or read it by hand",
            )
            return words
        if len(others) == len(parts) == 1:
            return {**others[0], **words}
        return {**words, "oneOf": [*others, *([dict(_NULL)] if len(others) < len(parts) else [])], **told}

    def _discriminator(self, schema: Json, others: list[Json], place: Place) -> Json:
        if not isinstance(schema.get("discriminator"), dict) or len(others) < 2:
            return {}
        now = {last_part(part["$ref"]) for part in others if "$ref" in part}
        members = {name: called for name, called in self._renamed.items() if called in now}
        made, lost = renamed(schema["discriminator"], members)
        for name in lost:
            self._notes.lost(pointer(*place, "discriminator"), f"tells of {name}, which is none of the kinds")
        return {"discriminator": made} if len(members) == len(now) else {}

    def _seen(self, part: Json) -> Json:
        """Give what a part of a union says, also where the schema that it refers to is not drafted yet."""
        name = last_part(part.get("$ref", ""))
        if not name:
            return part
        given: Json = next((self._given[old] for old, now in self._renamed.items() if now == name), {})
        return self.named.get(name) or given

    def _constant(self, schema: Json) -> None:
        if "const" in schema and not isinstance(schema["const"], str):
            schema["enum"] = [schema.pop("const")]

    def _inner(self, schema: Json, place: Place, owner: str) -> None:
        if "allOf" in schema:
            self._joined(schema, place, owner)
        properties = schema.get("properties", {})
        for wire, inner in properties.items():
            properties[wire] = self._property(inner, (*place, "properties", wire), owner, wire)
        if properties:
            schema["type"] = "object"
            called = {python_name(wire, inner.get("x-python-name")) for wire, inner in properties.items()}
            if len(called) < len(properties):
                _tell_apart(properties)
        if schema.get("type") == "array":
            schema["items"] = self.plain(schema.get("items", {}), (*place, "items"), f"{owner}Item")
        if isinstance(schema.get("additionalProperties"), dict):
            if properties:
                self._notes.lost(pointer(*place), "has typed values beside its properties: they are kept untyped")
                schema["additionalProperties"] = True
            else:
                inner = self.plain(schema["additionalProperties"], (*place, "additionalProperties"), f"{owner}Value")
                schema["additionalProperties"] = inner or True
        known = _all_names(self, schema)
        if "required" in schema:
            schema["required"] = [name for name in dict.fromkeys(schema["required"]) if name in known]

    def _joined(self, schema: Json, place: Place, owner: str) -> None:
        parts = [self.plain(part, (*place, "allOf", index), owner, True) for index, part in enumerate(schema["allOf"])]
        own = {word: schema.pop(word) for word in ("properties", "required", "type") if word in schema}
        if own.get("properties"):
            parts.append(self.plain({**own, "type": "object"}, place, owner, True))
        schema["allOf"] = parts

    def _property(self, inner: Any, place: Place, owner: str, wire: str) -> Json:
        found = self.plain(inner, place, f"{owner}{_as_class(wire)}")
        if not found.get("description"):
            found["description"] = f"The {re.sub(r'[^a-zA-Z0-9]+', ' ', wire).strip() or 'value'}."
        if name_fault(wire, found.get("x-python-name")):
            found["x-python-name"] = _as_name(wire)
            self._notes.drafted(pointer(*place), f"is {found['x-python-name']} in Python")
        if "enum" in found and module_name(inline_name(owner, wire)) in map(module_name, self.named):
            found = {**self.add(f"{owner}{_as_class(wire)}Kind", {"description": found["description"], **found}, place),
                     "description": found["description"]}  # fmt: skip
        return found

    def _leave_out(self, schema: Json, place: Place) -> None:
        if "example" in schema:
            schema.setdefault("examples", [schema.pop("example")])
        values = schema.get("enum")
        if values is not None and (not values or {type(value) for value in values} not in ({str}, {int})):
            self._notes.lost(
                pointer(*place), f"enum {values} is neither of strings nor of whole numbers: any value is taken"
            )
            del schema["enum"]
        elif values is not None:
            schema["enum"] = list(dict.fromkeys(values))
        default = schema.get("default")
        if "default" in schema and (
            default is None
            or isinstance(default, dict)
            or (isinstance(default, list) and default)
            or schema.get("format") in ("date", "date-time")
        ):
            self._notes.lost(pointer(*place), f"default {default!r} can't stand in a signature: describe it in words")
            del schema["default"]
        if schema.pop("discriminator", None):
            told = (
                "has a discriminator, but its kinds are in no oneOf: it is read as what they share; write oneOf of them"
            )
            self._notes.lost(pointer(*place), told)
        for word in ("exclusiveMinimum", "exclusiveMaximum"):
            if isinstance(schema.get(word), bool):  # as OpenAPI 3.0 has it
                del schema[word]
        for word in [word for word in schema if word not in KEYWORDS and not word.startswith("x-")]:
            self._notes.lost(pointer(*place), f"{word} is not checked: the service will")
            del schema[word]

    def finish(self, document: Json) -> None:
        """Write what our own rules want: words, and examples that fit; those that do not are left out."""
        self._document = document
        for path, node in walk(document):
            if isinstance(node.get("examples"), list) and "schemas" in path[:-1]:
                kept = [sample for sample in node["examples"] if self.fits(sample, _placed(node))]
                if len(kept) < len(node["examples"]):
                    self._notes.drafted(pointer(*path), "an example that does not fit its schema is left out")
                node["examples"] = kept
                if not kept:
                    del node["examples"]
        for name, schema in self.named.items():
            schema.setdefault("description", f"{' '.join(re.findall('[A-Z]?[^A-Z]+|[A-Z]+', name)).capitalize()}.")
            schema["description"] = schema["description"] or f"{name}."
            schema.setdefault("examples", [self.sample(schema)])

    def sample(self, schema: Json) -> Any:
        """Make an example of a schema of this draft."""
        return sample_of({"components": {"schemas": self.named}}, schema)

    def fits(self, value: Any, schema: Json) -> bool:
        """Whether a value is what a schema of this draft describes."""
        whole = {**schema, "components": {"schemas": self.named}}  # where its references look
        checked = Draft202012Validator(whole, format_checker=Draft202012Validator.FORMAT_CHECKER)
        return bool(checked.is_valid(value))


def _placed(node: Json) -> Json:
    return {word: value for word, value in node.items() if word != "examples"}


def _all_names(schemas: Schemas, schema: Json) -> set[str]:
    found = set(schema.get("properties", {}))
    for part in schema.get("allOf", ()):
        found |= _all_names(schemas, schemas.named.get(last_part(part.get("$ref", "")), part))
        if "$ref" in part:
            found |= {"*"}
    return set(schema.get("required", ())) if "*" in found else found


def _told(part: Json) -> str:
    return last_part(part["$ref"]) if "$ref" in part else str(part.get("type", "anything"))


def _taken(names: Iterable[str]) -> set[str]:
    """Give what no other name may become: some disks know no case, and the generator folds names."""
    return {folded for name in names for folded in (name.lower(), module_name(name))}


def _as_class(name: str) -> str:
    made = class_name(re.sub(r"[^A-Za-z0-9_]+", " ", name).strip() or "Value")  # as OpenAPI wants them
    return made if made == class_name(made) else class_name(made)


def _as_name(wire: str) -> str:
    name = re.sub(r"\W+", "_", wire).strip("_")
    name = f"field_{name}" if not name or not (name.isidentifier() or keyword.iskeyword(name)) else name
    return f"{name}_field" if name_fault(wire, name) else name


def _tell_apart(properties: Json) -> None:
    seen: set[str] = set()
    for wire, inner in properties.items():
        name, number = python_name(wire, inner.get("x-python-name")), 2
        while name in seen:
            name, number = f"{python_name(wire, inner.get('x-python-name'))}_{number}", number + 1
            inner["x-python-name"] = name
        seen.add(name)
