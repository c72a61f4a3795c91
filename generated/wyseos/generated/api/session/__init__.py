# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
"""The operations of one tag. Each is imported when it is first used."""

import types as _types
import typing as _typing

from wyseos.runtime.lazy import submodule as _submodule

if _typing.TYPE_CHECKING:
    from . import create_session as create_session
    from . import get_marketing_data as get_marketing_data
    from . import get_session as get_session
    from . import list_current_sessions as list_current_sessions
    from . import list_messages as list_messages
    from . import list_messages_between as list_messages_between
    from . import update_session_name as update_session_name
    from . import upload_files as upload_files

__all__ = (
    "create_session",
    "get_marketing_data",
    "get_session",
    "list_current_sessions",
    "list_messages",
    "list_messages_between",
    "update_session_name",
    "upload_files",
)


def __getattr__(name: str) -> _types.ModuleType:
    return _submodule(__name__, __all__, name)


def __dir__() -> list[str]:
    return sorted(__all__)
