# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
"""The operations of one tag. Each is imported when it is first used."""

import types as _types
import typing as _typing

from wyseos.runtime.lazy import submodule as _submodule

if _typing.TYPE_CHECKING:
    from . import get_browser as get_browser
    from . import list_browser_pages as list_browser_pages
    from . import list_browsers as list_browsers
    from . import release_browser as release_browser

__all__ = (
    "get_browser",
    "list_browser_pages",
    "list_browsers",
    "release_browser",
)


def __getattr__(name: str) -> _types.ModuleType:
    return _submodule(__name__, __all__, name)


def __dir__() -> list[str]:
    return sorted(__all__)
