"""The session protocol, input by input: what goes in, what comes out, and when it wants to be called again."""

from __future__ import annotations

import pytest

from tests.mate.tasks.protocol.sessions import (
    AWAY,
    PAGE_1,
    START,
    Session,
    delivered,
    delivered_ids,
    info,
    page,
    read_a_result,
)
from tests.support import messages as said
from wyseos.generated.models import MarketingData
from wyseos.mate.errors import NotFoundError, SessionExecutionError
from wyseos.mate.tasks.protocol import actions as act
from wyseos.mate.tasks.protocol.commands import Answer, Attach, Listen, Pause, Start, Stop
from wyseos.mate.tasks.protocol.frames import UnreadableFrame
from wyseos.mate.tasks.protocol.local_events import Gap, StreamClosed
from wyseos.mate.tasks.protocol.machine import FOLLOW_UP_PATIENCE
from wyseos.mate.tasks.protocol.policy import Answering, AnswerPolicy
from wyseos.mate.tasks.protocol.questions import Question
from wyseos.mate.tasks.protocol.reconnect import Cause, Ending


def kinds(actions: list[act.Action]) -> list[type]:
    return [type(action) for action in actions]


# ---- beginnings


def test_a_fresh_round_connects_sends_its_start_and_asks_nothing() -> None:
    session = Session()
    assert session.begin() == [act.Connect()]
    assert session.opened() == [act.SendText(START.message.to_dict())]
    assert session.protocol.is_open


def test_a_second_start_while_a_round_runs_is_refused() -> None:
    session = Session()
    session.begin()
    with pytest.raises(SessionExecutionError, match="already under way"):
        session.begin()


def test_in_an_old_session_what_stood_before_is_marked_and_never_delivered() -> None:
    session = Session()
    assert session.begin(is_old=True) == [act.ReadNewest()]
    assert session.answers(act.ReadNewest(), page(said.text("old"))) == [act.Connect()]
    session.opened()
    assert delivered_ids(session.says(said.text("old"), said.text("new"))) == ["new"]


def test_the_newest_message_of_an_old_session_is_asked_for_until_it_is_had() -> None:
    session = Session()
    session.begin(is_old=True)
    assert session.answers(act.ReadNewest(), AWAY) == []
    assert session.protocol.deadline == 1.0
    assert session.to_deadline() == [act.ReadNewest()]


def test_an_old_session_that_does_not_exist_is_an_error_at_once() -> None:
    session = Session()
    session.begin(is_old=True)
    [finished, _, over] = session.answers(act.ReadNewest(), NotFoundError("no such session", status_code=404))
    assert isinstance(finished, act.Finished)
    assert finished.done.error == "the session can't be asked: no such session"
    assert over == act.RoundOver()


def test_one_who_only_listens_connects_at_once_and_asks_again_later_what_stood_before() -> None:
    session = Session()
    assert session.begin(Listen(), is_old=True) == [act.ReadNewest(), act.Connect()]
    session.answers(act.ReadNewest(), AWAY)
    assert session.to_deadline() == [act.ReadNewest()]
    assert session.answers(act.ReadNewest(), page(said.text("old"))) == []
    session.opened()
    session.answers(act.ReadNewest(), AWAY)
    assert act.ReadNewest() not in session.at(session.now + 10.0)


def test_what_came_between_two_rounds_is_delivered_before_the_next_start_goes_out(running: Session) -> None:
    running.says(said.result("b"), said.follow_up("c"))
    assert running.begin(Start(START.message, resend_in=frozenset({"complete"}))) == [act.Connect()]
    assert running.opened() == [act.ReadSession()]
    assert running.answers(act.ReadSession(), info("complete")) == [PAGE_1]
    told = page(said.text("a"), said.result("b"), said.follow_up("c"), said.text("between"))
    actions = running.answers(PAGE_1, told)
    assert delivered_ids(actions) == ["between"]
    assert actions[-1] == act.SendText(START.message.to_dict())


# ---- attaching


def test_a_session_that_is_over_is_attached_to_without_a_connection() -> None:
    session = Session()
    assert session.begin(Attach()) == [act.ReadSession()]
    assert session.answers(act.ReadSession(), info("complete")) == [PAGE_1]
    actions = session.answers(PAGE_1, page(said.text("a"), said.result("b", "42")))
    assert delivered_ids(actions) == ["a", "b"]
    assert kinds(actions)[1:] == [act.Finished, act.Disconnect, act.RoundOver]


def test_a_session_that_runs_is_asked_again_once_the_connection_is_open() -> None:
    session = Session()
    session.begin(Attach())
    assert session.answers(act.ReadSession(), info()) == [act.Connect()]
    assert session.opened() == [act.ReadSession()]
    session.answers(act.ReadSession(), info())
    assert delivered_ids(session.answers(PAGE_1, page(said.text("a")))) == ["a"]


