"""The Python SDK of WyseOS: start agent tasks, watch them live, read their results.

    from wyseos.mate import Client

    with Client() as client:                # settings: argument, environment, mate.yaml, default
        for team in client.team.iter_list():
            print(team.name)

Importing this package loads nothing else: each name below is loaded when it is first used.
"""

from typing import TYPE_CHECKING, Any

from wyseos.runtime.lazy import attribute

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
    return attribute(__name__, _HOME_OF, name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
