"""Holds what a file or a program orders against its schema: the first fault, with its place, in words for people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from difflib import get_close_matches
from functools import cache
from math import isfinite
from typing import Any, NamedTuple

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

from wyseos.mate.emulator.faults.kinds import Json
from wyseos.mate.emulator.schemas.fault_schema import fault_schema
from wyseos.mate.emulator.schemas.scenario_schema import scenario_schema
from wyseos.runtime.validation import is_torn

_LONGEST_QUOTE = 60


class Flaw(NamedTuple):
    """What is wrong: the place, such as `steps[2].wait`, empty for the whole; and the reason."""

    place: str
    reason: str


def check_scenario(told: Any) -> Flaw | None:
    """Tell what is wrong with a scenario, or None."""
    return _flaw(_validator("scenario"), told)


def check_faults(told: Any) -> Flaw | None:
    """Tell what is wrong with the content of a file of faults, or None."""
    return _flaw(_validator("faults"), told)


def check_order(told: Any) -> Flaw | None:
    """Tell what is wrong with an order of one fault, or None."""
    return _flaw(_validator("order"), told)


def _schemas() -> dict[str, Json]:
    order = {"$ref": "#/$defs/fault", "$defs": fault_schema()["$defs"]}
    return {"scenario": scenario_schema(), "faults": fault_schema(), "order": order}


# YAML and Python have more than JSON: 1.0 counts nothing, and no JSON tells infinity.
_STRICT = Draft202012Validator.TYPE_CHECKER.redefine_many(
    {
        "integer": lambda _, value: isinstance(value, int) and not isinstance(value, bool),
        "number": lambda _, value: isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value),
    }
)
_Validator: Any = extend(Draft202012Validator, type_checker=_STRICT)  # type: ignore[no-untyped-call]  # it has no types


@cache
def _validator(name: str) -> Any:
    return _Validator(_schemas()[name])


def _flaw(validator: Any, told: Any) -> Flaw | None:
    try:
        foreign = next(_foreign(told, ""), None)
        if foreign is not None:
            return foreign
        errors: list[ValidationError] = list(validator.iter_errors(told))
    except RecursionError:
        return Flaw("", "it nests too deeply")
    if not errors:
        return None
    # A word too many tells more than the one that is missing for it.
    first = min(errors, key=lambda error: (len(error.absolute_path), error.validator == "required"))
    return Flaw(_place(first.absolute_path), _reason(first)[:600])


def _foreign(value: Any, place: str) -> Iterator[Flaw]:
    """Find what no JSON could tell."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if not isinstance(key, str):
                yield Flaw(place, f"the key {key!r} is no text; put it in quotes")
            yield from _foreign(key, place)
            yield from _foreign(inner, _place([key], place))
    elif isinstance(value, list | tuple):
        for n, inner in enumerate(value):
            yield from _foreign(inner, f"{place}[{n}]")
    elif isinstance(value, float) and not isfinite(value):
        yield Flaw(place, f"{value} is no number that JSON could tell")
    elif isinstance(value, str) and is_torn(value):
        yield Flaw(place, "it holds half a character (a lone surrogate)")
    elif not isinstance(value, str | int | float | None):
        yield Flaw(place, f"a {type(value).__name__} can't be told in JSON")


def _place(path: Any, place: str = "") -> str:
    for part in path:
        place += f"[{part}]" if isinstance(part, int) else f".{part}" if place else str(part)
    return place


def _quoted(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE] + "…"


def _reason(error: ValidationError) -> str:
    schema: Any = error.schema
    told = schema.get("patternErrorMessage") if error.validator == "pattern" else schema.get("errorMessage")
    if told and error.validator not in ("additionalProperties", "dependentRequired", "required"):
        return str(told)
    name = str(error.validator)
    return _WORDING[name](error) if name in _WORDING else str(error.message)


def _surplus(error: ValidationError) -> str:
    given: Any = error.instance
    schema: Any = error.schema
    known = list(schema["properties"])
    unknown = [name for name in given if name not in known]
    near = get_close_matches(unknown[0], known, 1)
    hint = f"did you mean {near[0]!r}?" if near else f"it takes {', '.join(known)}"
    return f"it takes no {', '.join(map(repr, unknown))}; {hint}"


def _missing(error: ValidationError) -> str:
    wanted: Any = error.validator_value
    given: Any = error.instance
    return f"`{next(name for name in wanted if name not in given)}` is missing"


def _missing_beside(error: ValidationError) -> str:
    wanted: Any = error.validator_value
    given: Any = error.instance
    name, needed = next((n, need) for n, needs in wanted.items() if n in given for need in needs if need not in given)
    return f"`{needed}` is missing beside `{name}`"


def _not_among(error: ValidationError) -> str:
    values: Any = error.validator_value
    allowed = [value for value in values if value is not None]
    near = get_close_matches(str(error.instance), map(str, allowed), 1)
    hint = f"did you mean {near[0]!r}? " if near else ""
    return f"{_quoted(error.instance)} can't be here; {hint}it is one of {', '.join(map(repr, allowed))}"


def _wrong_kind(error: ValidationError) -> str:
    kinds: Any = error.validator_value
    needed = " or ".join(_KIND_NAMES[kind] for kind in ([kinds] if isinstance(kinds, str) else kinds))
    return f"{_quoted(error.instance)} is of the wrong kind; {needed} is needed"


_KIND_NAMES = {
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "an object",
    "null": "nothing",
}
_WORDING: dict[str, Callable[[ValidationError], str]] = {
    "additionalProperties": _surplus,
    "required": _missing,
    "dependentRequired": _missing_beside,
    "enum": _not_among,
    "type": _wrong_kind,
}
