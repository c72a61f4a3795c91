"""How long a round, an answer, a follow-up and a stop are waited for."""

from __future__ import annotations

from tests.mate.tasks.protocol.machines import HUMAN, START, S, asked, machine_in, new_machine
from tests.support import messages as said
from wyseos.mate.tasks.protocol.commands import Answer, Attach, Stop
from wyseos.mate.tasks.protocol.inputs import Reopened
from wyseos.mate.tasks.protocol.policy import Answering, AnswerPolicy


def test_a_follow_up_is_waited_for_1500_ms_whatever_time_the_round_has_left() -> None:
    machine = new_machine(AnswerPolicy(completion_timeout=1))
    machine.receive(START, 0.0)
    machine.is_connected = True
    machine.receive(said.event(said.result()), 0.5)
    assert machine.deadline == 2.0


def test_a_stop_is_delivered_for_a_minute_and_its_confirmation_waited_for_10_s() -> None:
    machine = machine_in(S.RUNNING)
    machine.receive(Stop(), 1.0)
    assert machine.deadline == 61.0
    machine.is_connected = True
    machine.receive(Reopened(), 2.0)
    assert machine.deadline == 12.0


def test_the_next_round_does_not_wait_for_a_follow_up_to_the_last_one() -> None:
    machine = asked(new_machine(HUMAN), said.result())
    machine.receive(START, 2.0)
    assert machine.deadline is None


def test_a_round_that_the_history_goes_on_with_does_not_wait_for_a_follow_up() -> None:
    machine = new_machine(HUMAN)
    machine.is_connected = True
    machine.receive(Attach(), 0.0)
    machine.replay(said.events(said.result("a"), said.own("b"), said.text("c")), 1.0)
    assert machine.deadline is None


def test_only_a_result_is_followed_by_a_wait() -> None:
    machine = new_machine(HUMAN)
    machine.is_connected = True
    machine.receive(Attach(), 0.0)
    machine.replay(said.events(said.error()), 1.0)
    assert machine.deadline is None


def test_an_answer_is_waited_for_as_long_as_a_question_is_open() -> None:
    policy = AnswerPolicy(text=Answering.WAIT, answer_timeout=60)
    machine = asked(new_machine(policy), said.question("a", "r1"), said.question("b", "r2"))
    machine.receive(Answer(text="one", request_id="r1"), 2.0)
    assert machine.deadline == 61.0
    machine.receive(Answer(text="two", request_id="r2"), 3.0)
    assert machine.deadline is None


def test_the_rounds_clock_stands_until_the_last_question_is_answered() -> None:
    policy = AnswerPolicy(text=Answering.WAIT, completion_timeout=100)
    machine = asked(new_machine(policy), said.question("a", "r1"), said.question("b", "r2"))
    machine.receive(Answer(text="one", request_id="r1"), 50.0)
    assert machine.deadline is None
    machine.receive(Answer(text="two", request_id="r2"), 60.0)
    assert machine.deadline == 159.0
