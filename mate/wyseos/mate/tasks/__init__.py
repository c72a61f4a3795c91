"""Tasks: started with one call, watched event by event, answered, left and found again.

`protocol/` decides and is pure; `io/` does what it decides, on an event loop. Here is what a user holds: `handlers`,
`base_task` with `task` and `async_task`, `launch`, `client_methods`. The names that the signatures of a client need are
loaded when somebody looks them up, or starts the first task.
"""

from wyseos.runtime import hints as _t
from wyseos.runtime.hints import TYPE_CHECKING as _TYPE_CHECKING
from wyseos.runtime.lazy import attribute as _attribute

if _TYPE_CHECKING:
    from wyseos.mate.plan import Plan as Plan
    from wyseos.mate.policy.policy import Policy as Policy
    from wyseos.mate.tasks.async_task import AsyncTask as AsyncTask
    from wyseos.mate.tasks.handlers import AsyncOnConfirm as AsyncOnConfirm
    from wyseos.mate.tasks.handlers import AsyncOnInput as AsyncOnInput
    from wyseos.mate.tasks.handlers import AsyncOnPlan as AsyncOnPlan
    from wyseos.mate.tasks.handlers import Confirm as Confirm
    from wyseos.mate.tasks.handlers import Handlers as Handlers
    from wyseos.mate.tasks.handlers import OnConfirm as OnConfirm
    from wyseos.mate.tasks.handlers import OnEvent as OnEvent
    from wyseos.mate.tasks.handlers import OnInput as OnInput
    from wyseos.mate.tasks.handlers import OnPlan as OnPlan
    from wyseos.mate.tasks.open_question import OpenQuestion as OpenQuestion
    from wyseos.mate.tasks.result import Mode as Mode
    from wyseos.mate.tasks.result import TaskExecutionOptions as TaskExecutionOptions
    from wyseos.mate.tasks.result import TaskResult as TaskResult
    from wyseos.mate.tasks.starting import StartingTask as StartingTask
    from wyseos.mate.tasks.task import Task as Task

_HOMES = {
    "async_task": ("AsyncTask",),
    "handlers": (
        "AsyncOnConfirm",
        "AsyncOnInput",
        "AsyncOnPlan",
        "Confirm",
        "Handlers",
        "OnConfirm",
        "OnEvent",
        "OnInput",
        "OnPlan",
    ),
    "open_question": ("OpenQuestion",),
    ".plan": ("Plan",),
    ".policy.policy": ("Policy",),
    "result": (
        "Mode",
        "TaskExecutionOptions",
        "TaskResult",
    ),
    "starting": ("StartingTask",),
    "task": ("Task",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> "_t.Any":
    return _attribute(__name__, _HOME_OF, name)
