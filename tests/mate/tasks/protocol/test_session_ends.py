"""How a round ends, whatever stands in the way: it always does, with the result that the service has."""

from __future__ import annotations

import pytest

from tests.mate.tasks.protocol.sessions import (
    AWAY,
    PAGE_1,
    Session,
    delivered,
    delivered_ids,
    info,
    page,
    read_a_result,
    sent,
)
from tests.support import messages as said
from wyseos.generated.models import MarketingData
from wyseos.mate.tasks.protocol import actions as act
from wyseos.mate.tasks.protocol.catchup import PageRequest
from wyseos.mate.tasks.protocol.commands import Attach, Pause, Stop
from wyseos.mate.tasks.protocol.local_events import Gap, StreamClosed
from wyseos.mate.tasks.protocol.policy import Answering, AnswerPolicy
from wyseos.mate.tasks.protocol.reconnect import Cause, Ending
from wyseos.runtime import records

POLICY = Ending(Cause.CLOSED, "policy", close_code=1008)
STRAY = [b"stray"] * 3
"""So many frames that are no events end a round, unless the service has a result."""


def answers(actions: list[act.Action]) -> list[str]:
    """The results that are told."""
    return [action.done.answer for action in actions if isinstance(action, act.Finished)]


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
    assert running.protocol.deadline == 11.5  # what may follow is waited for, and not for the gap alone
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


def test_a_result_that_was_held_back_for_long_when_the_round_was_given_up_ends_it(reopened: Session) -> None:
    reopened.answers(act.ReadSession(), info())
    reopened.answers(PAGE_1, AWAY)
    reopened.says(said.result("b", "42"))
    reopened.now = 74.0
    reopened.lost(POLICY)
    assert answers(reopened.at(75.25)) == ["42"]
    assert reopened.protocol.deadline == 76.75
    actions = [action for now in (76.75, 81.75, 86.75) for action in reopened.at(now)]
    assert actions[-1] == act.RoundOver()


def test_a_round_whose_time_is_over_goes_on_where_a_last_look_brings_what_somebody_is_to_answer() -> None:
    session = Session(AnswerPolicy(text=Answering.WAIT, completion_timeout=300), heartbeat_interval=600.0)
    session.begin()
    session.opened()
    session.says(said.text("a"))
    session.now = 300.0
    session.do("bytes_received")
    assert session.at(300.0) == [act.ReadSession()]
    session.answers(act.ReadSession(), info())
    actions = session.answers(PAGE_1, page(said.text("a"), said.question("q")))
    assert ([type(item).__name__ for item in delivered(actions)], answers(actions)) == (["InputEvent", "Question"], [])
    assert session.protocol.deadline == 312.0  # the connection's


@pytest.fixture
def out_of_time() -> Session:
    """A session whose time was over while it waited for its next connection: the service is asked for the last time."""
    session = Session(AnswerPolicy(text=Answering.WAIT, completion_timeout=300))
    session.begin()
    session.opened()
    session.says(said.text("a"))
    session.now = 299.0
    session.lost(Ending(Cause.UNREACHABLE, "no network", retry_after=60.0))
    assert session.at(300.0) == [act.ReadSession()]
    session.answers(act.ReadSession(), info())
    return session


def test_a_round_that_goes_on_though_its_time_was_over_is_connected_to_again(out_of_time: Session) -> None:
    out_of_time.answers(PAGE_1, page(said.text("a"), said.question("q")))
    assert act.Connect() in out_of_time.at(363.0)


def test_a_round_that_goes_on_but_can_not_be_connected_to_any_more_ends(out_of_time: Session) -> None:
    out_of_time.lost(POLICY)
    actions = out_of_time.answers(PAGE_1, page(said.text("a"), said.question("q")))
    assert [action.done.error for action in actions if isinstance(action, act.Finished)] == ["policy"]


def test_the_first_reason_to_end_a_round_is_told_where_its_time_is_over_too(running: Session) -> None:
    running.do("frames_received", STRAY)
    running.now = 300.0
    [finished] = [action for action in running.at(300.0) if isinstance(action, act.Finished)]
    assert "3 frames in a row" in (finished.done.error or "")


# ---- what may follow a result


@pytest.fixture
def held_at_the_end(reopened: Session) -> Session:
    """A session that reads a result from the history while something newer is held back; its time for that is over."""
    read_a_result(reopened, said.text("c"))
    assert reopened.at(reopened.now + 1.5) == []
    return reopened


