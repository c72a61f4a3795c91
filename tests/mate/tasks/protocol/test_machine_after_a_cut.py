"""The machine after a cut: what is sent again, what never is, and what a replayed message means."""

from __future__ import annotations

from typing import Any

import pytest

from tests.mate.tasks.protocol.machines import HUMAN, START, S, asked, machine_in, new_machine, sent
from tests.support import messages as said
from wyseos.mate.tasks.protocol.actions import AskAgain, Done, RoundOver, SendMessage
from wyseos.mate.tasks.protocol.commands import Answer, Attach, Pause, Start, Stop
from wyseos.mate.tasks.protocol.inputs import Closed, Opened, Reopened, Resynced, Tick
from wyseos.mate.tasks.protocol.machine import FOLLOW_UP_PATIENCE
from wyseos.mate.tasks.protocol.policy import Policy

LATER = Start(message=START.message, resend_in=frozenset({"complete"}))


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


@pytest.mark.parametrize("command", [Stop(), Pause()])
def test_fault_16_a_start_is_not_sent_again_once_the_task_was_stopped_or_paused(command: Any) -> None:
    machine = cut_off()
    machine.receive(Resynced("created"), 1.0)
    machine.receive(command, 2.0)
    assert START.message not in [
        getattr(action, "message", None) for action in machine.receive(Resynced("active"), 9.0)
    ]
