"""A round that begins where another one was under way, or has just ended: nothing of that one is left."""

from __future__ import annotations

from tests.mate.tasks.protocol.sessions import AWAY, PAGE_1, START, Session, delivered, info, page
from tests.support import messages as said
from wyseos.mate.tasks.protocol import actions as act
from wyseos.mate.tasks.protocol.commands import Pause
from wyseos.mate.tasks.protocol.reconnect import Cause, Ending
from wyseos.mate.tasks.protocol.session import STREAM_PATIENCE

THE_ROUNDS_OWN = 300.0
"""Seconds that the sessions here are given."""


def test_before_its_first_round_a_session_is_not_open_and_waits_for_nothing() -> None:
    session = Session()
    assert (session.protocol.is_open, session.protocol.deadline, session.at(9.0)) == (False, None, [])
    assert session.lost() == []


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