def test_a_session_that_does_not_exist_can_not_be_attached_to() -> None:
    session = Session()
    session.begin(Attach())
    actions = session.answers(act.ReadSession(), NotFoundError("404", status_code=404))
    [finished] = [action for action in actions if isinstance(action, act.Finished)]
    assert finished.done.error == "the session could not be attached to: there is no such session"


def test_what_can_not_be_asked_yet_is_connected_to_meanwhile() -> None:
    session = Session()
    session.begin(Attach())
    assert session.answers(act.ReadSession(), AWAY) == [act.Connect(), PAGE_1]


# ---- frames


def test_a_ping_of_the_service_is_answered_and_no_event(running: Session) -> None:
    assert running.says({"type": "ping", "timestamp": 9}) == [act.SendText({"type": "pong", "timestamp": 9})]
    assert running.says({"type": "ping"}) == [act.SendText({"type": "pong", "timestamp": 0})]
    assert running.says({"type": "pong"}) == []


def test_a_frame_that_is_no_event_is_passed_over_with_a_warning(running: Session) -> None:
    [warning] = running.do("frames_received", [b"stray"])
    assert isinstance(warning, act.Warn)
    [warning] = running.do("frames_received", [UnreadableFrame(b"a binary frame")])
    assert "a binary frame" in warning.message  # type: ignore[union-attr]
    running.says(said.text("b"))
    assert kinds(running.do("frames_received", [b"stray"] * 2)) == [act.Warn, act.Warn]


def test_three_in_a_row_end_the_round_unless_the_service_tells_of_a_result(running: Session) -> None:
    actions = running.do("frames_received", [b"stray"] * 4)
    assert kinds(actions).count(act.ReadSession) == 1
    running.answers(act.ReadSession(), info())
    actions = running.answers(PAGE_1, page(said.text("a")))
    [finished] = [action for action in actions if isinstance(action, act.Finished)]
    assert "3 frames in a row were no events" in (finished.done.error or "")


def test_a_question_is_handed_out_after_its_event(running: Session) -> None:
    running.protocol.machine.policy = AnswerPolicy(text=Answering.WAIT)  # type: ignore[attr-defined]
    [event, question] = delivered(running.says(said.question("q")))
    assert (event.message_id, isinstance(question, Question)) == ("q", True)


# ---- gaps


def test_live_events_are_let_through_behind_a_gap_that_is_filled_later(reopened: Session) -> None:
    reopened.answers(act.ReadSession(), info())
    reopened.answers(PAGE_1, AWAY)
    assert reopened.says(said.text("c")) == []
    actions = reopened.at(reopened.now + 75.0)
    gap, event = delivered(actions)
    assert (gap.state, gap.after, event.message_id) == ("open", "a", "c")
    reopened.answers(PAGE_1, page(said.text("a"), said.text("b"), said.text("c")))
    actions = reopened.answers(PAGE_1, page(said.text("a"), said.text("b"), said.text("c")))
    told = delivered(reopened.protocol.actions() + actions)
    assert all(getattr(item, "message_id", None) != "c" for item in told)
    assert not reopened.protocol.delivery.has_gap


def test_too_many_live_events_are_let_through_before_their_time() -> None:
    session = Session(budget=40_000)
    session.begin()
    session.opened()
    session.says(said.text("a"))
    session.reopen()
    session.answers(act.ReadSession(), info())
    assert act.PauseReading() in session.says(*(said.text(f"b{number}") for number in range(9)))
    actions = session.answers(PAGE_1, AWAY)
    actions += session.says(said.text("c"))
    assert [gap.state for gap in delivered(actions) if isinstance(gap, Gap)] == ["open"]


def test_fault_20_a_history_that_lost_what_was_seen_is_a_gap(reopened: Session) -> None:
    reopened.answers(act.ReadSession(), info())
    gap, event = delivered(reopened.answers(PAGE_1, page(said.text("z"))))
    assert (gap.state, event.message_id) == ("lost", "z")


def test_a_refusal_of_the_messages_is_believed_the_third_time(reopened: Session) -> None:
    reopened.answers(act.ReadSession(), info())
    gone = NotFoundError("404", status_code=404)
    for _ in range(2):
        assert delivered(reopened.answers(PAGE_1, gone)) == []
        reopened.to_deadline()
    [gap] = delivered(reopened.answers(PAGE_1, gone))
    assert (gap.state, "404" in gap.reason) == ("lost", True)


def test_a_gap_names_the_limit_where_a_message_was_too_large(running: Session) -> None:
    running.lost(Ending(Cause.TOO_BIG, "larger than max_message_size"))
    running.to_deadline()
    running.opened()
    running.answers(act.ReadSession(), info())
    running.answers(PAGE_1, AWAY)
    [gap] = delivered(running.at(running.now + 75.0))
    assert (gap.state, gap.content.endswith("; larger than max_message_size")) == ("open", True)


