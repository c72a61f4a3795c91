"""The Python SDK of WyseOS: start agent tasks, watch them live, read their results.

    from wyseos.mate import Client

    with Client() as client:                # settings: argument, environment, mate.yaml, default
        for team in client.team.iter_list():
            print(team.name)

Importing this package loads nothing else: each name below is loaded when it is first used.
"""

from wyseos.mate.version import __version__ as __version__
from wyseos.runtime import hints as _t
from wyseos.runtime.hints import TYPE_CHECKING as _TYPE_CHECKING
from wyseos.runtime.lazy import attribute as _attribute

if _TYPE_CHECKING:
    from wyseos.mate.client import AsyncClient as AsyncClient
    from wyseos.mate.client import Client as Client
    from wyseos.mate.config import ClientOptions as ClientOptions
    from wyseos.mate.config import load_config as load_config
    from wyseos.mate.errors import AnalysisFailedError as AnalysisFailedError
    from wyseos.mate.errors import AnalysisTimeoutError as AnalysisTimeoutError
    from wyseos.mate.errors import APIError as APIError
    from wyseos.mate.errors import AuthenticationError as AuthenticationError
    from wyseos.mate.errors import AuthorizationError as AuthorizationError
    from wyseos.mate.errors import ConfigError as ConfigError
    from wyseos.mate.errors import DecodeError as DecodeError
    from wyseos.mate.errors import NetworkError as NetworkError
    from wyseos.mate.errors import NotFoundError as NotFoundError
    from wyseos.mate.errors import RateLimitError as RateLimitError
    from wyseos.mate.errors import ServerError as ServerError
    from wyseos.mate.errors import SessionExecutionError as SessionExecutionError
    from wyseos.mate.errors import ValidationError as ValidationError
    from wyseos.mate.errors import WebSocketError as WebSocketError
    from wyseos.mate.errors import WyseError as WyseError
    from wyseos.mate.plan import Plan as Plan
    from wyseos.mate.plan import PlanStep as PlanStep
    from wyseos.mate.task_runner import create_task_runner as create_task_runner
    from wyseos.mate.tasks.async_task import AsyncTask as AsyncTask
    from wyseos.mate.tasks.protocol.questions import Question as Question
    from wyseos.mate.tasks.result import TaskExecutionOptions as TaskExecutionOptions
    from wyseos.mate.tasks.result import TaskMode as TaskMode
    from wyseos.mate.tasks.result import TaskResult as TaskResult
    from wyseos.mate.tasks.task import Task as Task

__all__ = [
    "APIError",
    "AnalysisFailedError",
    "AnalysisTimeoutError",
    "AsyncClient",
    "AsyncTask",
    "AuthenticationError",
    "AuthorizationError",
    "Client",
    "ClientOptions",
    "ConfigError",
    "DecodeError",
    "NetworkError",
    "NotFoundError",
    "Plan",
    "PlanStep",
    "Question",
    "RateLimitError",
    "ServerError",
    "SessionExecutionError",
    "Task",
    "TaskExecutionOptions",
    "TaskMode",
    "TaskResult",
    "ValidationError",
    "WebSocketError",
    "WyseError",
    "__version__",
    "create_task_runner",
    "load_config",
]

_HOMES = {
    "client": (
        "AsyncClient",
        "Client",
    ),
    "config": (
        "ClientOptions",
        "load_config",
    ),
    "errors": (
        "AnalysisFailedError",
        "AnalysisTimeoutError",
        "APIError",
        "AuthenticationError",
        "AuthorizationError",
        "ConfigError",
        "DecodeError",
        "NetworkError",
        "NotFoundError",
        "RateLimitError",
        "ServerError",
        "SessionExecutionError",
        "ValidationError",
        "WebSocketError",
        "WyseError",
    ),
    "plan": (
        "Plan",
        "PlanStep",
    ),
    "task_runner": ("create_task_runner",),
    "tasks.async_task": ("AsyncTask",),
    "tasks.protocol.questions": ("Question",),
    "tasks.result": (
        "TaskExecutionOptions",
        "TaskMode",
        "TaskResult",
    ),
    "tasks.task": ("Task",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> "_t.Any":
    return _attribute(__name__, _HOME_OF, name)


def __dir__() -> list[str]:
    return sorted(__all__)
