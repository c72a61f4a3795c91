"""What a machine keeps has an end, whatever the service says."""

from __future__ import annotations

from tests.mate.tasks.protocol.machines import HUMAN, asked, new_machine
from tests.support import messages as said
from wyseos.mate.tasks.protocol.machine import MOST_QUESTIONS
from wyseos.mate.tasks.protocol.states import TaskState


def test_of_questions_without_end_the_oldest_are_forgotten() -> None:
    machine = new_machine(HUMAN)
    asked(machine, *(said.question(request_id=f"q{number}") for number in range(MOST_QUESTIONS + 3)))
    assert len(machine.questions) == MOST_QUESTIONS
    assert next(iter(machine.questions)) == "q3"
    assert machine.question.request_id == f"q{MOST_QUESTIONS + 2}"
    assert machine.state is TaskState.AWAITING_INPUT
