"""A round that begins where another one was under way, or has just ended: nothing of that one is left."""

from __future__ import annotations

import pytest

from tests.mate.tasks.protocol.sessions import AWAY, PAGE_1, START, Session, delivered, delivered_ids, info, page
from tests.support import messages as said
from wyseos.mate.errors import NotFoundError
from wyseos.mate.tasks.protocol import actions as act
from wyseos.mate.tasks.protocol.commands import Attach, Pause
from wyseos.mate.tasks.protocol.reconnect import Cause, Ending
from wyseos.mate.tasks.protocol.session import STREAM_PATIENCE

THE_ROUNDS_OWN = 300.0
"""Seconds that the sessions here are given."""


def test_before_its_first_round_a_session_is_not_open_and_waits_for_nothing() -> None:
    session = Session()
    assert (session.protocol.is_open, session.protocol.deadline, session.at(9.0)) == (False, None, [])
    assert (session.lost(), session.protocol.deadline, session.opened()) == ([], None, [act.Disconnect()])
    assert session.answers(act.ReadSession(), info()) == []


def test_a_start_after_a_pause_opens_a_connection_of_its_own(running: Session) -> None:
    running.do("command", Pause())
    assert running.begin() == [act.Connect()]
    assert not running.protocol.is_open


def test_a_start_after_a_pause_waits_for_nothing_of_the_round_before(running: Session) -> None:
    running.do("command", Pause())
    running.lost()
    assert running.protocol.deadline == 0.25
    running.begin()
    assert running.protocol.deadline == THE_ROUNDS_OWN


def test_what_was_asked_by_rest_is_not_asked_again_once_a_new_round_begins(reopened: Session) -> None:
    reopened.do("command", Pause())
    reopened.answers(act.ReadSession(), AWAY)
    reopened.begin()
    assert reopened.protocol.deadline == reopened.now + THE_ROUNDS_OWN
    assert reopened.at(60.0) == []


def test_a_new_round_has_the_patience_of_a_first_one(running: Session) -> None:
    for _ in range(6):
        running.lost()
    running.do("command", Pause())
    running.begin()
    running.lost(Ending(Cause.CUT, "cut"))
    assert running.protocol.deadline == 0.25


def test_once_it_is_connected_again_the_service_is_not_polled_any_more(running: Session) -> None:
    running.lost()
    running.lost()
    running.opened()
    running.answers(act.ReadSession(), info())
    running.answers(PAGE_1, page(said.text("a")))
    asked = [action for second in range(1, 10) for action in running.at(running.now + second / 10)]
    assert [action for action in asked if isinstance(action, act.ReadSession)] == []


def test_an_event_is_handed_out_with_the_bytes_that_it_takes(running: Session) -> None:
    [deliver] = running.says(said.text("b"))
    assert isinstance(deliver, act.Deliver)
    assert delivered([deliver])[0].message_id == "b"
    assert deliver.size > 2_500


def test_a_connection_that_is_lost_after_the_round_is_over_brings_nothing(running: Session) -> None:
    running.says(said.error())
    assert (running.lost(), running.protocol.deadline) == ([], None)
    assert running.begin(START) == [act.Connect()]


def test_a_stream_is_read_in_a_new_round_though_the_one_before_ended_without_the_data_of_its_own(
    running: Session,
) -> None:
    running.says(said.stream_end("b", "marketing_tweet_reply"), said.result("c"), said.follow_up("d"))
    assert running.at(running.now + STREAM_PATIENCE)[-1] == act.RoundOver()
    running.begin()
    running.opened()
    running.answers(act.ReadSession(), info())
    running.answers(PAGE_1, page())
    assert act.ReadStream in map(type, running.says(said.stream_end("e", "marketing_tweet_reply")))


