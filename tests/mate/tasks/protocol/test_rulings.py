"""What a policy decides about a question: told before it is done, and done as if a person had said it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.mate.tasks.protocol.machines import START, S, machine_in, new_machine, sent
from tests.mate.tasks.protocol.sessions import Session, delivered
from tests.support import messages as said
from wyseos.generated.models import InputEvent
from wyseos.mate.tasks.protocol.actions import PutQuestion, TellDecision
from wyseos.mate.tasks.protocol.commands import Answer
from wyseos.mate.tasks.protocol.local_events import PolicyDecision
from wyseos.mate.tasks.protocol.policy import Answering, AnswerPolicy, Ruling
from wyseos.mate.tasks.protocol.questions import Question

APPROVES = PolicyDecision(decision="answer", rule="colours", kind="text", request_id="q", say="red", why="as always")
LEAVES = PolicyDecision(decision="ask", rule="no rule", kind="text", request_id="q")


def judged(event: PolicyDecision, command: Answer | None) -> AnswerPolicy:
    return AnswerPolicy(text=Answering.WAIT, judge=lambda question: Ruling(event, command))


def asks(policy: AnswerPolicy) -> Any:
    machine = new_machine(policy)
    machine.is_connected = True
    machine.receive(START, 0.0)
    return machine, list(machine.receive(said.event(said.question(request_id="q")), 1.0))


def test_a_decision_is_told_before_its_answer_goes_out() -> None:
    machine, [told, *done] = asks(judged(APPROVES, Answer(request_id="q", text="red")))
    assert told == TellDecision(APPROVES)
    assert [message["data"]["request_id"] for message in sent(done)] == ["q"]
    assert machine.question is None


def test_a_question_that_is_left_to_people_is_put_after_the_decision_is_told() -> None:
    _, [told, put] = asks(judged(LEAVES, None))
    assert told == TellDecision(LEAVES)
    assert isinstance(put, PutQuestion)


def test_a_decision_is_delivered_between_what_was_asked_and_the_question() -> None:
    session = Session(judged(LEAVES, None))
    session.begin()
    session.opened()
    told = delivered(session.says(said.question(request_id="q")))
    assert [type(item) for item in told] == [InputEvent, PolicyDecision, Question]


def test_where_an_action_is_to_stop_the_task_it_does() -> None:
    machine = machine_in(S.RUNNING, AnswerPolicy(confirmation=Answering.STOP))
    machine.is_connected = True
    told = sent(machine.receive(said.event(said.question(kind="x_confirm")), 1.0))
    assert [message["type"] for message in told] == ["stop"]
    assert machine.state is S.STOPPING


@pytest.mark.parametrize(
    ("event", "words"), [(APPROVES, "answer (colours; as always): red"), (LEAVES, "ask (no rule)")]
)
def test_a_decision_says_in_words_what_was_decided_and_by_what(event: PolicyDecision, words: str) -> None:
    assert event.content == words
    assert event.to_dict()["rule"] == event.rule
