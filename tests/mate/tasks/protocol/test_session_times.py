"""When the session protocol does what it does while it waits, and what it leaves behind at the end."""

from __future__ import annotations

from tests.mate.tasks.protocol.sessions import AWAY, PAGE_1, Session, delivered, info, page
from tests.support import messages as said
from wyseos.generated.models import MarketingData
from wyseos.mate.errors import AuthorizationError
from wyseos.mate.tasks.protocol import actions as act
from wyseos.mate.tasks.protocol.commands import Attach, Listen, Pause
from wyseos.mate.tasks.protocol.local_events import Reconnecting, StreamClosed
from wyseos.mate.tasks.protocol.policy import AnswerPolicy
from wyseos.mate.tasks.protocol.reconnect import Cause, Ending

BYE = Ending(Cause.CLOSED, "bye", close_code=1000)
POLICY = Ending(Cause.CLOSED, "policy", close_code=1008)


def test_the_service_is_polled_twice_as_seldom_each_time_down_to_every_fifteen_seconds(running: Session) -> None:
    running.lost()
    running.lost()
    asked = []
    while running.now < 50.0:
        for action in running.to_deadline():
            if isinstance(action, act.ReadSession):
                asked.append(running.now)
                running.answers(act.ReadSession(), info())
                running.answers(PAGE_1, page(said.text("a")))
    assert asked == [0.5, 4.5, 12.5, 27.5, 42.5, 57.5]


def test_a_poll_that_is_due_while_the_last_one_is_under_way_does_not_spoil_its_answer(running: Session) -> None:
    running.lost()
    running.lost()
    assert act.ReadSession() in running.at(0.5)
    assert running.at(4.5) == []
    assert running.answers(act.ReadSession(), info()) == [PAGE_1]


def test_nothing_is_asked_while_a_first_connection_fails() -> None:
    session = Session()
    session.begin()
    assert session.lost(BYE) == []
    session.lost()
    assert [action for action in session.at(10.0) if isinstance(action, act.ReadSession)] == []


def test_a_connection_is_pinged_when_it_is_quiet_and_not_before(running: Session) -> None:
    assert running.at(11.0) == []
    assert running.at(12.0) == [act.SendText({"type": "ping", "timestamp": 7})]


def test_a_connection_that_is_not_read_is_not_looked_after(running: Session) -> None:
    running.do("consumer_full", True)
    assert running.protocol.deadline == 300.0
    running.now = 20.0
    assert running.do("consumer_full", False) == [act.ResumeReading()]
    assert running.protocol.deadline == 30.0


def test_a_round_with_a_time_of_its_own_is_connected_to_for_as_long_as_that() -> None:
    session = Session(AnswerPolicy(completion_timeout=3600))
    session.begin()
    session.opened()
    session.lost()
    session.now = 2_000.0
    assert delivered(session.lost()) == [Reconnecting(2, 0.5, "cut")]


def test_a_connection_late_in_a_session_is_no_better_than_an_early_one(running: Session) -> None:
    running.now = 100.0
    running.lost()
    running.opened()
    running.now = 101.0
    assert delivered(running.lost()) == [Reconnecting(2, 0.5, "cut")]


# ---- attaching, and listening


def test_why_a_session_can_not_be_attached_to_is_told_and_ends_it() -> None:
    session = Session()
    session.begin(Attach())
    actions = session.answers(act.ReadSession(), AuthorizationError("not yours", status_code=403))
    [finished] = [action for action in actions if isinstance(action, act.Finished)]
    assert finished.done.error == "the session could not be attached to: not yours"
    assert (actions[-1], session.protocol.deadline, session.at(100.0)) == (act.RoundOver(), None, [])


def test_one_connection_is_asked_for_where_a_session_is_attached_to() -> None:
    session = Session()
    session.begin(Attach())
    assert session.answers(act.ReadSession(), AWAY) == [act.Connect(), PAGE_1]
    assert act.Connect() not in session.answers(PAGE_1, page(said.text("a")))
    assert act.Connect() not in session.to_deadline()
    assert act.Connect() not in session.answers(act.ReadSession(), info())


def test_who_only_listens_asks_again_after_ten_seconds_what_stood_before() -> None:
    session = Session()
    session.begin(Listen(), is_old=True)
    session.answers(act.ReadNewest(), AuthorizationError("not yours", status_code=403))
    assert session.protocol.deadline == 10.0


