"""Names on the wire and in Python."""

from __future__ import annotations

import keyword

# Names that would hide what the annotations and methods of the same class use.
_HIDING = {
    "bool", "classmethod", "date", "datetime", "dict", "float", "frozenset", "int", "list", "property", "self", "str",
    "super", "tuple",
}  # fmt: skip
# What every model has, or its class body uses.
_OF_EVERY_MODEL = {
    "FIELDS", "additional_properties", "define", "field", "from_dict", "get", "items", "json", "keys",
    "to_dict", "values",
}  # fmt: skip


_REMEDY = "name it otherwise, or write its name in Python as x-python-name"


def python_name(wire: str, given: str | None = None) -> str:
    """Give the Python name of a field or parameter: the wire's own wherever Python allows.

    Args:
        wire: its name on the wire.
        given: what the schema names it in Python (`x-python-name`), where it does.
    """
    name = wire if given is None else given
    return f"{name}_" if name in _HIDING or keyword.iskeyword(name) else name


def name_fault(wire: str, given: str | None = None) -> str | None:
    """Tell what keeps a name on the wire, or the one given instead, from being one in Python, if anything does."""
    name = python_name(wire, given)
    if not name.isidentifier():
        return f"{given or wire!r} can't be a Python name; {_REMEDY}"
    if name in _OF_EVERY_MODEL or name.startswith(("_", "model_dump", "model_validate", "model_copy")):
        return f"{name} clashes with what every model has; {_REMEDY}"
    return None
