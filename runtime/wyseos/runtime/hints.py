"""What annotations and type checkers need of `typing`, for modules that every program loads.

`typing` takes as long as all else that `Client()` loads. An annotation is a text until somebody looks it up
(`typing.get_type_hints`, and whatever makes tools or forms of a signature): what stands in it is loaded then.

    from wyseos.runtime import hints as t

    def answer(self, **extra: t.Any) -> t.Self: ...
"""

from __future__ import annotations

TYPE_CHECKING = False
"""False when the program runs; type checkers know the name, and take it as true."""

if TYPE_CHECKING:
    from typing import Any as Any
    from typing import ClassVar as ClassVar
    from typing import Literal as Literal
    from typing import NoReturn as NoReturn
    from typing import Self as Self
    from typing import TypeAlias as TypeAlias
    from typing import Unpack as Unpack


_WORDS = ("Any", "ClassVar", "Literal", "NoReturn", "Self", "TypeAlias", "Unpack")


def __getattr__(name: str) -> object:
    if name not in _WORDS:  # an import asks for names of its own
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import typing

    return getattr(typing, name)
