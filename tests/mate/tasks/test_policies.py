"""A task under a policy: what it decides is done and told, what it leaves is asked, and nothing else is approved."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from wyseos.mate import AsyncClient, Client, Plan, create_task_runner
from wyseos.mate.emulator import Emulator
from wyseos.mate.errors import ValidationError
from wyseos.mate.events import PolicyDecision
from wyseos.mate.models import CreateSessionRequest
from wyseos.mate.policy import Policy, Rule
from wyseos.mate.task_runner import TaskExecutionOptions, TaskMode
from wyseos.mate.websocket import WebSocketClient

PLANS = Rule(name="plans", kind="plan", then="approve")
REPORTS = Rule(name="reports", kind="report", then="answer", say="Right")
POSTS = Rule(name="posts", action="post", then="approve")
STOP = Rule(name="nothing public", kind="confirmation", then="stop", say="not without us")


def decided(result: Any) -> list[tuple[str, str]]:
    return [(row["decision"], row["rule"]) for row in result.decisions]


def test_a_policy_answers_and_each_decision_stands_in_the_result(client: Client) -> None:
    result = client.run("A launch", task_mode=TaskMode.Marketing, policy=Policy([PLANS, REPORTS, POSTS]))
    assert (result.success, result.error) == (True, None)
    assert decided(result) == [("approve", "plans"), ("approve", "posts")]


def test_a_decision_is_an_event_after_its_question(client: Client) -> None:
    with client.start("A launch", policy=Policy([PLANS])) as task:
        events = list(task)
    told = [event for event in events if isinstance(event, PolicyDecision)]
    assert [(each.decision, each.rule, each.kind) for each in told] == [("approve", "plans", "plan")]
    assert events[events.index(told[0]) - 1].type == "input"


def test_the_same_on_an_async_client(emulator: Emulator) -> None:
    async def main() -> Any:
        async with AsyncClient(base_url=emulator.base_url, api_key=emulator.api_key) as client:
            return await client.run("A launch", policy=Policy([PLANS]))

    result = asyncio.run(main())
    assert (result.success, decided(result)) == (True, [("approve", "plans")])


def test_what_no_rule_names_is_left_to_a_person_and_nothing_is_approved(client: Client) -> None:
    result = client.run("A launch", policy=Policy())
    assert (result.success, decided(result)) == (False, [("ask", "default")])
    assert result.question is not None
    assert result.question["kind"] == "plan"


def test_a_public_act_that_no_rule_names_waits_for_a_person(client: Client) -> None:
    anything = Policy([PLANS, Rule(name="anything", then="approve")])
    result = client.run("A launch", task_mode=TaskMode.Marketing, policy=anything)
    assert decided(result) == [("approve", "plans"), ("ask", "anything")]
    assert result.question is not None
    assert result.question["kind"] == "confirmation"


def test_what_a_policy_leaves_a_handler_answers(client: Client) -> None:
    asked: list[Plan] = []

    def on_plan(plan: Plan) -> bool:
        asked.append(plan)
        return True

    result = client.run("A launch", policy=Policy(), on_plan=on_plan)
    assert (result.success, len(asked), decided(result)) == (True, 1, [("ask", "default")])


def test_what_a_policy_leaves_is_answered_in_the_loop(client: Client) -> None:
    with client.start("A launch", policy=Policy()) as task:
        for event in task:
            if isinstance(event, PolicyDecision) and event.decision == "ask":
                task.approve()
        assert task.result().success


def test_a_policy_stops_a_task_with_its_reason(client: Client, emulator: Emulator) -> None:
    result = client.run("A launch", task_mode=TaskMode.Marketing, policy=Policy([PLANS, STOP]))
    assert (result.success, result.error, result.stop_confirmed) == (False, "the task was stopped", True)
    assert result.decisions[-1]["say"] == "not without us"


def test_a_plan_is_rejected_with_words_and_asked_about_again(client: Client) -> None:
    shorter = Rule(kind="plan", most_steps=5, then="reject", say="Look at prices, too")
    result = client.run("A launch", policy=Policy([shorter, PLANS]))
    assert (result.success, decided(result)) == (True, [("reject", "rule 1"), ("approve", "plans")])


@pytest.mark.wyseos(scenario="questions")
def test_text_is_answered(client: Client) -> None:
    result = client.run("A poster", policy=Policy([PLANS, Rule(then="answer", say="Teachers")]))
    assert (result.success, {row["decision"] for row in result.decisions} >= {"answer"}) == (True, True)


def test_a_rule_of_a_mode_holds_in_that_mode_alone(client: Client) -> None:
    policy = Policy([Rule(kind="plan", mode="deep_search", then="approve")])
    assert client.run("A launch", task_mode="deep_search", policy=policy).success
    assert not client.run("A launch", policy=policy).success


def test_an_attached_task_is_answered_by_the_policy_and_knows_its_mode(client: Client) -> None:
    left = client.run("A launch", task_mode=TaskMode.Marketing, policy=Policy())
    policy = Policy([Rule(mode="marketing", kind="plan", then="approve"), POSTS])
    with client.attach(left.session_id, policy=policy) as task:
        result = task.result()
    assert (result.success, decided(result)) == (True, [("approve", "rule 1"), ("approve", "posts")])


def test_without_an_answer_an_attached_task_leaves_the_question_open(client: Client) -> None:
    left = client.run("A launch", policy=Policy())
    with client.attach(left.session_id, policy=Policy()) as task:
        for event in task:
            if isinstance(event, PolicyDecision):
                break
        assert [question.kind for question in task.questions] == ["plan"]


def test_a_runner_takes_a_policy(client: Client) -> None:
    session = client.session.get_info(client.session.create(CreateSessionRequest(task="A launch")).session_id)
    connection = WebSocketClient(client.base_url, client.api_key or "", session_id=session.session_id)
    runner = create_task_runner(connection, client, session)
    result = runner.run_task("A launch", policy=Policy([PLANS]))
    assert (result.success, decided(result)) == (True, [("approve", "plans")])


def test_the_option_to_stop_before_public_acts_holds_beside_a_policy(client: Client) -> None:
    options = TaskExecutionOptions(stop_on_x_confirm=True)
    result = client.run("A launch", task_mode=TaskMode.Marketing, options=options, policy=Policy([PLANS]))
    assert (result.success, result.error) == (False, "the task was stopped")


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"policy": "policy.yaml"}, "policy", "Policy.load"),
        ({"policy": Policy(), "confirm": "approve"}, "confirm", "give one of them"),
    ],
)
def test_what_is_no_policy_or_a_second_word_is_refused_and_nothing_is_sent(
    client: Client, emulator: Emulator, given: dict[str, Any], field: str, words: str
) -> None:
    with pytest.raises(ValidationError, match=words) as refused:
        client.run("A launch", **given)
    assert (refused.value.field, emulator.sessions) == (field, {})
