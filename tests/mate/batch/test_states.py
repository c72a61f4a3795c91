"""An item of a batch takes only the steps of the table, and always has a way to an end."""

from __future__ import annotations

import pytest

from wyseos.mate.batch.states import TRANSITIONS, ItemEvent, ItemState, next_state


def test_only_an_item_without_a_session_is_given_one() -> None:
    takers = {state for state, event in TRANSITIONS if event is ItemEvent.SESSION_CREATED}
    assert takers == {ItemState.WAITING}


def test_nothing_is_started_before_its_session_is_known() -> None:
    starters = {state for state, event in TRANSITIONS if event is ItemEvent.STARTED}
    assert starters == {ItemState.CREATED}


def test_a_finished_item_is_never_done_again() -> None:
    for event in ItemEvent:
        with pytest.raises(ValueError, match="'done' cannot take"):
            next_state(ItemState.DONE, event)


def test_a_failed_item_can_only_be_retried() -> None:
    assert next_state(ItemState.FAILED, ItemEvent.RETRIED) is ItemState.WAITING
    assert [e for s, e in TRANSITIONS if s is ItemState.FAILED] == [ItemEvent.RETRIED]


@pytest.mark.parametrize("state", [s for s in ItemState if s is not ItemState.DONE])
def test_every_state_leads_to_done(state: ItemState) -> None:
    reached = {state}
    for _ in ItemState:
        reached |= {to for (origin, _), to in TRANSITIONS.items() if origin in reached}
    assert ItemState.DONE in reached
