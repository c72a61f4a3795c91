"""What a machine tells people, and the service, in words."""

from __future__ import annotations

from typing import Any

import pytest

from tests.mate.tasks.protocol.machines import HUMAN, START, S, asked, machine_in, new_machine, sent
from tests.support import messages as said
from wyseos.mate.errors import SessionExecutionError
from wyseos.mate.tasks.protocol.actions import Done
from wyseos.mate.tasks.protocol.commands import Answer, Attach, Pause, Stop
from wyseos.mate.tasks.protocol.inputs import Tick
from wyseos.mate.tasks.protocol.policy import Answering, AnswerPolicy


@pytest.mark.parametrize(
    ("state", "command", "words"),
    [
        (S.AWAITING_PLAN, START, "a task is already under way in this session (it is awaiting plan)"),
        (S.RUNNING, Attach(), "this task is already attached (it is running)"),
        (S.PAUSED, Pause(), "there is no running task to pause (it is paused)"),
        (S.COMPLETED, Stop(), "there is no running task to stop (it is completed)"),
        (S.RUNNING, Answer(text="Yes"), "there is no open question to answer"),
        (
            S.RUNNING,
            Answer(text="Yes", request_id="r"),
            "the question is not open any more: it was answered, here or elsewhere; nothing was sent",
        ),
    ],
)
def test_what_can_not_be_done_now_is_refused_with_the_state_and_changes_nothing(
    state: S, command: Any, words: str
) -> None:
    machine = machine_in(state)
    with pytest.raises(SessionExecutionError) as refused:
        machine.receive(command, 1.0)
    assert (refused.value.message, machine.state) == (words, state)


def test_the_service_is_told_why_a_task_was_stopped_before_a_public_act() -> None:
    machine = asked(new_machine(AnswerPolicy(confirmation=Answering.STOP)))
    [message] = sent(machine.receive(said.event(said.question(kind="x_confirm")), 1.0))
    assert message["reason"] == "stop_on_x_confirm"


def test_a_stop_that_nobody_confirmed_says_that_the_session_may_go_on() -> None:
    machine = machine_in(S.STOPPING)
    [done, _] = machine.receive(Tick(), 60.0)
    assert done.error == "the service did not confirm the stop: the session may go on"


def test_a_round_that_ends_in_doubt_about_a_public_act_says_so() -> None:
    machine = asked(new_machine(AnswerPolicy(completion_timeout=60)), said.question(kind="x_confirm"))
    [done, _] = machine.receive(Tick(), 60.0)
    assert done.error == (
        "timeout: the task was not finished within 60 s"
        "; whether the confirmation of an action arrived is not known, and it is never sent twice"
    )


@pytest.mark.parametrize(("content", "answer"), [({"content": "42"}, "42"), ({}, "")])
def test_a_result_of_bare_words_or_of_none_is_a_result(content: dict[str, Any], answer: str) -> None:
    machine = machine_in(S.RUNNING, HUMAN)
    [done] = machine.receive(said.event({"type": "task_result", "message_id": "m", **content}), 1.0)
    assert done == Done(S.COMPLETED, answer)


@pytest.mark.parametrize("piece", [{"delta": True}, {"delta": False, "chunk_id": "c"}])
def test_a_piece_of_a_stream_is_not_its_end(piece: dict[str, Any]) -> None:
    machine = machine_in(S.RUNNING)
    assert list(machine.receive(said.event({**said.stream_end(), **piece}), 1.0)) == []


def test_500_questions_are_open_at_most() -> None:
    machine = asked(new_machine(HUMAN), *(said.question(request_id=f"q{number}") for number in range(501)))
    assert len(machine.questions) == 500
