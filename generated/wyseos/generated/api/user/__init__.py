# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
"""The operations of one tag. Each is imported when it is first used."""

import types as _types
import typing as _typing

from wyseos.runtime.lazy import submodule as _submodule

if _typing.TYPE_CHECKING:
    from . import create_api_key as create_api_key
    from . import delete_api_key as delete_api_key
    from . import get_call_filter_values as get_call_filter_values
    from . import list_api_keys as list_api_keys
    from . import list_calls as list_calls

__all__ = (
    "create_api_key",
    "delete_api_key",
    "get_call_filter_values",
    "list_api_keys",
    "list_calls",
)


def __getattr__(name: str) -> _types.ModuleType:
    return _submodule(__name__, __all__, name)


def __dir__() -> list[str]:
    return sorted(__all__)