def test_what_a_round_missed_that_was_paused_while_it_caught_up_comes_before_the_next_one_starts() -> None:
    session = Session()
    session.begin()
    session.opened()
    session.reopen()
    session.says(said.text("b"))
    session.do("command", Pause())
    session.begin()
    assert session.opened() == [act.ReadSession()]
    session.answers(act.ReadSession(), info("paused"))
    actions = session.answers(PAGE_1, page(said.text("a"), said.text("b")))
    assert delivered_ids(actions) == ["a", "b"]
    assert actions[-1] == act.SendText(START.message.to_dict())
    assert delivered_ids(session.says(said.text("c"))) == ["c"]


def test_what_a_round_missed_that_was_paused_without_a_connection_comes_before_the_next_one_starts() -> None:
    session = Session()
    session.begin()
    session.opened()
    session.lost()
    session.do("command", Pause())
    session.begin()
    assert session.opened() == [act.ReadSession()]
    session.answers(act.ReadSession(), info("paused"))
    assert delivered_ids(session.answers(PAGE_1, page(said.text("a")))) == ["a"]


@pytest.mark.parametrize(("is_old", "first"), [(False, act.Connect()), (True, act.ReadNewest())])
def test_a_round_that_was_paused_before_its_first_connection_begins_anew_as_it_would_have_begun(
    is_old: bool, first: act.Action
) -> None:
    session = Session()
    session.begin(is_old=is_old)
    session.do("command", Pause())
    assert session.begin(is_old=is_old) == [first]
    session.answers(act.ReadNewest(), page())
    assert session.opened() == [act.SendText(START.message.to_dict())]


def test_a_round_after_one_that_ended_without_a_message_asks_for_nothing_first() -> None:
    session = Session()
    session.begin()
    session.lost(Ending(Cause.UNUSABLE, "no such address"))
    session.begin()
    assert session.opened() == [act.SendText(START.message.to_dict())]


def test_after_a_session_could_not_be_attached_to_a_new_round_holds_nothing_back() -> None:
    session = Session()
    session.begin(Attach())
    session.answers(act.ReadSession(), NotFoundError("404", status_code=404))
    session.begin()
    session.opened()
    assert delivered_ids(session.says(said.text("a"))) == ["a"]


def test_a_status_that_comes_once_the_round_is_over_holds_nothing_back_in_the_next_one() -> None:
    session = Session()
    session.begin()
    session.opened()
    session.reopen()
    session.answers(act.ReadSession(), AWAY)
    session.to_deadline()
    told = session.answers(PAGE_1, page(said.stream_end("", "marketing_tweet_reply"), said.error("")))
    [read] = [action for action in told if isinstance(action, act.ReadStream)]
    assert session.answers(act.ReadSession(), info("error")) == []
    assert session.answers(read, AWAY)[-1] == act.RoundOver()
    session.begin()
    session.opened()
    assert delivered_ids(session.says(said.text("a"))) == ["a"]


@pytest.mark.parametrize("cuts", [1, 2])
def test_what_the_last_round_asked_for_and_nobody_answers_any_more_is_asked_for_again(
    running: Session, cuts: int
) -> None:
    for _ in range(cuts):  # what was asked for before a cut is asked for once more after it
        running.reopen()
    running.do("command", Pause())
    running.begin()
    assert running.opened() == [act.ReadSession()]
    assert running.answers(act.ReadSession(), info("paused")) == [PAGE_1]
    assert running.answers(PAGE_1, page(said.text("a"))) == [act.SendText(START.message.to_dict())]


def test_a_round_after_one_whose_end_nothing_could_be_asked_about_begins(running: Session) -> None:
    running.says(said.result("b"))
    assert running.lost() == [act.ReadSession()]
    ends = [action for now in (1.5, 6.5, 11.5) for action in running.at(now)]
    assert ends[-1] == act.RoundOver()
    running.begin()
    assert running.opened() == [act.ReadSession()]


def test_a_consumer_that_was_full_at_the_end_of_the_last_round_does_not_hold_up_the_next_one(running: Session) -> None:
    running.do("consumer_full", True)
    running.do("command", Pause())
    running.begin()
    running.opened()
    assert running.answers(act.ReadSession(), info("paused")) == [PAGE_1]
    assert running.answers(PAGE_1, page(said.text("a"))) == [act.SendText(START.message.to_dict())]
