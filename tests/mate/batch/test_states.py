"""An item of a batch takes only the steps of the table, and always has a way to an end."""

from __future__ import annotations

from pathlib import Path

import pytest

from wyseos.mate.batch.states import TRANSITIONS, ItemEvent, ItemState, diagram


def test_only_an_item_without_a_session_is_given_one() -> None:
    takers = {state for state, event in TRANSITIONS if event is ItemEvent.SESSION_CREATED}
    assert takers == {ItemState.WAITING}


def test_nothing_runs_before_its_session_is_known() -> None:
    """A waiting item is taken up only where a try before left it a session."""
    takers = {state for state, event in TRANSITIONS if event is ItemEvent.TAKEN_UP}
    assert takers == {ItemState.WAITING, ItemState.CREATED, ItemState.ASKING}


def test_the_page_shows_the_table_as_it_is() -> None:
    assert diagram() in (Path(__file__).parents[3] / "docs/batches.md").read_text("utf-8")


def test_a_finished_item_is_never_done_again() -> None:
    assert [event for state, event in TRANSITIONS if state is ItemState.DONE] == []


def test_a_failed_item_can_only_be_retried() -> None:
    assert [(event, to) for (state, event), to in TRANSITIONS.items() if state is ItemState.FAILED] == [
        (ItemEvent.RETRIED, ItemState.WAITING)
    ]


@pytest.mark.parametrize("state", [s for s in ItemState if s is not ItemState.DONE])
def test_every_state_leads_to_done(state: ItemState) -> None:
    reached = {state}
    for _ in ItemState:
        reached |= {to for (origin, _), to in TRANSITIONS.items() if origin in reached}
    assert ItemState.DONE in reached
