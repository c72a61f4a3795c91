"""What a document says, as Python source. A schema is data: nothing of it reaches a template but through here.

Class, field and module names are made by the parser and `codegen.names`, which let identifiers through alone.
"""

from __future__ import annotations

import re
from typing import Any

from codegen.errors import SpecError

# Control characters, which no source may hold, and lone surrogates, which no file can.
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
# A quote before another one, or at the end: what could become the three that end a docstring.
_ENDING = re.compile(r'"(?="|\Z)')


def literal(value: Any) -> str:
    """Write a value as a Python literal that reads as that value and as nothing else.

    Raises:
        SpecError: it is none that a schema can hold there.
    """
    if value is None or isinstance(value, str | bool | int | float):
        return repr(value)
    raise SpecError("a literal", f"is of type {type(value).__name__}, which is not written into source")


def docstring(text: str) -> str:
    r"""Write a text for the inside of a docstring, which it can't end: quotes and backslashes are escaped."""
    safe = _UNWRITABLE.sub("\ufffd", text).replace("\\", "\\\\")
    return _ENDING.sub('\\\\"', safe)
