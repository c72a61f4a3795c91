"""What the session protocol tells of messages that are missing, and what comes of them later."""

from __future__ import annotations

import pytest

from tests.mate.tasks.protocol.sessions import AWAY, PAGE_1, Session, delivered, frame, info, page
from tests.support import messages as said
from wyseos.mate.tasks.protocol import actions as act
from wyseos.mate.tasks.protocol.local_events import Gap
from wyseos.runtime import records


@pytest.fixture
def gapped(reopened: Session) -> Session:
    """A session whose live events go on behind an open gap, after "a"; "c" came behind it."""
    reopened.answers(act.ReadSession(), info())
    reopened.answers(PAGE_1, AWAY)
    reopened.says(said.text("c"))
    reopened.at(reopened.now + 75.0)
    return reopened


def named(actions: list[act.Action]) -> list[str | None]:
    """What is delivered, by its id, and a gap by its state."""
    return [getattr(item, "state", item.message_id) for item in delivered(actions)]


def test_what_is_lost_is_told_with_the_message_before_it(reopened: Session) -> None:
    reopened.answers(act.ReadSession(), info())
    gap, _ = delivered(reopened.answers(PAGE_1, page(said.text("z"))))
    assert gap == Gap("the history does not reach back to the last message seen", "a", "lost")


def test_a_gap_that_is_filled_brings_what_was_missing_and_then_says_so(gapped: Session) -> None:
    event, gap = delivered(gapped.answers(PAGE_1, page(said.text("a"), said.text("b"), said.text("c"))))
    assert (event.message_id, gap) == ("b", Gap("what was missing has come", "c", "filled"))


def test_events_go_on_to_the_user_with_the_bytes_that_they_take(reopened: Session) -> None:
    reopened.answers(act.ReadSession(), info())
    reopened.answers(PAGE_1, AWAY)
    reopened.says(said.text("c"))
    held = reopened.protocol.delivery.held_size
    sizes = [action.size for action in reopened.at(75.25) if isinstance(action, act.Deliver)]
    assert (held > 2_500, sizes) == (True, [0, held])


def test_what_was_held_back_behind_a_gap_that_is_filled_goes_on_with_its_bytes_too(gapped: Session) -> None:
    gapped.reopen()
    gapped.says(said.text("d"))
    held = gapped.protocol.delivery.held_size
    gapped.answers(act.ReadSession(), info())
    told: list[act.Action] = []
    for _ in range(2):  # the first of the pages was asked for before the cut
        told += gapped.answers(PAGE_1, page(said.text("a"), said.text("b"), said.text("c")))
    assert named(told) == ["b", "filled", "d"]
    assert (held > 2_500, [action.size for action in told if isinstance(action, act.Deliver)][-1]) == (True, held)


def test_missed_events_are_delivered_with_the_bytes_that_they_take(reopened: Session) -> None:
    reopened.answers(act.ReadSession(), info())
    [deliver] = reopened.answers(PAGE_1, page(said.text("a"), said.text("b", "hello")))
    assert isinstance(deliver, act.Deliver)
    assert deliver.size == len("hello") + 2_500


def test_a_gap_with_nothing_behind_it_yet_is_delivered_alone(reopened: Session) -> None:
    reopened.answers(act.ReadSession(), info())
    reopened.answers(PAGE_1, AWAY)
    told = [action.items for action in reopened.at(75.25) if isinstance(action, act.Deliver)]
    assert told == [[Gap("the missed messages could not be read for 75 s", "a", "open")]]


def test_a_result_that_was_held_back_ends_the_round_once_it_is_let_through(reopened: Session) -> None:
    reopened.answers(act.ReadSession(), info())
    reopened.answers(PAGE_1, AWAY)
    reopened.says(said.result("c", "42"))
    finished = [action for action in reopened.at(75.25) if isinstance(action, act.Finished)]
    assert [action.done.answer for action in finished] == ["42"]


def test_a_result_that_only_the_status_tells_is_waited_for_as_long_as_for_the_messages(reopened: Session) -> None:
    reopened.answers(act.ReadSession(), info("complete", task_result={"content": "42"}))
    assert reopened.answers(PAGE_1, AWAY) == []
    finished = [action for action in reopened.at(75.25) if isinstance(action, act.Finished)]
    assert [action.done.answer for action in finished] == ["42"]