def test_what_is_held_back_behind_a_result_is_waited_for_as_long_as_for_a_last_look(held_at_the_end: Session) -> None:
    session = held_at_the_end
    assert session.protocol.deadline == session.now + 5.0
    assert session.at(session.now + 4.0) == []
    actions = session.at(session.now + 1.0)
    reason = "what follows the result could not be read before the round ended"
    gap, event = delivered(actions)
    assert (gap, event.message_id, answers(actions)) == (Gap(reason, "b", "open"), "c", ["42"])


def test_once_what_follows_a_result_is_read_after_its_time_the_round_is_over(held_at_the_end: Session) -> None:
    missed = [said.text(f"m{number}") for number in range(2, 20)]
    actions = held_at_the_end.answers(PAGE_1, page(*missed, said.result("b", "42"), said.text("c")))
    assert (delivered_ids(actions), actions[-1]) == (["c"], act.RoundOver())


def test_a_result_of_the_history_is_followed_by_what_the_open_connection_brings(reopened: Session) -> None:
    reopened.answers(act.ReadSession(), info("complete"))
    assert answers(reopened.answers(PAGE_1, page(said.text("a"), said.result("b", "42")))) == ["42"]
    assert reopened.at(reopened.now + 1.5) == [act.Disconnect(), act.RoundOver()]


def test_after_a_result_that_was_read_before_the_end_no_other_wait_is_left(running: Session) -> None:
    running.lost(POLICY)
    running.answers(act.ReadSession(), info("complete"))
    running.answers(PAGE_1, page(said.text("a"), said.result("b", "42")))
    running.at(1.5)
    assert running.protocol.deadline == 6.5


def test_once_its_result_was_let_through_a_round_that_breaks_waits_for_what_may_follow_as_any_other() -> None:
    session = Session(budget=8_000)
    session.begin()
    session.opened()
    session.says(said.text("a"))
    session.do("frames_received", STRAY)
    session.answers(act.ReadSession(), info())
    session.answers(PAGE_1, AWAY)
    assert answers(session.says(said.result("b", "42"))) == ["42"]
    session.lost()
    session.at(1.5)
    assert delivered(session.at(5.0)) == []


def test_a_connection_that_breaks_after_the_result_makes_no_gap_of_what_is_being_read(reopened: Session) -> None:
    reopened.answers(act.ReadSession(), AWAY)
    newest = page(*(said.text(f"m{number}") for number in range(19)), said.result("b", "42"))
    reopened.answers(PAGE_1, records.evolve(newest, total=21))
    reopened.to_deadline()
    reopened.answers(act.ReadSession(), info("complete"))
    oldest = records.evolve(page(said.text("a")), total=21)
    assert answers(reopened.answers(act.ReadHistory(PageRequest(2, 20)), oldest)) == ["42"]
    assert delivered(reopened.do("frames_received", STRAY)) == []


def test_a_result_that_comes_with_the_end_is_followed_by_what_the_open_connection_brings(running: Session) -> None:
    running.do("frames_received", STRAY)
    running.says(said.result("b", "42"))
    assert answers(running.at(5.0)) == ["42"]
    assert act.ReadSession() not in running.at(6.5)
    assert running.at(11.5)[-1] == act.RoundOver()


def test_after_a_long_sleep_no_connection_is_opened_for_a_round_that_has_its_result(running: Session) -> None:
    running.do("frames_received", STRAY)
    running.says(said.result("b", "42"))
    running.lost()
    actions = running.at(30.0)
    assert (answers(actions), act.Connect() in actions) == (["42"], False)


@pytest.fixture
def nearly_over(running: Session) -> Session:
    """A session with a result, without a connection, whose last look brought nothing: its gap may still be filled."""
    running.says(said.stream_end("b", "marketing_tweet_reply"), said.result("c", "42"))
    running.lost()
    running.at(1.5)
    running.at(6.5)
    return running


def test_the_data_of_a_stream_that_comes_late_is_delivered_as_long_as_the_round_is_not_over(
    nearly_over: Session,
) -> None:
    assert answers(nearly_over.at(10.0)) == ["42"]
    data = MarketingData.from_dict({})
    [late] = delivered(nearly_over.answers(act.ReadStream("marketing_tweet_reply", ("reply",)), data))
    assert late == StreamClosed(stream="marketing_tweet_reply", data=data)


def test_once_the_data_of_streams_is_in_it_is_waited_for_no_longer(nearly_over: Session) -> None:
    read = act.ReadStream("marketing_tweet_reply", ("reply",))
    assert answers(nearly_over.answers(read, MarketingData.from_dict({}))) == ["42"]
    assert nearly_over.protocol.deadline == 11.5
