# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
"""The operations of one tag. Each is imported when it is first used."""

import types as _types
import typing as _typing

from wyseos.runtime.lazy import submodule as _submodule

if _typing.TYPE_CHECKING:
    from . import create_product as create_product
    from . import get_product as get_product
    from . import list_categories as list_categories

__all__ = (
    "create_product",
    "get_product",
    "list_categories",
)


def __getattr__(name: str) -> _types.ModuleType:
    return _submodule(__name__, __all__, name)


def __dir__() -> list[str]:
    return sorted(__all__)
