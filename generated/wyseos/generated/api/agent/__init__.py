# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
"""The operations of one tag. Each is imported when it is first used."""

import types as _types
import typing as _typing

from wyseos.runtime.lazy import submodule as _submodule

if _typing.TYPE_CHECKING:
    from . import get_agent as get_agent
    from . import list_agents as list_agents

__all__ = (
    "get_agent",
    "list_agents",
)


def __getattr__(name: str) -> _types.ModuleType:
    return _submodule(__name__, __all__, name)


def __dir__() -> list[str]:
    return sorted(__all__)