def test_why_it_failed_is_told_as_the_status_tells_it(reopened: Session) -> None:
    reopened.answers(act.ReadSession(), info("error", error_message="out of credits"))
    actions = reopened.answers(PAGE_1, page(said.text("a")))
    finished = [action for action in actions if isinstance(action, act.Finished)]
    assert [(action.done.answer, action.done.error) for action in finished] == [("", "out of credits")]


def test_a_gap_that_can_not_be_filled_is_told_as_lost_at_the_end(gapped: Session) -> None:
    gapped.says(said.result("d", "42"), said.follow_up("e"))
    actions = gapped.at(gapped.now + 5.0)
    assert delivered(actions) == [Gap("what was missing could not be had", "e", "lost")]
    assert actions[-1] == act.RoundOver()


def test_the_end_waits_for_five_seconds_for_what_is_missing_and_no_longer_once_it_has_come(gapped: Session) -> None:
    assert act.RoundOver() not in gapped.says(said.result("d", "42"), said.follow_up("e"))
    assert act.RoundOver() not in gapped.at(gapped.now + 4.0)
    told = page(said.text("a"), said.text("b"), said.text("c"), said.result("d", "42"), said.follow_up("e"))
    actions = gapped.answers(PAGE_1, told)
    assert (named(actions), actions[-1]) == (["b", "filled"], act.RoundOver())


def test_after_a_gap_was_opened_early_the_next_one_is_waited_for_in_full(reopened: Session) -> None:
    reopened.protocol._settings = records.evolve(reopened.protocol._settings, budget=8_000)
    reopened.answers(act.ReadSession(), info())
    reopened.answers(PAGE_1, AWAY)
    [gap, event] = delivered(reopened.says(said.text("c")))
    reason = "the missed messages can't be read yet, and too many new ones wait behind them"
    assert (gap, event.message_id) == (Gap(reason, "a", "open"), "c")
    reopened.now = 60.0
    reopened.lost()
    reopened.opened()
    assert delivered(reopened.at(80.0)) == []


@pytest.mark.parametrize(("spare", "is_read_on"), [(0, True), (-1, False)])
def test_of_the_budget_a_fourth_may_be_held_back_before_reading_pauses(
    reopened: Session, spare: int, is_read_on: bool
) -> None:
    message = said.text("c")
    size = len(frame(message)) + 2_500
    reopened.protocol._settings = records.evolve(reopened.protocol._settings, budget=4 * size + spare)
    reopened.answers(act.ReadSession(), info())
    assert reopened.says(message) == ([] if is_read_on else [act.PauseReading()])


def test_a_fourth_of_the_budget_is_not_too_much_while_the_messages_can_not_be_read(reopened: Session) -> None:
    message = said.text("c")
    reopened.protocol._settings = records.evolve(reopened.protocol._settings, budget=4 * (len(frame(message)) + 2_500))
    reopened.answers(act.ReadSession(), info())
    reopened.answers(PAGE_1, AWAY)
    assert reopened.says(message) == []


def test_reading_goes_on_once_what_was_held_back_is_delivered(reopened: Session) -> None:
    reopened.protocol._settings = records.evolve(reopened.protocol._settings, budget=8_000)
    reopened.answers(act.ReadSession(), info())
    assert reopened.says(said.text("c")) == [act.PauseReading()]
    assert reopened.answers(PAGE_1, page(said.text("a")))[-1] == act.ResumeReading()


def test_a_status_that_came_late_is_not_believed_before_the_messages_were_read_once_more(reopened: Session) -> None:
    reopened.answers(act.ReadSession(), AWAY)
    [ask] = [action for action in reopened.to_deadline() if isinstance(action, act.ReadSession)]
    reopened.answers(ask, info("complete", task_result={"content": "41"}))
    actions = reopened.answers(PAGE_1, page(said.text("a"), said.result("b", "42")))
    assert [action.done.answer for action in actions if isinstance(action, act.Finished)] == ["42"]
