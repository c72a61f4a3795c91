"""What a session protocol does with what the service told of the time that it missed, and when."""

from __future__ import annotations

import pytest

from tests.mate.tasks.protocol.sessions import AWAY, PAGE_1, START, Session, delivered, delivered_ids, info, page, sent
from tests.support import messages as said
from wyseos.mate.errors import NotFoundError
from wyseos.mate.tasks.protocol import actions as act
from wyseos.mate.tasks.protocol.catchup import PageRequest
from wyseos.mate.tasks.protocol.commands import Answer, Attach, Pause, Start
from wyseos.mate.tasks.protocol.policy import Answering, AnswerPolicy
from wyseos.mate.tasks.protocol.questions import Question
from wyseos.mate.tasks.protocol.reconnect import Cause, Ending
from wyseos.runtime import records

BY_HAND = AnswerPolicy(text=Answering.WAIT, completion_timeout=300)
HOLD_TIME = 75.0


def cut_and_reopened(session: Session) -> Session:
    assert session.reopen() == [act.ReadSession()]
    return session


@pytest.fixture
def asked() -> Session:
    """A session that was asked something, which a person is to answer."""
    session = Session(BY_HAND)
    session.begin()
    session.opened()
    session.says(said.text("a"), said.question("q"))
    return session


# ---- a history that comes in parts


def history_in_parts(session: Session) -> list[act.Action]:
    """Answer the first of two pages of a history, of which not all may be held at once."""
    told = [said.text(f"m{number}") for number in range(19)]
    return session.answers(PAGE_1, page(said.text("a"), *told))


@pytest.mark.parametrize(("spare", "delivered_at_once"), [(0, 19), (-2, 18)])
def test_half_of_the_budget_may_be_held_of_what_is_read(spare: int, delivered_at_once: int) -> None:
    session = Session(budget=2 * 19 * 2_505 + spare)
    session.begin()
    session.opened()
    session.says(said.text("a"))
    cut_and_reopened(session).answers(act.ReadSession(), info())
    assert len(delivered(history_in_parts(session))) == delivered_at_once


def test_what_comes_live_is_held_back_until_the_last_part_of_the_history_is_in() -> None:
    session = Session(budget=2 * 19 * 2_505 - 2)
    session.begin()
    session.opened()
    session.says(said.text("a"))
    cut_and_reopened(session).answers(act.ReadSession(), info())
    session.says(said.text("c"))
    assert delivered_ids(history_in_parts(session)) == [f"m{number}" for number in range(18)]
    assert delivered_ids(session.answers(PAGE_1, page(said.text("m17"), said.text("m18"), said.text("c")))) == [
        "m18",
        "c",
    ]


def test_the_next_start_goes_out_after_the_last_part_of_the_history() -> None:
    session = Session(budget=2 * 19 * 2_505 - 2)
    session.begin()
    session.opened()
    session.says(said.text("a"))
    session.do("command", Pause())
    session.begin()
    session.opened()
    session.answers(act.ReadSession(), info("paused"))
    assert sent(history_in_parts(session)) == []
    assert sent(session.answers(PAGE_1, page(said.text("m17"), said.text("m18")))) == ["start"]


@pytest.mark.parametrize("status", [info("paused"), info("active"), AWAY])
def test_a_start_after_other_rounds_goes_out_whatever_the_status(running: Session, status: object) -> None:
    running.do("command", Pause())
    running.begin()
    running.opened()
    actions = running.answers(act.ReadSession(), status)
    actions += running.answers(PAGE_1, page(said.text("a")))
    assert sent(actions) == ["start"]


def test_an_end_that_the_status_tells_after_the_messages_is_believed_once_they_were_read_again(
    reopened: Session,
) -> None:
    reopened.answers(act.ReadSession(), AWAY)
    newest = page(*(said.text(f"m{number}") for number in range(20)))
    reopened.answers(PAGE_1, records.evolve(newest, total=21))
    assert act.ReadSession() in reopened.to_deadline()
    reopened.answers(act.ReadSession(), info("complete", task_result={"content": "41"}))
    actions = reopened.answers(act.ReadHistory(PageRequest(2, 20)), records.evolve(page(said.text("a")), total=21))
    assert delivered_ids(actions) == [f"m{number}" for number in range(20)]
    assert not any(isinstance(action, act.Finished) for action in actions)
    assert act.ReadSession() in actions


def test_each_time_that_it_catches_up_it_has_the_whole_time_for_it(reopened: Session) -> None:
    reopened.answers(act.ReadSession(), info())
    reopened.answers(PAGE_1, page(said.text("a")))
    reopened.now = 60.0
    reopened.lost()
    reopened.opened()
    reopened.says(said.text("b"))
    assert delivered(reopened.at(60.0 + HOLD_TIME - 1)) == []
    assert delivered_ids(reopened.at(60.0 + HOLD_TIME)) == [None, "b"]


