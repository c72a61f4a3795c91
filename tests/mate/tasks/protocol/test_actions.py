"""What comes out of the protocol."""

from __future__ import annotations

import pytest

from wyseos.mate.tasks.protocol.actions import Connect, Deliver, Done
from wyseos.mate.tasks.protocol.states import TaskState


@pytest.mark.parametrize("state", [state for state in TaskState if state.is_final])
def test_only_a_round_that_came_to_its_result_is_a_success(state: TaskState) -> None:
    assert Done(state).success == (state is TaskState.COMPLETED)


def test_what_an_action_does_not_say_is_nothing() -> None:
    assert Done(TaskState.COMPLETED) == Done(
        state=TaskState.COMPLETED, answer="", error=None, code=None, question=None, stop_confirmed=None
    )
    assert Connect() == Connect(renew=False)
    assert Deliver([]) == Deliver(items=[], size=0)
