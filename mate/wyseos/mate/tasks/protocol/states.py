"""The states of a task, what can happen to it, and the table that says what follows.

The rules:

1. All that can change the state of a task is a `Signal`, and `TRANSITIONS` says what each does in each state.
2. A signal that a state's row does not name leaves the state as it is. From the service that is no error
   (services grow, frames stray); from the user it is: `SessionExecutionError`.
3. `TaskMachine` assigns the state in one place, when a signal is received, never when results are iterated.
4. Time is passed in. Nothing here reads a clock, opens a socket or starts a thread.

`python -m wyseos.mate.tasks.protocol.diagram` draws the table; the page docs/states.md shows the drawing.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

OVER = frozenset({"complete", "stopped", "error"})
"""The statuses of a session in which nothing goes on any more, as the service names them."""


class TaskState(StrEnum):
    """Where a task is."""

    # The hash of an Enum is computed in Python, once for each look-up in the table; that of a string is kept in it.
    __hash__ = str.__hash__

    IDLE = "idle"
    STARTING = "starting"
    RUNNING = "running"
    AWAITING_PLAN = "awaiting_plan"
    AWAITING_INPUT = "awaiting_input"
    AWAITING_CONFIRMATION = "awaiting_confirmation"
    PAUSED = "paused"
    STOPPING = "stopping"
    COMPLETED = "completed"
    STOPPED = "stopped"
    FAILED = "failed"

    @property
    def is_awaiting(self) -> bool:
        """Whether the service waits for an answer."""
        return self in AWAITING

    @property
    def is_final(self) -> bool:
        """Whether the round is over; only a new start leads out."""
        return self in FINAL


class Signal(StrEnum):
    """What can happen to a task."""

    __hash__ = str.__hash__

    START = "start"
    ATTACH = "attach"
    ACTIVITY = "activity"
    ASK_PLAN = "ask plan"
    ASK_INPUT = "ask input"
    ASK_CONFIRMATION = "ask confirmation"
    ANSWER = "answer"
    PAUSE = "pause"
    STOP = "stop"
    RESULT = "result"
    HALT = "halt"
    ERROR = "error"
    GIVE_UP = "give up"


FINAL = frozenset({TaskState.COMPLETED, TaskState.STOPPED, TaskState.FAILED})
AWAITING = frozenset({TaskState.AWAITING_PLAN, TaskState.AWAITING_INPUT, TaskState.AWAITING_CONFIRMATION})

Row = Mapping[Signal, TaskState]

_BEGINNINGS: Row = {Signal.START: TaskState.STARTING, Signal.ATTACH: TaskState.RUNNING}
_ENDS: Row = {
    Signal.RESULT: TaskState.COMPLETED,
    Signal.HALT: TaskState.STOPPED,
    Signal.ERROR: TaskState.FAILED,
    Signal.GIVE_UP: TaskState.FAILED,
}
_QUESTIONS: Row = {
    Signal.ASK_PLAN: TaskState.AWAITING_PLAN,
    Signal.ASK_INPUT: TaskState.AWAITING_INPUT,
    Signal.ASK_CONFIRMATION: TaskState.AWAITING_CONFIRMATION,
}
_REQUESTS: Row = {Signal.PAUSE: TaskState.PAUSED, Signal.STOP: TaskState.STOPPING}
_AWAITED: Row = {Signal.ANSWER: TaskState.RUNNING, **_QUESTIONS, **_REQUESTS, **_ENDS}

TRANSITIONS: Mapping[TaskState, Row] = {
    TaskState.IDLE: {**_BEGINNINGS, Signal.GIVE_UP: TaskState.FAILED},
    TaskState.STARTING: {Signal.ACTIVITY: TaskState.RUNNING, **_QUESTIONS, **_REQUESTS, **_ENDS},
    TaskState.RUNNING: {Signal.ACTIVITY: TaskState.RUNNING, **_QUESTIONS, **_REQUESTS, **_ENDS},
    # Text may still arrive while the service waits; only an answer, from here or elsewhere, ends the waiting.
    TaskState.AWAITING_PLAN: {Signal.ACTIVITY: TaskState.AWAITING_PLAN, **_AWAITED},
    TaskState.AWAITING_INPUT: {Signal.ACTIVITY: TaskState.AWAITING_INPUT, **_AWAITED},
    TaskState.AWAITING_CONFIRMATION: {Signal.ACTIVITY: TaskState.AWAITING_CONFIRMATION, **_AWAITED},
    # The step under way may still report. A question, or a new start, is how a paused session goes on.
    TaskState.PAUSED: {
        Signal.START: TaskState.STARTING,
        Signal.ACTIVITY: TaskState.PAUSED,
        Signal.STOP: TaskState.STOPPING,
        **_QUESTIONS,
        **_ENDS,
    },
    # What was under way when the stop was sent may still come, its questions too; they are not put to anyone.
    TaskState.STOPPING: {Signal.ACTIVITY: TaskState.STOPPING, **_ENDS},
    # A round is over. A start begins the next one in the same session; one begun elsewhere is attached to.
    TaskState.COMPLETED: {Signal.ACTIVITY: TaskState.COMPLETED, **_BEGINNINGS},
    TaskState.STOPPED: {Signal.ACTIVITY: TaskState.STOPPED, **_BEGINNINGS},
    TaskState.FAILED: {Signal.ACTIVITY: TaskState.FAILED, **_BEGINNINGS},
}