def test_timers_that_are_due_together_are_all_heard_but_those_that_became_moot(running: Session) -> None:
    running.lost(Ending(Cause.CLOSED, "policy", close_code=1008))
    actions = running.at(running.now + 200.0)
    assert len([gap for gap in delivered(actions) if isinstance(gap, Gap) and gap.state == "open"]) == 1


# ---- the consumer


def test_fault_40_a_full_consumer_pauses_reading_until_there_is_room(running: Session) -> None:
    assert running.do("consumer_full", True) == [act.PauseReading()]
    assert running.do("consumer_full", True) == []
    assert running.do("consumer_full", False) == [act.ResumeReading()]
    assert running.protocol.deadline is not None


def test_fault_40_with_a_full_consumer_no_page_is_asked_for(reopened: Session) -> None:
    reopened.do("consumer_full", True)
    assert reopened.answers(act.ReadSession(), info()) == []
    assert PAGE_1 in reopened.do("consumer_full", False)


# ---- streams


def test_a_closed_stream_is_read_once_and_the_end_waits_for_it(running: Session) -> None:
    [_, read] = running.says(said.stream_end("b", "marketing_tweet_reply"))
    assert isinstance(read, act.ReadStream)
    assert running.says(said.stream_end("c", "marketing_tweet_reply"))[1:] == []
    assert act.RoundOver() not in running.says(said.result("d"), said.follow_up("e"))
    actions = running.answers(read, MarketingData.from_dict({}))
    assert [type(item) for item in delivered(actions)] == [StreamClosed]
    assert actions[-1] == act.RoundOver()


def test_a_stream_that_can_not_be_had_says_why_and_one_that_never_comes_ends_the_waiting(running: Session) -> None:
    [_, read] = running.says(said.stream_end("b", "marketing_tweet_reply"))
    assert isinstance(read, act.ReadStream)
    [closed] = delivered(running.answers(read, AWAY))
    assert (closed.data, closed.reason, closed.content) == (None, "502", "502")
    running.says(said.stream_end("c", "writer_twitter"))
    running.says(said.result("d"), said.follow_up("e"))
    assert running.at(running.now + 10.0)[-1] == act.RoundOver()


# ---- the user


def test_a_stop_goes_out_and_ends_the_round_with_its_confirmation(running: Session) -> None:
    assert running.do("command", Stop("enough")) == [act.SendText({"type": "stop", "reason": "enough"})]
    actions = running.says(said.result("b", status="stopped"))
    assert [action.done.stop_confirmed for action in actions if isinstance(action, act.Finished)] == [True]


def test_a_pause_without_a_connection_goes_out_with_the_next_one(running: Session) -> None:
    running.lost()
    assert running.do("command", Pause()) == []
    running.to_deadline()
    assert running.opened() == [act.SendText({"type": "pause"}), act.ReadSession()]


def test_the_rounds_own_time_ends_it_with_one_more_look_at_the_service(running: Session) -> None:
    running.protocol._liveness = None
    assert running.at(300.0) == [act.ReadSession()]
    running.answers(act.ReadSession(), info())
    actions = running.answers(PAGE_1, page(said.text("a")))
    [finished] = [action for action in actions if isinstance(action, act.Finished)]
    assert finished.done.error == "timeout: the task was not finished within 300 s"


def test_a_follow_up_that_does_not_come_ends_the_round_after_the_result(running: Session) -> None:
    actions = running.says(said.result("b", "42"))
    assert [action.done.answer for action in actions if isinstance(action, act.Finished)] == ["42"]
    assert running.to_deadline()[-2:] == [act.Disconnect(), act.RoundOver()]


def test_a_follow_up_that_is_held_back_when_its_time_is_over_is_delivered(reopened: Session) -> None:
    actions = read_a_result(reopened, said.follow_up("c"))
    assert delivered(actions)[-1].message_id == "b"
    assert reopened.at(reopened.now + FOLLOW_UP_PATIENCE) == []
    missed = [said.text(f"m{number}") for number in range(2, 20)]
    actions = reopened.answers(PAGE_1, page(*missed, said.result("b", "42"), said.follow_up("c")))
    assert delivered_ids(actions) == ["c"]
    assert actions[-1] == act.RoundOver()


def test_a_look_at_the_service_that_was_due_is_not_taken_once_the_result_is_there(running: Session) -> None:
    running.says(said.question("q", "r"))
    running.do("command", Answer(text="yes"))
    running.says(said.error("e", code=4000))
    running.now = 4.0
    running.says(said.result("b", "42"))
    assert running.to_deadline()[-1] == act.RoundOver()


def test_a_status_that_came_after_the_messages_is_asked_for_again(reopened: Session) -> None:
    reopened.answers(act.ReadSession(), AWAY)
    reopened.answers(PAGE_1, page(said.text("a"), said.text("b")))
    assert act.ReadSession() in reopened.answers(act.ReadSession(), info("complete"))