# ---- what was missed is acted upon


def test_a_stream_that_was_closed_meanwhile_is_read(reopened: Session) -> None:
    reopened.answers(act.ReadSession(), info())
    actions = reopened.answers(PAGE_1, page(said.text("a"), said.stream_end("b", "marketing_tweet_reply")))
    assert [action.stream for action in actions if isinstance(action, act.ReadStream)] == ["marketing_tweet_reply"]


def test_a_question_that_was_asked_before_what_was_seen_elsewhere_is_put_where_it_is_attached_to() -> None:
    session = Session(BY_HAND, after="q")
    session.begin(Attach())
    session.answers(act.ReadSession(), info())
    session.opened()
    session.answers(act.ReadSession(), info())
    [question] = delivered(session.answers(PAGE_1, page(said.text("a"), said.question("q", "r"))))
    assert isinstance(question, Question)
    assert question.request_id == "r"


@pytest.mark.parametrize(("news", "is_asked_again"), [([], True), ([said.warning("w")], False)])
def test_an_answer_is_in_doubt_only_where_the_service_tells_of_nothing_new(
    asked: Session, news: list[said.Json], is_asked_again: bool
) -> None:
    assert sent(asked.do("command", Answer(text="yes"))) == ["input"]
    cut_and_reopened(asked).answers(act.ReadSession(), info())
    told = page(said.text("a"), said.question("q"), *news)
    asked.answers(PAGE_1, told)
    assert (act.ReadSession() in asked.at(asked.now + 5.0)) is is_asked_again


def test_an_answer_that_the_service_twice_knows_nothing_of_is_sent_again(asked: Session) -> None:
    asked.do("command", Answer(text="yes"))
    cut_and_reopened(asked).answers(act.ReadSession(), info())
    told = page(said.text("a"), said.question("q"))
    assert sent(asked.answers(PAGE_1, told)) == []
    asked.at(asked.now + 5.0)
    asked.answers(act.ReadSession(), info())
    assert sent(asked.answers(PAGE_1, told)) == ["input"]


# ---- where the messages can't be had


def test_an_answer_without_a_connection_waits_for_the_missed_messages_also_behind_a_gap(asked: Session) -> None:
    asked.lost()
    asked.do("command", Answer(text="yes"))
    asked.to_deadline()
    asked.opened()
    asked.answers(act.ReadSession(), info())
    asked.answers(PAGE_1, AWAY)
    assert "input" not in sent(asked.at(asked.now + HOLD_TIME))
    asked.answers(PAGE_1, AWAY)  # it was asked for again
    asked.to_deadline()
    assert sent(asked.answers(PAGE_1, page(said.text("a"), said.question("q")))) == ["input"]


def test_a_start_is_not_in_doubt_while_what_it_may_have_brought_can_not_be_read(running: Session) -> None:
    running.says(said.result("b"), said.follow_up("c"))
    told = page(said.text("a"), said.result("b"), said.follow_up("c"))
    running.begin(Start(START.message, resend_in=frozenset({"complete"})))
    running.opened()
    running.answers(act.ReadSession(), info("complete"))
    assert sent(running.answers(PAGE_1, told)) == ["start"]
    cut_and_reopened(running).answers(act.ReadSession(), info("complete"))
    running.answers(PAGE_1, AWAY)
    running.at(running.now + HOLD_TIME)
    assert act.ReadSession() not in running.at(running.now + 5.0)


def test_a_result_that_only_the_status_tells_is_no_error(reopened: Session) -> None:
    reopened.answers(act.ReadSession(), info("complete", task_result={"content": "42"}))
    actions = reopened.answers(PAGE_1, page(said.text("a")))
    assert [action.done.error for action in actions if isinstance(action, act.Finished)] == [None]


def test_a_connection_that_is_due_later_is_opened_though_the_time_of_holding_back_is_over(reopened: Session) -> None:
    reopened.answers(act.ReadSession(), info())
    reopened.answers(PAGE_1, AWAY)
    reopened.now = 74.0
    reopened.lost(Ending(Cause.UNREACHABLE, "no network", retry_after=60.0))
    assert act.Connect() not in reopened.at(0.25 + HOLD_TIME)
    assert act.Connect() in reopened.at(140.0)


def test_once_an_attached_session_is_connected_to_a_refused_status_is_no_end_of_it() -> None:
    session = Session()
    session.begin(Attach())
    session.answers(act.ReadSession(), info())
    session.opened()
    assert session.answers(act.ReadSession(), NotFoundError("404", status_code=404)) == [PAGE_1]
