"""The table of states: each cell, and what follows whatever happens."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.mate.tasks.protocol.machines import HUMAN, PATHS, START, S, machine_in, new_machine, sent
from tests.support import messages as said
from wyseos.mate.errors import SessionExecutionError
from wyseos.mate.tasks.protocol.commands import Answer, Attach, Pause, Stop
from wyseos.mate.tasks.protocol.inputs import Broken, Closed, Tick
from wyseos.mate.tasks.protocol.states import AWAITING, FINAL, OVER, TRANSITIONS, Signal, TaskState

INPUTS: dict[Signal, list[Any]] = {
    Signal.START: [START],
    Signal.ATTACH: [Attach()],
    Signal.ACTIVITY: [said.event(said.text())],
    Signal.ASK_PLAN: [said.event(said.plan()), said.event(said.question(request_id="new"))],
    Signal.ASK_INPUT: [said.event(said.question(request_id="new"))],
    Signal.ASK_CONFIRMATION: [said.event(said.question(request_id="new", kind="x_confirm"))],
    Signal.PAUSE: [Pause()],
    Signal.STOP: [Stop()],
    Signal.RESULT: [said.event(said.result())],
    Signal.HALT: [said.event(said.result(status="stopped"))],
    Signal.ERROR: [said.event(said.error())],
    Signal.GIVE_UP: [Broken("the connection is gone")],
}


@pytest.mark.parametrize("state", list(TaskState))
@pytest.mark.parametrize("signal", [signal for signal in Signal if signal is not Signal.ANSWER])
def test_each_cell_of_the_table_leads_where_it_says_and_an_empty_one_nowhere(state: S, signal: Signal) -> None:
    machine = machine_in(state)
    expected = TRANSITIONS[state].get(signal, state)
    try:
        for event in INPUTS[signal]:
            machine.receive(event, 1.0)
    except SessionExecutionError:
        assert signal not in TRANSITIONS[state]
    assert expected is machine.state


@pytest.mark.parametrize("state", list(TaskState))
def test_an_answer_is_taken_only_while_a_question_is_open(state: S) -> None:
    machine = machine_in(state)
    answer = Answer(text="Yes") if state is S.AWAITING_INPUT else Answer()
    if state in AWAITING:
        assert [sent_one["type"] for sent_one in sent(machine.receive(answer, 1.0))] == ["input"]
        assert TRANSITIONS[state][Signal.ANSWER] is machine.state
    else:
        with pytest.raises(SessionExecutionError, match="no open question"):
            machine.receive(answer, 1.0)
        assert state is machine.state


def test_every_state_has_a_row_and_only_known_signals() -> None:
    assert set(TaskState) == set(TRANSITIONS)
    assert {signal for row in TRANSITIONS.values() for signal in row} == set(Signal)


def test_the_properties_of_states_name_the_final_and_the_awaiting_ones() -> None:
    assert {state for state in TaskState if state.is_final} == set(FINAL)
    assert {state for state in TaskState if state.is_awaiting} == set(AWAITING)


def test_states_and_signals_are_the_words_that_programs_and_the_drawing_read() -> None:
    assert " ".join(TaskState) == (
        "idle starting running awaiting_plan awaiting_input awaiting_confirmation "
        "paused stopping completed stopped failed"
    )
    assert ", ".join(Signal) == (
        "start, attach, activity, ask plan, ask input, ask confirmation, "
        "answer, pause, stop, result, halt, error, give up"
    )


def test_the_statuses_in_which_nothing_goes_on_are_the_words_of_the_service() -> None:
    assert {"complete", "stopped", "error"} == OVER


EVENTS = [*PATHS[S.FAILED], *(event for inputs in INPUTS.values() for event in inputs), Tick(), Closed()]


@given(st.lists(st.tuples(st.sampled_from(EVENTS), st.floats(0, 5)), max_size=30))
def test_whatever_happens_in_whatever_order_the_state_follows_the_table(steps: list[tuple[Any, float]]) -> None:
    machine, now = new_machine(HUMAN), 0.0
    for event, passed in steps:
        before, now = machine.state, now + passed
        try:
            machine.receive(event, now)
        except SessionExecutionError:
            assert before is machine.state
            continue
        assert machine.state in {before, *TRANSITIONS[before].values()}
        assert (machine.question is not None) == machine.state.is_awaiting
