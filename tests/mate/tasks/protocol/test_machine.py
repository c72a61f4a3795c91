"""The machine, cell by cell and rule by rule; time is passed in, nothing is waited for."""

from __future__ import annotations

from typing import Any

import pytest

from tests.mate.tasks.protocol.machines import HUMAN, START, S, asked, machine_in, new_machine, sent
from tests.support import messages as said
from wyseos.generated.models import PauseMessage, StopMessage
from wyseos.mate.errors import SessionExecutionError
from wyseos.mate.plan import Plan, PlanOverallStatus
from wyseos.mate.tasks.protocol.actions import AskAgain, Done, FetchStream, PutQuestion, RoundOver, SendMessage
from wyseos.mate.tasks.protocol.commands import Answer, Attach, Decline, Pause, Stop
from wyseos.mate.tasks.protocol.inputs import Broken, Closed, Opened, Reopened, Resynced, Tick
from wyseos.mate.tasks.protocol.machine import FOLLOW_UP_PATIENCE, STOP_OUTAGE, STOP_PATIENCE
from wyseos.mate.tasks.protocol.policy import Answering, AnswerPolicy
from wyseos.mate.tasks.protocol.questions import QuestionKind

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
        machine = new_machine(AnswerPolicy(confirmation=confirmation))
        machine.receive(START, 0.0)
        [message] = sent(machine.receive(said.event(said.question(kind="x_confirm")), 0.0))
        assert (kind, state) == (message["type"], machine.state)


def test_a_refused_confirmation_stops_the_task() -> None:
    machine = machine_in(S.AWAITING_CONFIRMATION)
    assert [message["type"] for message in sent(machine.receive(Answer(accepted=False), 1.0))] == ["stop"]


def test_a_question_that_nobody_can_answer_ends_the_round_and_is_carried_by_the_error() -> None:
    machine = new_machine(AnswerPolicy(text=Answering.NOBODY))
    machine.receive(START, 0.0)
    [done, over] = machine.receive(said.event(said.question()), 0.0)
    assert (isinstance(done, Done), over) == (True, RoundOver())
    assert done.error == "the task asks, and nobody is there to answer: Shall I?"
    assert done.question is not None
    assert done.question.to_dict()["request_id"] == "r"


def test_a_declined_question_falls_to_the_fallback_policy() -> None:
    machine = new_machine(AnswerPolicy(plan=Answering.WAIT, fallback=AnswerPolicy()))
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


def test_of_several_confirmed_questions_none_is_put_again() -> None:
    first, second = said.question("a", "r1", kind="x_confirm"), said.question("b", "r2", kind="x_confirm")
    machine = asked(new_machine(), first, second)
    assert list(machine.receive(said.event({**first, "message_id": "c"}), 2.0)) == []
    assert list(machine.receive(said.event({**second, "message_id": "d"}), 2.0)) == []


def test_each_question_whose_agent_went_on_is_closed_by_the_next_one() -> None:
    machine = asked(
        new_machine(HUMAN),
        *(said.question(name, f"of {name}", source=name) for name in ("writer", "researcher", "critic")),
        *({**said.progress(f"w {name}"), "source": name} for name in ("writer", "researcher")),
    )
    machine.receive(said.event(said.question("q", "r")), 2.0)
    assert list(machine.questions) == ["of critic", "r"]


def test_the_rounds_clock_stands_while_a_question_is_open_to_a_person() -> None:
    machine = new_machine(AnswerPolicy(text=Answering.WAIT, completion_timeout=100))
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
    machine = new_machine(AnswerPolicy(text=Answering.WAIT, completion_timeout=300, clock_stands=False))
    machine.receive(START, 10.0)
    assert machine.deadline == 310.0
    machine.receive(said.event(said.question()), 20.0)
    assert machine.due(310.0)
    [done, _] = machine.receive(Tick(), 310.0)
    assert done.error == "timeout: the task was not finished within 300 s; it waits for an answer to: Shall I?"


def test_an_answer_that_does_not_come_in_time_ends_the_round() -> None:
    machine = new_machine(AnswerPolicy(text=Answering.WAIT, answer_timeout=60))
    machine.receive(START, 0.0)
    machine.receive(said.event(said.question()), 20.0)
    assert machine.deadline == 80.0
    [done, _] = machine.receive(Tick(), 80.0)
    assert done.error == "the task asks, and no answer came within 60 s: Shall I?"


def test_an_attached_round_has_a_deadline_too() -> None:
    machine = new_machine(AnswerPolicy(completion_timeout=5))
    machine.receive(Attach(), 1.0)
    [done, _] = machine.receive(Tick(), 6.0)
    assert done.error == "timeout: the task was not finished within 5 s"


def test_a_connection_that_is_given_up_on_ends_the_round_with_its_reason() -> None:
    assert list(machine_in(S.RUNNING).receive(Broken("gone"), 1.0)) == [Done(S.FAILED, error="gone"), RoundOver()]


def test_what_says_an_end_twice_is_told_once() -> None:
    machine = machine_in(S.STOPPED)
    assert list(machine.receive(Broken("gone"), 1.0)) == []
    assert list(machine.receive(Tick(), 1.0)) == []
