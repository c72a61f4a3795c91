"""How a round ends, whatever stands in the way: it always does, with the result that the service has."""

from __future__ import annotations

import pytest

from tests.mate.tasks.protocol.sessions import AWAY, PAGE_1, START, Session, delivered, info, page
from tests.support import messages as said
from wyseos.generated.models import MarketingData
from wyseos.mate.errors import NotFoundError
from wyseos.mate.tasks.protocol import actions as act
from wyseos.mate.tasks.protocol.catchup import PageRequest
from wyseos.mate.tasks.protocol.commands import Attach, Pause, Stop
from wyseos.mate.tasks.protocol.local_events import Gap, StreamClosed
from wyseos.mate.tasks.protocol.reconnect import Cause, Ending
from wyseos.runtime import records

POLICY = Ending(Cause.CLOSED, "policy", close_code=1008)
STRAY = [b"stray"] * 3
"""So many frames that are no events end a round, unless the service has a result."""


def answers(actions: list[act.Action]) -> list[str]:
    """The results that are told."""
    return [action.done.answer for action in actions if isinstance(action, act.Finished)]


def sent(actions: list[act.Action]) -> list[str]:
    return [action.message["type"] for action in actions if isinstance(action, act.SendText)]


# ---- given up, though there is a result


def test_a_round_that_was_given_up_and_has_a_result_after_all_ends(running: Session) -> None:
    running.lost(POLICY)
    running.answers(act.ReadSession(), info("complete"))
    told = page(said.text("a"), said.result("b", "42"))
    assert answers(running.answers(PAGE_1, told)) == ["42"]
    assert running.protocol.deadline == 1.5
    assert running.to_deadline() == [act.ReadSession()]
    running.answers(act.ReadSession(), info("complete"))
    assert running.answers(PAGE_1, told)[-1] == act.RoundOver()


def test_a_round_that_was_given_up_and_whose_result_only_the_status_tells_ends(running: Session) -> None:
    running.lost(POLICY)
    running.answers(act.ReadSession(), info("complete", task_result={"content": "42"}))
    running.answers(PAGE_1, AWAY)
    actions = running.at(5.0)
    assert (answers(actions), act.RoundOver() in actions) == (["42"], False)
    assert act.ReadSession() in running.at(6.5)
    actions = running.at(11.5)
    actions += running.at(16.5)
    assert actions[-1] == act.RoundOver()


def test_while_the_data_of_streams_is_waited_for_nothing_is_due_that_is_not_done(reopened: Session) -> None:
    reopened.answers(act.ReadSession(), AWAY)  # it would be asked again in half a second
    told = (said.text("a"), said.stream_end("b", "marketing_tweet_reply"), said.result("c"), said.follow_up("d"))
    assert act.RoundOver() not in reopened.answers(PAGE_1, page(*told))
    assert reopened.protocol.deadline == 10.25
    assert (reopened.at(2.0), reopened.protocol.deadline) == ([], 10.25)


# ---- a stop that has to wait


def test_a_stop_that_was_asked_for_before_an_attached_session_is_connected_to_goes_out_with_the_connection() -> None:
    session = Session()
    session.begin(Attach())
    session.answers(act.ReadSession(), info())
    assert session.do("command", Stop("enough")) == []
    assert session.opened() == [act.SendText({"type": "stop", "reason": "enough"}), act.ReadSession()]


def test_a_stop_of_a_round_that_catches_up_first_has_its_time_until_that_is_done(running: Session) -> None:
    running.do("command", Pause())
    running.begin()
    running.do("command", Stop("enough"))
    assert running.opened() == [act.ReadSession()]
    running.answers(act.ReadSession(), AWAY)
    running.answers(PAGE_1, AWAY)
    running.do("bytes_received")
    running.now = 11.0  # longer than the confirmation of a stop that was sent is waited for
    running.do("bytes_received")
    assert answers(running.at(11.0)) == []
    running.answers(act.ReadSession(), info("paused"))
    assert sent(running.answers(PAGE_1, page(said.text("a")))) == ["start", "stop"]