def test_what_stood_before_is_asked_for_again_after_half_a_second_at_the_earliest() -> None:
    session = Session(draw=lambda: 0.0)
    session.begin(is_old=True)
    session.answers(act.ReadNewest(), AWAY)
    assert session.protocol.deadline == 0.5


def test_a_look_at_the_service_that_was_asked_for_is_taken_when_it_is_due(running: Session) -> None:
    running.protocol._timers.clear()
    running.protocol._perform([act.AskAgain(5.0)], running.now)
    assert running.at(5.0) == [act.ReadSession()]


# ---- streams


def test_streams_are_read_one_after_another_and_their_data_is_delivered(running: Session) -> None:
    closed = [said.stream_end("b", "marketing_tweet_reply"), said.stream_end("c", "writer_twitter")]
    reads = [action for action in running.says(*closed) if isinstance(action, act.ReadStream)]
    assert len(reads) == 1
    data = MarketingData.from_dict({})
    told, following = running.answers(reads[0], data)
    assert delivered([told]) == [StreamClosed(stream=reads[0].stream, data=data)]
    assert isinstance(following, act.ReadStream)
    assert following.stream != reads[0].stream


def test_data_that_comes_after_the_end_of_the_round_is_nobodys(running: Session) -> None:
    [_, read] = running.says(said.stream_end("b", "marketing_tweet_reply"))
    assert isinstance(read, act.ReadStream)
    running.says(said.result("c"), said.follow_up("d"))
    assert act.RoundOver() not in running.at(9.0)
    assert running.at(10.0)[-1] == act.RoundOver()
    assert running.answers(read, MarketingData.from_dict({})) == []


def test_a_new_round_does_not_wait_for_the_streams_of_the_one_before(running: Session) -> None:
    running.says(said.stream_end("b", "marketing_tweet_reply"))
    running.do("command", Pause())
    running.begin()
    running.opened()
    running.answers(act.ReadSession(), info())
    running.answers(PAGE_1, page(said.text("a"), said.stream_end("b", "marketing_tweet_reply")))
    assert running.says(said.result("c"), said.follow_up("d"))[-1] == act.RoundOver()


# ---- the end


def test_a_result_without_a_connection_ends_the_waiting_for_one(running: Session) -> None:
    running.lost(BYE)
    running.answers(act.ReadSession(), info("complete"))
    running.answers(PAGE_1, page(said.text("a"), said.result("b", "42")))
    assert (running.protocol.deadline, running.at(1.0)) == (1.5, [])


def test_a_round_that_ends_is_not_connected_to_any_more_and_asked_about_for_five_seconds(running: Session) -> None:
    running.lost()
    running.lost(POLICY)
    assert running.at(4.0) == []
    assert any(isinstance(action, act.Finished) for action in running.at(5.0))


def test_before_the_end_it_is_asked_as_if_nothing_had_failed_yet(running: Session) -> None:
    running.lost(BYE)
    for _ in range(5):
        running.answers(act.ReadSession(), AWAY)
        running.answers(PAGE_1, AWAY)
        running.at(running.now + 30.0)
    running.lost(POLICY)
    running.answers(act.ReadSession(), AWAY)
    running.answers(act.ReadSession(), AWAY)
    assert running.protocol._recovery.deadline is not None
    assert running.protocol._recovery.deadline - running.now == 0.25


def test_what_could_not_be_read_before_the_end_is_told_with_what_the_round_ends_for(running: Session) -> None:
    running.lost(POLICY)
    gap = delivered(running.at(5.0))[0]
    assert gap.reason == "the missed messages could not be read before the round ended"


def test_once_it_is_over_it_is_closed_and_waits_for_nothing(running: Session) -> None:
    actions = running.says(said.result("b"), said.follow_up("c"))
    assert actions[-2:] == [act.Disconnect(), act.RoundOver()]
    assert (running.protocol.is_open, running.protocol.deadline, running.at(500.0)) == (False, None, [])


def test_a_round_that_ended_while_it_was_asked_about_asks_nothing_more(reopened: Session) -> None:
    reopened.answers(act.ReadSession(), AWAY)
    reopened.answers(PAGE_1, page(said.text("a"), said.error("b")))
    assert (reopened.protocol.deadline, reopened.at(500.0)) == (None, [])
