"""What shows that a message of ours was taken, or that a question was answered, and what does not."""

from __future__ import annotations

from typing import Any

import pytest

from tests.mate.tasks.protocol.machines import HUMAN, START, S, asked, machine_in, new_machine, sent
from tests.support import messages as said
from wyseos.mate.tasks.protocol.actions import AskAgain, Done, SendMessage
from wyseos.mate.tasks.protocol.commands import Answer, Attach, Pause, Start, Stop
from wyseos.mate.tasks.protocol.inputs import Opened, Reopened, Resynced, Tick
from wyseos.mate.tasks.protocol.policy import AnswerPolicy
from wyseos.mate.tasks.protocol.questions import QuestionKind

LATER = Start(message=START.message, resend_in=frozenset({"complete"}))
QUIET = Resynced("active")


def answered(*messages: dict[str, Any]) -> Any:
    """A machine that has answered question "r" and was told these messages since."""
    machine = asked(new_machine(HUMAN), said.question())
    machine.receive(Answer(text="Yes", request_id="r"), 1.0)
    for event in said.events(*messages):
        machine.receive(event, 2.0)
    return machine


def sent_again(machine: Any) -> list[str]:
    """The ids of the answers that go out once the service says twice that nothing came of them."""
    machine.receive(QUIET, 10.0)
    return [message["data"]["request_id"] for message in sent(machine.receive(QUIET, 20.0))]


# ---- ids of the service are its own words


@pytest.mark.parametrize("request_id", ["stop", "pause", "start"])
def test_a_public_act_is_never_confirmed_twice_whatever_its_id(request_id: str) -> None:
    machine = asked(new_machine(), said.question(request_id=request_id, kind="x_confirm"))
    assert list(machine.receive(Reopened(), 2.0)) == []


@pytest.mark.parametrize("request_id", ["stop", "pause", "start"])
def test_an_answer_that_was_not_taken_goes_out_again_whatever_its_id(request_id: str) -> None:
    machine = asked(new_machine(HUMAN), said.question(request_id=request_id))
    machine.receive(Answer(text="Yes"), 1.0)
    assert sent_again(machine) == [request_id]


def test_a_pause_and_a_stop_go_out_again_in_their_order() -> None:
    machine = machine_in(S.RUNNING)
    for command in (Pause(), Stop()):
        machine.receive(command, 1.0)
    assert [message["type"] for message in sent(machine.receive(Reopened(), 2.0))] == ["pause", "stop"]


# ---- what proves nothing


def test_a_warning_does_not_show_that_an_answer_was_taken() -> None:
    assert sent_again(answered(said.warning())) == ["r"]


def test_what_is_said_while_another_question_is_open_does_not_show_that_an_answer_was_taken() -> None:
    assert sent_again(answered(said.question("b", "r2"), said.text("c"))) == ["r"]


def test_a_late_follow_up_to_the_last_round_does_not_show_that_the_next_one_was_begun() -> None:
    machine = machine_in(S.COMPLETED)
    machine.is_connected = True
    machine.receive(LATER, 1.0)
    machine.receive(Opened(), 1.0)
    machine.receive(said.event(said.follow_up()), 1.1)
    assert list(machine.receive(Resynced("complete", answer="the last one's"), 2.0)) == [AskAgain(5.0)]
    assert list(machine.receive(Resynced("complete", answer="the last one's"), 7.0)) == [SendMessage(LATER.message)]


def test_the_users_own_message_in_the_history_does_not_show_that_the_service_works() -> None:
    machine = machine_in(S.STARTING)
    machine.replay(said.events(said.own()), 1.0)
    assert machine.state is S.STARTING


@pytest.mark.parametrize("message", [said.warning(), said.unknown(), said.draft("a", "d", "x", 0)])
def test_whatever_the_service_says_shows_that_a_round_was_begun(message: dict[str, Any]) -> None:
    machine = machine_in(S.STARTING)
    machine.receive(said.event(message), 1.0)
    assert machine.state is S.RUNNING


def test_a_question_shows_that_the_start_was_taken() -> None:
    machine = machine_in(S.AWAITING_INPUT)
    assert list(machine.receive(Opened(), 1.0)) == []


def test_after_a_sign_of_life_the_service_has_to_say_twice_anew_that_nothing_came() -> None:
    machine = asked(new_machine(HUMAN), said.question("a", "r1"), said.question("b", "r2"))
    machine.receive(Answer(text="Yes", request_id="r1"), 1.0)
    assert list(machine.receive(QUIET, 2.0)) == [AskAgain(5.0)]
    machine.receive(said.event(said.question("c", "r3")), 3.0)
    assert list(machine.receive(QUIET, 7.0)) == [AskAgain(5.0)]


# ---- the service's word that an answer, or a start, came too late


@pytest.mark.parametrize("code", [4000, 4203, None])
def test_an_answer_that_nothing_asked_for_is_no_end_and_does_not_go_out_again(code: int | None) -> None:
    machine = answered(said.question("b", "r2"))
    refusal = {"type": "error", "message_id": "e", "code": code, "error": "nothing was asked"}
    assert list(machine.receive(said.event(refusal), 3.0)) == [AskAgain(5.0)]
    assert sent_again(machine) == []


def test_any_other_error_is_an_end_also_after_an_answer() -> None:
    [done, _] = answered().receive(said.event(said.error(code=4201)), 3.0)
    assert (done.state, done.code) == (S.FAILED, 4201)


