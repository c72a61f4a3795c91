"""A machine at a point of its round, and messages to hand it."""

from __future__ import annotations

from typing import Any

from tests.support import messages as said
from wyseos.generated.models import StartData, StartMessage, StartTask
from wyseos.mate.tasks.protocol.actions import SendMessage
from wyseos.mate.tasks.protocol.commands import Pause, Start, Stop
from wyseos.mate.tasks.protocol.inputs import Closed, Opened
from wyseos.mate.tasks.protocol.machine import TaskMachine
from wyseos.mate.tasks.protocol.policy import Answering, Policy
from wyseos.mate.tasks.protocol.states import TaskState

S = TaskState


START = Start(message=StartMessage(data=StartData(messages=[StartTask(content="Find trends")])))


HUMAN = Policy(plan=Answering.WAIT, text=Answering.WAIT, confirmation=Answering.WAIT)


# How each state is reached from a fresh machine, and what stands for each signal.
PATHS: dict[TaskState, list[Any]] = {
    S.IDLE: [],
    S.STARTING: [START],
    S.RUNNING: [START, said.event(said.text())],
    S.AWAITING_PLAN: [START, said.event(said.plan()), said.event(said.question())],
    S.AWAITING_INPUT: [START, said.event(said.question())],
    S.AWAITING_CONFIRMATION: [START, said.event(said.question(kind="x_confirm"))],
    S.PAUSED: [START, said.event(said.text()), Pause()],
    S.STOPPING: [START, said.event(said.text()), Stop()],
    S.COMPLETED: [START, said.event(said.result()), Closed()],
    S.STOPPED: [START, said.event(said.result(status="stopped"))],
    S.FAILED: [START, said.event(said.error())],
}


def new_machine(policy: Policy | None = None) -> Any:
    """A machine whose actions are not narrowed by type before each look at them."""
    return TaskMachine(policy)


def machine_in(state: TaskState, policy: Policy = HUMAN) -> Any:
    machine = new_machine(policy)
    for event in PATHS[state]:
        machine.receive(event, 0.0)
    assert state is machine.state
    return machine


def sent(actions: Any) -> list[dict[str, Any]]:
    return [action.message.to_dict() for action in actions if isinstance(action, SendMessage)]


def asked(machine: Any, *messages: dict[str, Any]) -> Any:
    """A machine that runs and was told these messages."""
    machine.is_connected = True
    machine.receive(START, 0.0)
    machine.receive(Opened(), 0.0)
    for event in said.events(*messages):
        machine.receive(event, 1.0)
    return machine
