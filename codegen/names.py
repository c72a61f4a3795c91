"""Names on the wire and in Python."""

from __future__ import annotations

import keyword

# Names that would hide what the annotations and methods of the same class use.
_HIDING = {
    "bool", "classmethod", "date", "datetime", "dict", "float", "frozenset", "int", "list", "property", "str", "super",
    "tuple",
}  # fmt: skip
# What every model has, or its class body uses.
_OF_EVERY_MODEL = {
    "FIELDS", "additional_properties", "define", "field", "from_dict", "get", "items", "json", "keys",
    "to_dict", "values",
}  # fmt: skip


def python_name(wire: str) -> str:
    """Give the Python name of a field or parameter: the wire's own wherever Python allows."""
    return f"{wire}_" if wire in _HIDING or keyword.iskeyword(wire) else wire


def name_fault(wire: str) -> str | None:
    """Tell what keeps a name on the wire from being one in Python, if anything does."""
    if not python_name(wire).isidentifier():
        return f"{wire!r} can't be a Python name"
    if wire in _OF_EVERY_MODEL or wire.startswith(("_", "model_dump", "model_validate", "model_copy")):
        return f"{wire} clashes with what every model has; name it otherwise"
    return None
