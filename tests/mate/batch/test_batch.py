"""Batches on the emulator: each item once, what comes of it, and going on where the last run ended."""

from __future__ import annotations

import asyncio
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from wyseos.mate import AsyncClient, Client, TaskExecutionOptions
from wyseos.mate.batch import ItemState, Outcome
from wyseos.mate.batch.coordinator import BatchPlan, Coordinator
from wyseos.mate.batch.items import Item
from wyseos.mate.batch.journal import Input, Journal
from wyseos.mate.batch.work import Terms
from wyseos.mate.emulator import Emulator
from wyseos.mate.errors import APIError, AuthenticationError, ConfigError, ValidationError
from wyseos.mate.policy import Policy, Rule

TASKS = [f"Task {number}" for number in range(12)]


def starts(emulator: Emulator) -> list[int]:
    return sorted(len(session.starts) for session in emulator.sessions.values())


def test_each_item_is_run_once_and_results_come_in_order(client: Client, emulator: Emulator) -> None:
    batch = client.batch(TASKS)
    assert sorted(outcome.number for outcome in batch) == list(range(1, 13))
    results = batch.results()
    assert [(each.task, each.state, each.tries) for each in results] == [(task, "done", 1) for task in TASKS]
    assert all(task in each.final_answer for task, each in zip(TASKS, results, strict=True))
    assert starts(emulator) == [1] * 12


def test_the_same_call_does_nothing_again(client: Client, emulator: Emulator) -> None:
    client.batch(TASKS).results()
    assert list(client.batch(TASKS)) == []
    assert starts(emulator) == [1] * 12


def test_a_run_that_was_left_is_gone_on_with(client: Client, emulator: Emulator) -> None:
    first = {each.number for each in islice(client.batch(TASKS, concurrency=3), 4)}
    batch = client.batch(TASKS)
    assert first.isdisjoint(each.number for each in batch)
    assert batch.counts[ItemState.DONE] == 12
    assert starts(emulator) == [1] * 12


def test_the_same_on_an_async_client(emulator: Emulator) -> None:
    async def main() -> tuple[list[int], list[bool]]:
        async with AsyncClient(base_url=emulator.base_url, api_key=emulator.api_key) as client:
            batch = client.batch(TASKS)
            numbers = [outcome.number async for outcome in batch]
            return sorted(numbers), [outcome.success for outcome in await batch.results()]

    assert asyncio.run(main()) == (list(range(1, 13)), [True] * 12)


def test_an_item_has_a_key_a_mode_and_options_of_its_own(client: Client, emulator: Emulator) -> None:
    item = {"key": "mine", "task": "One", "mode": "deep_search", "options": {"enable_event_logging": True}}
    [outcome] = client.batch([item]).results()
    assert (outcome.key, outcome.success) == ("mine", True)
    assert outcome.result is not None
    assert outcome.result.execution_logs
    assert [session.info["mode"] for session in emulator.sessions.values()] == ["deep_search"]


def test_a_broken_item_stops_nothing_else(client: Client, emulator: Emulator) -> None:
    outcomes = {each.number: each for each in client.batch(["One", {"tsk": "x"}, "Three"])}
    assert [outcomes[number].state for number in (1, 2, 3)] == ["done", "failed", "done"]
    assert outcomes[2].error == "item 2: 'tsk' is not known here; did you mean 'task'?"
    assert len(emulator.sessions) == 2


def test_a_failed_item_is_begun_again_as_often_as_it_says() -> None:
    with (
        Emulator("failure", speed=0) as emulator,
        Client(base_url=emulator.base_url, api_key=emulator.api_key) as client,
    ):
        [outcome] = client.batch(["One"], "a.journal", retries=2).results()
        assert (outcome.state, outcome.tries, outcome.error) == ("failed", 3, "[5000] The agents could not agree.")
        assert starts(emulator) == [1, 1, 1]
        assert list(client.batch(["One"], "a.journal", retries=2)) == []
        assert [each.tries for each in client.batch(["One"], "a.journal", retries=3)] == [4]


def test_a_question_is_left_open_answered_elsewhere_and_gone_on_with() -> None:
    with Emulator(speed=0) as emulator, Client(base_url=emulator.base_url, api_key=emulator.api_key) as client:
        batch = client.batch(["One", "Two"], "a.journal", policy=Policy())
        assert [each.state for each in batch] == ["asking", "asking"]
        for question in client.questions(Path("a.journal")):
            client.answer(question.session_id, approve=True)
        assert [each.state for each in batch.results()] == ["done", "done"]
        assert starts(emulator) == [1, 1]


def test_a_policy_answers_and_what_it_decided_stands_in_the_journal() -> None:
    policy = Policy([Rule(name="plans", kind="plan", then="approve")])
    with Emulator(speed=0) as emulator, Client(base_url=emulator.base_url, api_key=emulator.api_key) as client:
        [outcome] = client.batch(["One"], policy=policy).results()
    assert outcome.result is not None
    assert [row["rule"] for row in outcome.result.decisions] == ["plans"]