@pytest.mark.parametrize("begin", [START, Attach()])
def test_where_nothing_was_said_that_may_have_come_too_late_an_error_is_an_end(begin: Any) -> None:
    machine = new_machine()
    machine.receive(begin, 0.0)
    [done, _] = machine.receive(said.event(said.error(code=4000)), 1.0)
    assert (done.state, done.code) == (S.FAILED, 4000)


def test_that_a_start_which_went_out_again_finds_the_task_at_work_shows_that_it_was_taken() -> None:
    machine = machine_in(S.STARTING)
    machine.is_connected = True
    machine.receive(Opened(), 0.0)
    for now in (1.0, 6.0):
        machine.receive(Resynced("created"), now)
    assert list(machine.receive(said.event(said.error(code=4203)), 7.0)) == [AskAgain(5.0)]
    assert machine.state is S.RUNNING


def test_an_end_that_the_status_tells_has_the_services_words_or_none() -> None:
    for begin in (Attach(), START):
        machine = new_machine()
        machine.receive(begin, 0.0)
        [done, _] = machine.receive(Resynced("error"), 1.0)
        assert done == Done(S.FAILED)


def test_words_of_the_last_round_are_not_those_of_the_next_ones_end() -> None:
    machine = answered(said.error(code=4000))
    machine.receive(said.event(said.result()), 3.0)
    machine.receive(START, 4.0)
    [done, _] = machine.receive(Resynced("error"), 5.0)
    assert done.error is None


# ---- what a later round or question has in common with one before


def test_the_start_of_a_later_round_goes_out_as_soon_as_it_can() -> None:
    machine = asked(new_machine(HUMAN), said.result())
    machine.is_connected = False
    machine.receive(LATER, 2.0)
    machine.is_connected = True
    assert list(machine.receive(Resynced("complete"), 3.0)) == [SendMessage(LATER.message)]


def test_an_answer_to_what_was_asked_a_second_time_goes_out_as_soon_as_it_can() -> None:
    machine = answered(said.question("b", "r"))
    machine.is_connected = False
    machine.receive(Answer(text="No"), 3.0)
    machine.is_connected = True
    [message] = sent(machine.receive(QUIET, 4.0))
    assert message["data"]["text"] == "No"


def test_a_question_that_the_history_tells_a_second_time_is_put_a_second_time() -> None:
    machine = machine_in(S.AWAITING_INPUT)
    machine.replay(said.events(said.question("again", "r")), 1.0)
    [put] = machine.receive(QUIET, 1.0)
    assert put.question.message_id == "again"


def test_a_question_that_was_answered_though_work_went_on_does_not_hinder_the_next_one() -> None:
    machine = answered()
    machine.receive(said.event(said.question("b", "r2")), 3.0)
    machine.receive(said.event(said.progress("c")), 4.0)
    machine.receive(Answer(text="Yes", request_id="r2"), 5.0)
    machine.receive(said.event(said.question("d", "r3")), 6.0)
    assert list(machine.questions) == ["r3"]


def test_work_in_the_history_shows_that_all_its_questions_were_answered() -> None:
    machine = machine_in(S.RUNNING)
    machine.replay(said.events(said.question("a", "r1"), said.question("b", "r2"), said.progress("c")), 1.0)
    assert (machine.questions, machine.state) == ({}, S.RUNNING)


@pytest.mark.parametrize(
    ("before", "kind"),
    [(said.plan("p"), QuestionKind.PLAN), (said.text("t"), QuestionKind.TEXT), (None, QuestionKind.TEXT)],
)
def test_a_question_in_a_gap_is_about_the_plan_that_stands_directly_before_it(before: Any, kind: QuestionKind) -> None:
    machine = machine_in(S.RUNNING)
    for event in said.events(said.plan("p"), said.text("t")):
        machine.receive(event, 0.0)
    [question] = said.events(said.question())
    machine.replay([question], 1.0, {} if before is None else {id(question): said.event(before)})
    assert kind is machine.question.kind


@pytest.mark.parametrize("between", [said.draft("a", "d", "x", 0), said.follow_up(), said.question("q", "r0")])
def test_a_question_after_something_else_is_not_about_the_plan(between: dict[str, Any]) -> None:
    machine = asked(new_machine(HUMAN), said.plan("p"), between, said.question())
    assert machine.question.kind is QuestionKind.TEXT


# ---- the end of a round leaves nothing behind


@pytest.mark.parametrize("end", [Pause(), Stop(), said.event(said.result()), said.event(said.error())])
def test_no_question_is_open_once_the_round_was_paused_stopped_or_is_over(end: Any) -> None:
    machine = machine_in(S.AWAITING_INPUT)
    machine.receive(end, 1.0)
    assert (machine.questions, machine.question) == ({}, None)


def test_a_stop_that_was_confirmed_does_not_go_out_again() -> None:
    machine = machine_in(S.STOPPING)
    machine.receive(said.event(said.result(status="stopped")), 1.0)
    assert list(machine.receive(Reopened(), 2.0)) == []


def test_a_round_that_is_over_says_so_once_also_where_the_status_says_it_again() -> None:
    machine = machine_in(S.COMPLETED)
    assert list(machine.receive(Resynced("complete"), 1.0)) == []


def test_time_that_ends_nothing_changes_nothing() -> None:
    machine = machine_in(S.RUNNING, AnswerPolicy(completion_timeout=10))
    assert (list(machine.receive(Tick(), 9.0)), machine.state) == ([], S.RUNNING)
