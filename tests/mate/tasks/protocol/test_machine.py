"""The machine, cell by cell and rule by rule; time is passed in, nothing is waited for."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import messages as said
from wyseos.generated.models import PauseMessage, StartData, StartMessage, StartTask, StopMessage
from wyseos.mate.errors import SessionExecutionError
from wyseos.mate.plan import Plan, PlanOverallStatus
from wyseos.mate.tasks.protocol.actions import AskAgain, Done, FetchStream, PutQuestion, RoundOver, SendMessage
from wyseos.mate.tasks.protocol.commands import Answer, Attach, Decline, Pause, Start, Stop
from wyseos.mate.tasks.protocol.inputs import Broken, Closed, Opened, Reopened, Resynced, Tick
from wyseos.mate.tasks.protocol.machine import FOLLOW_UP_PATIENCE, STOP_OUTAGE, STOP_PATIENCE, TaskMachine
from wyseos.mate.tasks.protocol.policy import Answering, Policy
from wyseos.mate.tasks.protocol.questions import QuestionKind
from wyseos.mate.tasks.protocol.states import AWAITING, FINAL, TRANSITIONS, Signal, TaskState

S = TaskState
START = Start(message=StartMessage(data=StartData(messages=[StartTask(content="Find trends")])))
LATER = Start(message=START.message, resend_in=frozenset({"complete"}))
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


# ---- beginnings


def test_a_start_is_sent_once_the_connection_is_open_and_begins_a_round() -> None:
    machine = new_machine()
    assert list(machine.receive(START, 0.0)) == []
    [message] = sent(machine.receive(Opened(), 0.1))
    assert message == {"type": "start", "data": {"messages": [{"type": "task", "content": "Find trends"}]}}


def test_without_a_start_nothing_goes_out() -> None:
    assert list(new_machine().receive(Opened(), 1.0)) == []


@pytest.mark.parametrize(("command", "message"), [(Pause("wait"), PauseMessage), (Stop("enough"), StopMessage)])
def test_what_is_asked_for_before_there_is_a_connection_goes_out_after_the_start(command: Any, message: Any) -> None:
    machine = new_machine()
    machine.receive(START, 0.0)
    machine.receive(command, 0.5)
    assert list(machine.receive(Opened(), 1.0)) == [
        SendMessage(START.message),
        SendMessage(message(reason=command.reason)),
    ]


def test_a_second_round_forgets_the_plan_and_the_outcome_of_the_first() -> None:
    machine = machine_in(S.COMPLETED)
    machine.receive(said.event(said.plan()), 1.0)
    machine.receive(START, 2.0)
    assert (machine.plan, machine.outcome, machine.state) == (None, None, S.STARTING)


# ---- questions


@pytest.mark.parametrize(
    ("before", "asked", "kind"),
    [
        ([said.plan()], said.question(kind="x_confirm"), QuestionKind.CONFIRMATION),
        ([said.plan()], said.question(), QuestionKind.PLAN),
        ([said.plan(kind="update_plan")], said.question(), QuestionKind.PLAN),
        ([said.plan(), said.warning(), said.unknown()], said.question(), QuestionKind.PLAN),
        ([said.plan(), said.plan_status()], said.question(), QuestionKind.TEXT),
        ([said.plan(), said.text()], said.question(), QuestionKind.TEXT),
        ([said.plan()], said.question(source="marketing_analyst"), QuestionKind.PLAN),
        ([], said.question(source="marketing_analyst"), QuestionKind.REPORT),
        ([], said.question(), QuestionKind.TEXT),
    ],
)
def test_what_an_input_asks_for_is_decided_in_the_order_of_the_protocol(before: Any, asked: Any, kind: Any) -> None:
    machine = new_machine(HUMAN)
    machine.receive(START, 0.0)
    for event in said.events(*before):
        machine.receive(event, 0.0)
    [action] = machine.receive(said.event(asked), 0.0)
    assert isinstance(action, PutQuestion)
    assert kind is action.question.kind


def test_an_input_without_a_request_id_cannot_be_answered_and_is_only_an_event() -> None:
    machine = machine_in(S.RUNNING)
    assert list(machine.receive(said.event({"type": "input", "message_id": "m", "message": None}), 1.0)) == []
    assert machine.state is S.RUNNING


def test_a_plan_is_approved_at_once_where_the_policy_says_so() -> None:
    machine = new_machine()
    machine.receive(START, 0.0)
    machine.receive(said.event(said.plan()), 0.0)
    [message] = sent(machine.receive(said.event(said.question(request_id="r7")), 0.0))
    assert message["data"] == {"input_type": "plan", "request_id": "r7", "response": {"accepted": True}}
    assert machine.state is S.RUNNING


def test_an_edited_plan_goes_back_with_the_approval() -> None:
    machine = machine_in(S.AWAITING_PLAN)
    edited = Plan(Plan(said.event(said.plan()).message.data).steps[:1])
    [message] = sent(machine.receive(Answer(plan=edited), 1.0))
    assert message["data"]["response"] == {"accepted": True, "plan": edited.to_list()}


def test_a_refusal_says_what_to_improve() -> None:
    [message] = sent(machine_in(S.AWAITING_PLAN).receive(Answer(accepted=False, text="Shorter"), 1.0))
    assert message["data"]["response"] == {"accepted": False, "content": "Shorter"}


def test_an_x_confirm_is_confirmed_or_stops_the_task_as_the_policy_says() -> None:
    for confirmation, kind, state in ((Answering.AUTOMATIC, "input", S.RUNNING), (Answering.STOP, "stop", S.STOPPING)):
        machine = new_machine(Policy(confirmation=confirmation))
        machine.receive(START, 0.0)
        [message] = sent(machine.receive(said.event(said.question(kind="x_confirm")), 0.0))
        assert (kind, state) == (message["type"], machine.state)


def test_a_refused_confirmation_stops_the_task() -> None:
    machine = machine_in(S.AWAITING_CONFIRMATION)
    assert [message["type"] for message in sent(machine.receive(Answer(accepted=False), 1.0))] == ["stop"]


def test_a_question_that_nobody_can_answer_ends_the_round_and_is_carried_by_the_error() -> None:
    machine = new_machine(Policy(text=Answering.NOBODY))
    machine.receive(START, 0.0)
    [done, over] = machine.receive(said.event(said.question()), 0.0)
    assert (isinstance(done, Done), over) == (True, RoundOver())
    assert done.error == "the task asks, and nobody is there to answer: Shall I?"
    assert done.question is not None
    assert done.question.to_dict()["request_id"] == "r"


def test_a_declined_question_falls_to_the_fallback_policy() -> None:
    machine = new_machine(Policy(plan=Answering.WAIT, fallback=Policy()))
    machine.receive(START, 0.0)
    machine.receive(said.event(said.plan()), 0.0)
    machine.receive(said.event(said.question()), 0.0)
    assert list(machine.receive(Decline("another"), 0.0)) == []
    assert [message["type"] for message in sent(machine.receive(Decline("r"), 0.0))] == ["input"]


def test_text_and_leave_are_not_mixed_up() -> None:
    with pytest.raises(SessionExecutionError, match=r"respond\(\)"):
        machine_in(S.AWAITING_INPUT).receive(Answer(), 1.0)
    with pytest.raises(SessionExecutionError, match=r"approve\(\) or reject\(\)"):
        machine_in(S.AWAITING_PLAN).receive(Answer(text="Yes"), 1.0)


def test_an_answer_to_a_question_that_is_not_open_any_more_is_refused_and_nothing_is_sent() -> None:
    with pytest.raises(SessionExecutionError, match="not open any more"):
        machine_in(S.AWAITING_INPUT).receive(Answer(text="Yes", request_id="old"), 1.0)


def asked(machine: Any, *messages: dict[str, Any]) -> Any:
    """A machine that runs and was told these messages."""
    machine.is_connected = True
    machine.receive(START, 0.0)
    machine.receive(Opened(), 0.0)
    for event in said.events(*messages):
        machine.receive(event, 1.0)
    return machine


def test_several_questions_are_open_at_once_and_each_is_answered_by_its_own_id() -> None:
    machine = asked(new_machine(HUMAN), said.question("a", "r1"), said.question("b", "r2"))
    assert list(machine.questions) == ["r1", "r2"]
    [message] = sent(machine.receive(Answer(text="one", request_id="r1"), 2.0))
    assert (message["data"]["request_id"], machine.question.request_id, machine.state) == ("r1", "r2", S.AWAITING_INPUT)
    [message] = sent(machine.receive(Answer(text="two"), 3.0))
    assert (message["data"]["request_id"], machine.question, machine.state) == ("r2", None, S.RUNNING)


def test_a_question_that_somebody_else_answered_is_closed_by_the_next_one() -> None:
    machine = asked(new_machine(HUMAN), said.plan("p"), said.question("a", "r1"), said.progress("w"))
    assert list(machine.questions) == ["r1"]
    machine.receive(said.event(said.question("b", "r2", kind="x_confirm")), 2.0)
    assert list(machine.questions) == ["r2"]
    with pytest.raises(SessionExecutionError, match="not open any more"):
        machine.receive(Answer(request_id="r1"), 3.0)


def test_what_another_agent_does_does_not_close_a_question_for_text() -> None:
    other = {**said.progress("w"), "source": "researcher"}
    machine = asked(new_machine(HUMAN), said.question("a", "r1"), other, said.question("b", "r2"))
    assert list(machine.questions) == ["r1", "r2"]


def test_a_confirmed_question_that_the_service_asks_again_is_not_put_again() -> None:
    machine = asked(new_machine(), said.question("a", "r1", kind="x_confirm"))
    assert list(machine.receive(said.event(said.question("b", "r1", kind="x_confirm")), 2.0)) == []


def test_the_rounds_clock_stands_while_a_question_is_open_to_a_person() -> None:
    machine = new_machine(Policy(text=Answering.WAIT, completion_timeout=100))
    machine.receive(START, 0.0)
    machine.receive(said.event(said.question()), 40.0)
    assert (machine.deadline, machine.has_limit) == (None, True)
    machine.receive(Answer(text="Yes"), 1000.0)
    assert machine.deadline == 1060.0


def test_an_error_that_says_that_nothing_was_asked_is_no_end_unless_the_status_says_so() -> None:
    machine = asked(new_machine(HUMAN), said.question())
    machine.receive(Answer(text="Yes"), 2.0)
    assert list(machine.receive(said.event(said.error(code=4000)), 3.0)) == [AskAgain(5.0)]
    assert list(machine.receive(Resynced("active"), 8.0)) == []
    [done, _] = machine.receive(Resynced("error"), 9.0)
    assert (done.state, done.error) == (S.FAILED, "rate limited")


def test_an_open_question_that_was_asked_again_is_the_last_one() -> None:
    machine = asked(new_machine(HUMAN), said.question("a", "r1"), said.question("b", "r2"), said.question("c", "r1"))
    assert list(machine.questions) == ["r2", "r1"]


# ---- plans and streams


def test_the_plan_follows_its_updates() -> None:
    machine = machine_in(S.RUNNING)
    plans: list[Any] = []
    for message in (said.plan_status(), said.plan(), said.plan_status(step="1", status="done")):
        machine.receive(said.event(message), 0.0)
        plans.append(machine.plan and machine.plan.status)
    assert plans == [None, PlanOverallStatus.NOT_STARTED, PlanOverallStatus.IN_PROGRESS]


@pytest.mark.parametrize(
    ("kind", "kinds"),
    [
        ("writer_twitter", ("tweet",)),
        ("marketing_tweet_reply", ("reply",)),
        ("marketing_tweet_interact", ("like", "retweet")),
    ],
)
def test_the_end_of_a_stream_asks_for_its_whole_data_and_a_chunk_does_not(kind: str, kinds: Any) -> None:
    machine = machine_in(S.RUNNING)
    assert list(machine.receive(said.event(said.draft("a", "d", "x", 0)), 0.0)) == []
    assert list(machine.receive(said.event(said.stream_end("b", kind)), 0.0)) == [FetchStream(kind, kinds)]


# ---- ends


def test_a_result_is_told_at_once_and_the_round_is_over_with_its_follow_up() -> None:
    machine = machine_in(S.RUNNING)
    machine.is_connected = True
    [done] = machine.receive(said.event(said.result("r", "42")), 1.0)
    assert done == Done(S.COMPLETED, answer="42") == machine.outcome
    assert (machine.deadline, machine.is_ending) == (1.0 + FOLLOW_UP_PATIENCE, True)
    assert list(machine.receive(said.event(said.follow_up()), 1.1)) == [RoundOver()]
    assert (machine.deadline, machine.is_ending) == (None, False)


@pytest.mark.parametrize("end", [Tick(), Closed(), Broken("cut")])
def test_a_missing_follow_up_is_not_waited_for_for_long_nor_once_the_connection_is_closed(end: Any) -> None:
    machine = machine_in(S.RUNNING)
    machine.receive(said.event(said.result()), 0.0)
    assert list(machine.receive(Tick(), 0.1)) == []
    assert not machine.due(FOLLOW_UP_PATIENCE)
    assert list(machine.receive(end, FOLLOW_UP_PATIENCE)) == [RoundOver()]


def test_an_error_of_the_service_ends_the_round_with_its_code() -> None:
    assert list(machine_in(S.RUNNING).receive(said.event(said.error(code=4201)), 0.0)) == [
        Done(S.FAILED, error="rate limited", code=4201),
        RoundOver(),
    ]


def test_an_error_without_words_still_says_something() -> None:
    [done, _] = machine_in(S.RUNNING).receive(said.event({"type": "error", "code": 5000}), 0.0)
    assert done.error == "the service reports an error"


def test_a_stop_that_was_sent_and_is_not_confirmed_is_given_up_on_and_the_result_says_so() -> None:
    machine = machine_in(S.RUNNING)
    machine.is_connected = True
    machine.receive(Stop(), 0.0)
    assert machine.due(STOP_PATIENCE)
    [done, _] = machine.receive(Tick(), STOP_PATIENCE)
    assert (done.state, done.stop_confirmed) == (S.STOPPED, False)
    assert "did not confirm" in done.error


def test_a_stop_that_can_not_be_sent_goes_on_being_delivered() -> None:
    machine = machine_in(S.RUNNING)
    machine.receive(Stop(), 0.0)
    assert machine.deadline == STOP_OUTAGE
    machine.is_connected = True
    assert [message["type"] for message in sent(machine.receive(Reopened(), 30.0))] == ["stop"]
    assert machine.deadline == 30.0 + STOP_PATIENCE
    [done, _] = machine.receive(said.event(said.result(status="stopped")), 31.0)
    assert done.stop_confirmed is True


def test_a_stop_before_the_first_connection_has_its_whole_time_once_it_is_open() -> None:
    machine = machine_in(S.STARTING)
    machine.receive(Stop(), 0.0)
    machine.is_connected = True
    assert [message["type"] for message in sent(machine.receive(Opened(), 5.0))] == ["start", "stop"]
    assert machine.deadline == 5.0 + STOP_PATIENCE


@pytest.mark.parametrize("state", [S.STOPPING, S.STOPPED])
def test_a_second_stop_is_no_error(state: S) -> None:
    assert list(machine_in(state).receive(Stop(), 1.0)) == []


def test_the_round_ends_with_its_deadline_and_names_the_open_question() -> None:
    machine = new_machine(Policy(text=Answering.WAIT, completion_timeout=300, clock_stands=False))
    machine.receive(START, 10.0)
    assert machine.deadline == 310.0
    machine.receive(said.event(said.question()), 20.0)
    assert machine.due(310.0)
    [done, _] = machine.receive(Tick(), 310.0)
    assert done.error == "timeout: the task was not finished within 300 s; it waits for an answer to: Shall I?"


def test_an_answer_that_does_not_come_in_time_ends_the_round() -> None:
    machine = new_machine(Policy(text=Answering.WAIT, answer_timeout=60))
    machine.receive(START, 0.0)
    machine.receive(said.event(said.question()), 20.0)
    assert machine.deadline == 80.0
    [done, _] = machine.receive(Tick(), 80.0)
    assert done.error == "the task asks, and no answer came within 60 s: Shall I?"


def test_an_attached_round_has_a_deadline_too() -> None:
    machine = new_machine(Policy(completion_timeout=5))
    machine.receive(Attach(), 1.0)
    [done, _] = machine.receive(Tick(), 6.0)
    assert done.error == "timeout: the task was not finished within 5 s"


# ---- after a cut


def cut_off(start: Start = START) -> Any:
    """A machine whose start went out, and that is connected again."""
    machine = new_machine(HUMAN)
    machine.is_connected = True
    machine.receive(start, 0.0)
    machine.receive(Opened(), 0.0)
    return machine


def test_fault_16_a_start_is_sent_again_only_where_the_status_says_twice_that_it_was_not_taken() -> None:
    machine = cut_off()
    assert list(machine.receive(Resynced("created"), 1.0)) == [AskAgain(5.0)]
    assert list(machine.receive(Resynced("created"), 3.0)) == [AskAgain(5.0)]
    assert list(machine.receive(Resynced("created"), 6.0)) == [SendMessage(START.message)]
    assert list(machine.receive(Resynced("created"), 7.0)) == [AskAgain(5.0)]


@pytest.mark.parametrize(("status", "state"), [(None, S.STARTING), ("active", S.RUNNING)])
def test_fault_16_any_other_status_is_no_proof_and_sends_nothing(status: str | None, state: S) -> None:
    machine = cut_off()
    machine.receive(Resynced("created"), 1.0)
    assert (list(machine.receive(Resynced(status), 6.0)), machine.state) == ([], state)


def test_fault_16_a_later_start_is_sent_again_only_if_nothing_came() -> None:
    for news, expected in ((False, [SendMessage(LATER.message)]), (True, [])):
        machine = cut_off(LATER)
        machine.receive(Resynced("complete", news=news), 1.0)
        assert expected == list(machine.receive(Resynced("complete", news=news), 6.0))


def test_fault_16_a_start_that_was_taken_and_is_over_ends_the_round() -> None:
    machine = machine_in(S.STARTING)
    [done] = machine.receive(Resynced("complete", answer="42"), 1.0)
    assert done == Done(S.COMPLETED, answer="42")
    assert list(machine.receive(Closed(), 1.0)) == [RoundOver()]


def test_fault_17_an_answer_is_sent_again_only_if_the_service_says_twice_that_nothing_came_of_it() -> None:
    for report, count in ((Resynced("active"), 1), (Resynced("active", news=True), 0), (Resynced(None), 0)):
        machine = asked(new_machine(HUMAN), said.question())
        machine.receive(Answer(text="Yes"), 1.0)
        assert sent(machine.receive(report, 2.0)) == []
        assert count == len(sent(machine.receive(report, 7.0)))


def test_fault_17_an_answer_that_was_followed_by_an_event_is_never_sent_again() -> None:
    machine = asked(new_machine(HUMAN), said.question())
    machine.receive(Answer(text="Yes"), 1.0)
    machine.receive(said.event(said.progress()), 1.5)
    assert list(machine.receive(Resynced("active"), 2.0)) == []


def test_an_answer_given_while_there_is_no_connection_goes_out_with_the_next_one() -> None:
    machine = asked(new_machine(HUMAN), said.question())
    machine.is_connected = False
    machine.receive(Answer(text="Yes"), 1.0)
    assert list(machine.receive(Resynced("active"), 2.0)) == []
    machine.is_connected = True
    assert [message["type"] for message in sent(machine.receive(Resynced("active"), 3.0))] == ["input"]
    assert list(machine.receive(Resynced("active"), 4.0)) == [AskAgain(5.0)]


def test_the_confirmation_of_an_action_never_goes_out_twice() -> None:
    machine = asked(new_machine(Policy(completion_timeout=60)), said.question(kind="x_confirm"))
    assert [list(machine.receive(Resynced("active"), now)) for now in (2.0, 8.0, 14.0)] == [[], [], []]
    [done, _] = machine.receive(Tick(), 60.0)
    assert "whether the confirmation of an action arrived is not known" in done.error


@pytest.mark.parametrize(("state", "kind"), [(S.STOPPING, "stop"), (S.PAUSED, "pause")])
def test_a_stop_and_a_pause_are_sent_again_whatever_came(state: S, kind: str) -> None:
    machine = machine_in(state)
    machine.receive(said.event(said.text()), 1.0)
    assert [kind] == [message["type"] for message in sent(machine.receive(Reopened(), 2.0))]


def test_fault_24_a_round_that_ended_while_we_were_away_ends_by_its_status() -> None:
    for status, state in (("complete", S.COMPLETED), ("stopped", S.STOPPED), ("error", S.FAILED)):
        machine = machine_in(S.RUNNING)
        actions = [*machine.receive(Resynced(status, answer="42", error="no"), 1.0), *machine.receive(Closed(), 1.0)]
        assert [state] == [action.state for action in actions if isinstance(action, Done)]
        assert actions[-1] == RoundOver()


def test_fault_24_a_later_round_ends_by_its_status_only_if_that_says_so_twice() -> None:
    machine = cut_off(LATER)
    machine.receive(said.event(said.text()), 0.5)
    assert list(machine.receive(Resynced("complete", answer="42"), 1.0)) == [AskAgain(5.0)]
    [done] = machine.receive(Resynced("complete", answer="42"), 6.0)
    assert done.answer == "42"


@pytest.mark.parametrize(
    ("after", "count"),
    [([], 1), ([said.own()], 0), ([said.progress()], 0), ([said.warning()], 1)],
)
def test_a_replayed_question_is_put_only_if_nothing_shows_that_it_was_answered(after: Any, count: int) -> None:
    machine = machine_in(S.RUNNING)
    assert machine.replay(said.events(said.question(), *after), 1.0) == []
    assert count == len(machine.receive(Resynced("active", news=True), 1.0))
    assert machine.state is (S.AWAITING_INPUT if count else S.RUNNING)


def test_a_replayed_answer_closes_the_question_that_it_names() -> None:
    machine = machine_in(S.RUNNING)
    named = {**said.own(), "message": {"type": "text", "metadata": {"from_request_id": "r2"}}}
    machine.replay(said.events(said.question("a", "r1"), said.question("b", "r2"), named), 1.0)
    assert list(machine.questions) == ["r1"]
    machine.replay(said.events(said.own("c")), 2.0)
    assert list(machine.questions) == []


def test_a_replayed_answer_to_an_unknown_question_closes_none() -> None:
    machine = machine_in(S.RUNNING)
    named = {**said.own(), "message": {"type": "text", "metadata": {"from_request_id": "other"}}}
    machine.replay(said.events(said.question("a", "r1"), named), 1.0)
    assert list(machine.questions) == ["r1"]


def test_a_question_is_put_once_however_often_the_connection_is_mended() -> None:
    machine = machine_in(S.AWAITING_INPUT)
    assert list(machine.receive(Resynced("active"), 1.0)) == []


def test_a_replayed_result_is_over_only_with_the_end_of_the_history() -> None:
    machine = new_machine(HUMAN)
    machine.receive(Attach(), 0.0)
    assert machine.replay(said.events(said.text(), said.result(), said.follow_up()), 1.0) == []
    assert machine.is_ending
    [done, over] = machine.receive(Resynced("complete"), 1.0)
    assert (done.state, over) == (S.COMPLETED, RoundOver())


def test_a_replayed_result_without_a_follow_up_still_waits_for_it() -> None:
    machine = new_machine(HUMAN)
    machine.receive(Attach(), 0.0)
    machine.replay(said.events(said.result()), 1.0)
    assert [type(action) for action in machine.receive(Resynced("complete"), 1.0)] == [Done]
    assert machine.deadline is None  # without a connection none can come
    machine.is_connected = True
    assert machine.deadline == 1.0 + FOLLOW_UP_PATIENCE


def test_a_replayed_error_is_over_at_once() -> None:
    machine = new_machine(HUMAN)
    machine.receive(Attach(), 0.0)
    machine.replay(said.events(said.error()), 1.0)
    [done, _] = machine.receive(Resynced("error"), 1.0)
    assert done.state is S.FAILED


def test_what_follows_a_replayed_result_is_another_round_with_its_whole_time() -> None:
    machine = new_machine(Policy(completion_timeout=100))
    machine.receive(Attach(), 0.0)
    machine.replay(said.events(said.result("a"), said.follow_up("b"), said.own("c"), said.text("d")), 50.0)
    assert (machine.state, machine.deadline) == (S.RUNNING, 150.0)
    assert list(machine.receive(Resynced("active", news=True), 50.0)) == []


def test_a_warning_after_a_replayed_result_opens_no_round() -> None:
    machine = new_machine(HUMAN)
    machine.receive(Attach(), 0.0)
    machine.replay(said.events(said.result("a"), said.warning("b")), 1.0)
    assert machine.is_ending


def test_a_connection_that_is_given_up_on_ends_the_round_with_its_reason() -> None:
    assert list(machine_in(S.RUNNING).receive(Broken("gone"), 1.0)) == [Done(S.FAILED, error="gone"), RoundOver()]


def test_what_says_an_end_twice_is_told_once() -> None:
    machine = machine_in(S.STOPPED)
    assert list(machine.receive(Broken("gone"), 1.0)) == []
    assert list(machine.receive(Tick(), 1.0)) == []


@pytest.mark.parametrize("command", [Stop(), Pause()])
def test_fault_16_a_start_is_not_sent_again_once_the_task_was_stopped_or_paused(command: Any) -> None:
    machine = cut_off()
    machine.receive(Resynced("created"), 1.0)
    machine.receive(command, 2.0)
    assert START.message not in [
        getattr(action, "message", None) for action in machine.receive(Resynced("active"), 9.0)
    ]
