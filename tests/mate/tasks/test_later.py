"""Questions are answered later and from elsewhere: the process that started the task may be gone."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from wyseos.mate import AsyncClient, Client, Plan, PlanStep
from wyseos.mate.emulator import Emulator
from wyseos.mate.errors import NotFoundError, SessionExecutionError, ValidationError
from wyseos.mate.policy import Policy, Rule

PLANS = Policy([Rule(kind="plan", then="approve")])


def left(client: Client, mode: Any = "", policy: Policy | None = None) -> str:
    """Start a task and leave it with its first question that the policy does not answer."""
    return client.run("A launch", task_mode=mode, policy=policy or Policy()).session_id


def outcome(client: Client, session_id: str) -> tuple[bool, str | None]:
    with client.attach(session_id) as task:
        result = task.result()
    return result.success, result.error


def test_what_is_open_is_listed_with_its_plan_and_age(client: Client) -> None:
    session_id = left(client)
    [asked] = client.questions([session_id])
    assert (asked.session_id, asked.title, asked.kind) == (session_id, "A launch", "plan")
    assert asked.text == "Shall I go ahead with this plan?"
    assert asked.plan is not None
    assert len(asked.plan.steps) == 5
    assert asked.age is not None
    assert timedelta() <= asked.age < timedelta(minutes=5)
    assert asked.to_dict()["plan"] == asked.plan.to_list()


def test_without_ids_those_in_progress_are_looked_at(client: Client) -> None:
    ids = {left(client) for _ in range(3)}
    client.run("Another")
    assert {asked.session_id for asked in client.questions()} == ids


def test_a_session_that_was_not_started_or_is_over_asks_nothing(client: Client) -> None:
    created = client.session.create({"task": "A launch"}).session_id
    over = client.run("A launch").session_id
    assert client.questions([created, over]) == []


def test_a_session_that_is_not_there_is_an_error(client: Client) -> None:
    with pytest.raises(NotFoundError):
        client.questions([left(client), "session_000000000000"])


def test_a_plan_is_approved_by_another_client(client: Client, emulator: Emulator) -> None:
    session_id = left(client)
    with Client(base_url=emulator.base_url, api_key=emulator.api_key) as other:
        answered = other.answer(session_id, approve=True)
    assert answered.kind == "plan"
    assert outcome(client, session_id) == (True, None)


def test_a_plan_is_edited(client: Client) -> None:
    session_id = left(client)
    client.answer(session_id, plan=Plan([PlanStep(id="1", title="Only this")]))
    with client.attach(session_id) as task:
        assert task.result().success
        assert task.plan is not None
        worked_on = [step.title for step in task.plan.steps if step.status == "done"]
    assert worked_on == ["Only this"]


def test_a_plan_is_refused_with_what_to_improve_and_asked_again(client: Client) -> None:
    session_id = left(client)
    first = client.answer(session_id, reject="Look at prices, too")
    [again] = client.questions([session_id])
    assert again.request_id != first.request_id
    assert again.plan is not None
    assert again.plan.steps[-1].title == "Look at prices, too"


def test_permission_for_an_action_is_given_or_refused(client: Client) -> None:
    given, refused = (left(client, "marketing", PLANS) for _ in range(2))
    client.answer(given, approve=True)
    client.answer(refused, reject=True)
    assert outcome(client, given) == (True, None)
    assert outcome(client, refused)[0] is False


@pytest.mark.wyseos(scenario="questions")
def test_text_is_answered(client: Client) -> None:
    session_id = left(client, policy=PLANS)
    while client.questions([session_id]):
        client.answer(session_id, "Teachers")
    assert outcome(client, session_id) == (True, None)


def test_a_question_that_was_answered_is_a_clear_error_and_nothing_is_sent(client: Client, emulator: Emulator) -> None:
    session_id = left(client)
    asked = client.answer(session_id, approve=True)
    outcome(client, session_id)
    before = len(emulator.sessions[session_id].messages)
    for question in (None, asked.request_id):
        with pytest.raises(SessionExecutionError, match="nothing was sent"):
            client.answer(session_id, approve=True, question=question)
    assert len(emulator.sessions[session_id].messages) == before


@pytest.mark.parametrize("given", [{"text": "Yes"}, {"approve": True, "question": "req_0"}])
def test_an_answer_that_does_not_fit_is_refused_and_the_question_stays(client: Client, given: dict[str, Any]) -> None:
    session_id = left(client)
    with pytest.raises(SessionExecutionError):
        client.answer(session_id, **given)
    assert len(client.questions([session_id])) == 1


@pytest.mark.parametrize(
    "given", [{}, {"text": "Yes", "approve": True}, {"text": " "}, {"approve": True, "reject": "x"}]
)
def test_nothing_or_two_answers_are_refused_before_anything_is_asked(
    client: Client, given: dict[str, Any], emulator: Emulator
) -> None:
    with pytest.raises(ValidationError):
        client.answer("session_000000000000", **given)


def test_whoever_watches_meanwhile_goes_on(client: Client, emulator: Emulator) -> None:
    session_id = left(client)
    with client.attach(session_id) as watching:
        events = iter(watching)
        while not watching.questions:
            next(events)
        with Client(base_url=emulator.base_url, api_key=emulator.api_key) as other:
            other.answer(session_id, approve=True)
        assert watching.result().success


def test_the_same_on_an_async_client(client: Client, emulator: Emulator) -> None:
    ids = [left(client) for _ in range(3)]

    async def main() -> list[str]:
        async with AsyncClient(base_url=emulator.base_url, api_key=emulator.api_key) as twin:
            asked = await twin.questions(ids)
            await asyncio.gather(*(twin.answer(each.session_id, approve=True) for each in asked))
            return [each.session_id for each in asked]

    assert asyncio.run(main()) == ids
    assert [outcome(client, session_id) for session_id in ids] == [(True, None)] * 3