def test_what_becomes_public_is_permitted_by_a_rule_alone() -> None:
    with Emulator(speed=0) as emulator, Client(base_url=emulator.base_url, api_key=emulator.api_key) as client:
        item = {"task": "A launch", "mode": "marketing"}
        [left] = client.batch([item], "a.journal").results()
        assert left.state == "asking"
        [question] = client.questions(Path("a.journal"))
        assert question.kind == "confirmation"
        plans, posts = Rule(kind="plan", then="approve"), Rule(action="post", then="approve")
        assert client.batch([item], "b.journal", policy=Policy([plans, posts])).results()[0].success


def test_a_burst_of_refusals_halves_what_is_under_way_once(emulator: Emulator, folder: Path) -> None:
    emulator.fault("status", operation="create_session", status=429, times=16)

    async def main() -> tuple[int, int]:
        async with AsyncClient(base_url=emulator.base_url, api_key=emulator.api_key) as client:
            with Journal(folder / "a.journal") as journal:
                items = [Item(number, str(number), {"task": f"Task {number}"}) for number in range(1, 33)]
                journal.begin(Input(digest="d", base_url="", account=""), lambda: items)
                outcomes: list[Outcome] = []

                async def deliver(outcome: Outcome) -> None:
                    outcomes.append(outcome)

                plan = BatchPlan(terms=Terms(), concurrency=16, retries=0)
                coordinator = Coordinator(client, journal, plan, deliver)
                await coordinator.run()
        return len(outcomes), coordinator.limit.current

    done, limit = asyncio.run(main())
    assert done == 32
    assert 8 <= limit < 16


def test_refusals_for_capacity_are_waited_out_and_are_no_tries(client: Client, emulator: Emulator) -> None:
    emulator.fault("status", operation="create_session", status=429, times=3)
    results = client.batch(TASKS).results()
    assert [(each.state, each.tries) for each in results] == [("done", 1)] * 12
    assert starts(emulator) == [1] * 12


def test_what_stops_all_items_stops_the_batch_and_loses_nothing(client: Client, emulator: Emulator) -> None:
    refused = Client(base_url=emulator.base_url, api_key="wrong")
    with refused, pytest.raises(AuthenticationError):
        refused.batch(TASKS, "a.journal").results()
    assert [each.state for each in client.batch(TASKS, "a.journal").results()] == ["done"] * 12


def test_without_credits_the_batch_ends_with_that_error() -> None:
    with (
        Emulator("short", speed=0, credits=0) as emulator,
        Client(base_url=emulator.base_url, api_key=emulator.api_key) as client,
        pytest.raises(APIError, match="not enough credits"),
    ):
        client.batch(TASKS).results()


def test_a_batch_that_is_under_way_is_not_begun_a_second_time(client: Client) -> None:
    outcomes = iter(client.batch(TASKS, concurrency=1))
    next(outcomes)
    with pytest.raises(ConfigError, match="this one"):
        next(iter(client.batch(TASKS)))
    assert len(list(outcomes)) == 11


def test_a_changed_input_is_refused(client: Client) -> None:
    client.batch(TASKS, "a.journal").results()
    with pytest.raises(ConfigError, match="another input"):
        client.batch([*TASKS, "More"], "a.journal").results()


def test_a_journal_of_another_account_is_refused() -> None:
    with Emulator("short", speed=0) as ours, Client(base_url=ours.base_url, api_key=ours.api_key) as client:
        client.batch(TASKS, "a.journal").results()
        base_url = ours.base_url
    with (
        Emulator("short", speed=0, port=int(base_url.rpartition(":")[2])) as theirs,
        Client(base_url=base_url, api_key=theirs.api_key) as client,
        pytest.raises(ConfigError, match="is of another account"),
    ):
        client.batch(TASKS, "a.journal").results()
    assert theirs.violations == []


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"concurrency": 0}, "concurrency"),
        ({"concurrency": True}, "concurrency"),
        ({"retries": -1}, "retries"),
        ({"options": {}}, "options"),
        ({"policy": "policy.yaml"}, "policy"),
        ({"executor": 3}, "executor"),
        ({"credentials": "mine"}, "credentials"),
    ],
)
def test_an_argument_that_can_not_be_used_is_refused_by_name(client: Client, given: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        client.batch(TASKS, **given)
    assert refused.value.field == field


def test_options_of_the_batch_hold_for_each_item(client: Client) -> None:
    options = TaskExecutionOptions(enable_event_logging=True)
    results = client.batch(["One", "Two"], options=options).results()
    assert all(each.result is not None and each.result.execution_logs for each in results)
