"""What comes out of the protocol."""

from __future__ import annotations

import pytest

from wyseos.mate.tasks.protocol.actions import Done
from wyseos.mate.tasks.protocol.states import TaskState


@pytest.mark.parametrize("state", [state for state in TaskState if state.is_final])
def test_only_a_round_that_came_to_its_result_is_a_success(state: TaskState) -> None:
    assert Done(state).success == (state is TaskState.COMPLETED)
