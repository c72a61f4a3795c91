"""The Python SDK of WyseOS: start agent tasks, watch them live, read their results.

    from wyseos.mate import Client

    with Client() as client:                # settings: argument, environment, mate.yaml, default
        for team in client.team.iter_list():
            print(team.name)

Importing this package loads nothing else: each name below is loaded when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wyseos.mate.client import AsyncClient as AsyncClient
    from wyseos.mate.client import Client as Client
    from wyseos.mate.config import ClientOptions as ClientOptions
    from wyseos.mate.config import load_config as load_config
    from wyseos.mate.errors import APIError as APIError
    from wyseos.mate.errors import ConfigError as ConfigError
    from wyseos.mate.errors import NetworkError as NetworkError
    from wyseos.mate.errors import SessionExecutionError as SessionExecutionError
    from wyseos.mate.errors import ValidationError as ValidationError
    from wyseos.mate.errors import WebSocketError as WebSocketError
    from wyseos.mate.errors import WyseError as WyseError
    from wyseos.mate.task_runner import create_task_runner as create_task_runner

__version__ = "0.4.0"

__all__ = [
    "APIError",
    "AsyncClient",
    "Client",
    "ClientOptions",
    "ConfigError",
    "NetworkError",
    "SessionExecutionError",
    "ValidationError",
    "WebSocketError",
    "WyseError",
    "__version__",
    "create_task_runner",
    "load_config",
]

_HOMES = {
    "client": ("AsyncClient", "Client"),
    "config": ("ClientOptions", "load_config"),
    "errors": (
        "APIError",
        "ConfigError",
        "NetworkError",
        "SessionExecutionError",
        "ValidationError",
        "WebSocketError",
        "WyseError",
    ),
    "task_runner": ("create_task_runner",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value  # found at once the next time
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
