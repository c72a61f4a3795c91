"""The session protocol while its connection is lost, refused, or not there yet."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.mate.tasks.protocol.sessions import AWAY, PAGE_1, Session, delivered, delivered_ids, info, page
from tests.support import messages as said
from wyseos.mate.tasks.protocol import actions as act
from wyseos.mate.tasks.protocol import session as session_module
from wyseos.mate.tasks.protocol.local_events import Gap, Reconnecting
from wyseos.mate.tasks.protocol.machine import FOLLOW_UP_PATIENCE
from wyseos.mate.tasks.protocol.reconnect import Cause, Ending, Patience
from wyseos.runtime import records

# ---- liveness


def test_fault_21_a_silent_connection_is_pinged_and_then_given_up_and_replaced(running: Session) -> None:
    assert running.to_deadline() == [act.SendText({"type": "ping", "timestamp": 7})]
    running.now += 1
    running.do("bytes_received")
    running.to_deadline()
    actions = running.to_deadline()
    assert actions[0] == act.Disconnect()
    assert act.Connect() in actions + running.to_deadline()


def test_bytes_without_a_connection_tell_nothing() -> None:
    session = Session()
    session.begin()
    assert session.do("bytes_received") == []


# ---- what follows a cut


def test_after_a_cut_it_connects_again_and_catches_up_before_what_comes_live(reopened: Session) -> None:
    assert reopened.says(said.text("c")) == []
    assert reopened.answers(act.ReadSession(), info()) == [PAGE_1]
    actions = reopened.answers(PAGE_1, page(said.text("a"), said.text("b")))
    assert delivered_ids(actions) == ["b", "c"]


def test_fault_29_a_normal_close_is_asked_about_at_once(running: Session) -> None:
    actions = running.lost(Ending(Cause.CLOSED, "bye", close_code=1000))
    assert actions == [act.ReadSession()]


def test_the_user_is_told_from_the_second_failure_on(running: Session) -> None:
    assert delivered(running.lost()) == []
    running.to_deadline()
    [told] = delivered(running.lost(Ending(Cause.UNREACHABLE, "no network")))
    assert told == Reconnecting(2, 0.5, "no network")
    assert told.content == "no network; trying again in 0.5 s"


def test_while_there_is_no_connection_the_service_is_asked_from_time_to_time(running: Session) -> None:
    running.lost()
    asked: list[float] = []
    while running.now < 40.0:
        for action in running.to_deadline():
            if isinstance(action, act.Connect):
                running.lost(Ending(Cause.UNREACHABLE, "no network"))
            elif isinstance(action, act.ReadSession):
                asked.append(running.now)
                running.answers(act.ReadSession(), info())
                running.answers(PAGE_1, page(said.text("a")))
    gaps = [after - before for before, after in pairwise(asked)]
    assert len(asked) > 3
    assert gaps == sorted(gaps)
    assert max(gaps) <= 15.0


def test_a_result_that_is_only_in_the_history_ends_the_round_without_a_connection(running: Session) -> None:
    running.lost()
    running.to_deadline()
    running.lost(Ending(Cause.UNREACHABLE, "no network"))
    while act.ReadSession() not in (actions := running.to_deadline()):
        if act.Connect() in actions:
            running.lost(Ending(Cause.UNREACHABLE, "no network"))
    running.answers(act.ReadSession(), info("complete"))
    actions = running.answers(PAGE_1, page(said.text("a"), said.result("b", "42")))
    assert [action.done.answer for action in actions if isinstance(action, act.Finished)] == ["42"]
    assert running.to_deadline() == [act.ReadSession()]
    running.answers(act.ReadSession(), info("complete"))
    actions = running.answers(PAGE_1, page(said.text("a"), said.result("b", "42")))
    assert actions[-1] == act.RoundOver()


def test_what_is_wrong_before_the_first_connection_ends_the_round_after_few_tries() -> None:
    session = Session()
    session.begin()
    session.lost()
    session.to_deadline()
    session.lost()
    session.to_deadline()
    actions = session.lost()
    assert [action.done.error for action in actions if isinstance(action, act.Finished)] == ["cut"]


def test_before_a_round_ends_without_a_result_the_service_is_asked_once_more(running: Session) -> None:
    assert running.lost(Ending(Cause.CLOSED, "policy", close_code=1008)) == [act.ReadSession()]
    running.answers(act.ReadSession(), info("complete"))
    actions = running.answers(PAGE_1, page(said.text("a"), said.result("b", "42")))
    assert [action.done.answer for action in actions if isinstance(action, act.Finished)] == ["42"]


def test_where_the_service_does_not_answer_that_the_round_ends_in_five_seconds(running: Session) -> None:
    running.lost(Ending(Cause.CLOSED, "policy", close_code=1008))
    actions = running.at(5.0)
    [finished] = [action for action in actions if isinstance(action, act.Finished)]
    assert finished.done.error == "policy"
    actions = running.at(20.0)
    assert [gap.state for gap in delivered(actions) if isinstance(gap, Gap)] == ["lost"]
    assert actions[-1] == act.RoundOver()


def test_a_status_that_tells_an_end_counts_where_the_messages_can_not_be_had(running: Session) -> None:
    running.lost(Ending(Cause.CLOSED, "policy", close_code=1008))
    running.answers(act.ReadSession(), info("complete", task_result={"content": "42"}))
    running.answers(PAGE_1, AWAY)
    finished = [action for action in running.at(5.0) if isinstance(action, act.Finished)]
    assert [action.done.answer for action in finished] == ["42"]


def test_a_rejected_token_is_renewed_once_and_then_waited_for(running: Session) -> None:
    running.protocol._settings = records.evolve(running.protocol._settings, can_renew=True)
    running.lost()
    running.to_deadline()
    refused = Ending(Cause.REFUSED, "401", status_code=401)
    assert running.lost(refused) == [act.Connect(renew=True)]
    assert act.Connect(renew=True) not in running.lost(refused)


def test_waits_grow_where_a_service_accepts_greets_and_goes(running: Session) -> None:
    waits = []
    for number in range(4):
        began = running.now
        running.lost()
        while not running.protocol.is_open:
            if act.Connect() in running.to_deadline():
                running.opened()
        waits.append(running.now - began)
        running.says(said.text(f"greeting{number}"))
    assert waits == sorted(waits)
    assert waits[-1] >= 4 * waits[0]


@pytest.mark.parametrize(("lived", "has_news", "wait"), [(10.0, False, 0.25), (1.0, True, 0.25), (9.0, False, 0.5)])
def test_time_and_progress_make_the_next_failure_the_first_again(lived: float, has_news: bool, wait: float) -> None:
    session = Session(heartbeat_interval=600.0)
    session.begin()
    session.opened()
    session.reopen()
    session.answers(act.ReadSession(), info())
    session.answers(PAGE_1, page())
    if has_news:
        session.says(said.text("b"))
    session.now += lived
    session.lost()
    assert session.protocol.deadline == session.now + wait


def test_a_connection_that_opens_after_the_end_is_closed_again(running: Session) -> None:
    running.says(said.result("b"), said.follow_up("c"))
    assert running.opened() == [act.Disconnect()]
    assert running.lost() == []
    assert running.answers(act.ReadSession(), info()) == []


def test_fault_28_a_message_that_is_too_large_is_read_by_rest(running: Session) -> None:
    running.lost(Ending(Cause.TOO_BIG, "larger than max_message_size"))
    running.to_deadline()
    running.opened()
    running.answers(act.ReadSession(), info())
    assert delivered_ids(running.answers(PAGE_1, page(said.text("a"), said.text("b")))) == ["b"]


def test_fault_28_one_that_is_not_in_the_history_either_ends_the_round(running: Session) -> None:
    running.lost(Ending(Cause.TOO_BIG, "larger than max_message_size"))
    running.to_deadline()
    running.opened()
    running.answers(act.ReadSession(), info())
    actions = running.answers(PAGE_1, page(said.text("a")))
    [finished] = [action for action in actions if isinstance(action, act.Finished)]
    assert finished.done.error == "larger than max_message_size"


def test_a_connection_that_is_lost_while_the_round_ends_anyway_changes_nothing(running: Session) -> None:
    running.do("frames_received", [b"stray"] * 3)
    running.lost(Ending(Cause.CLOSED, "policy", close_code=1008))
    actions = running.at(5.0)
    [finished] = [action for action in actions if isinstance(action, act.Finished)]
    assert "3 frames in a row were no events" in (finished.done.error or "")


def test_a_connection_that_is_lost_after_the_result_is_not_opened_again(running: Session) -> None:
    running.says(said.result("b", "42"))
    assert running.lost() == [act.ReadSession()]
    running.answers(act.ReadSession(), info("complete"))
    assert running.answers(PAGE_1, page(said.text("a"), said.result("b", "42"))) == []
    assert running.to_deadline() == [act.ReadSession()]
    running.answers(act.ReadSession(), info("complete"))
    actions = running.answers(PAGE_1, page(said.text("a"), said.result("b", "42")))
    assert actions[-1] == act.RoundOver()


def test_a_follow_up_that_no_connection_brings_is_read_from_the_history(running: Session) -> None:
    running.says(said.result("b", "42"))
    running.lost()
    running.answers(act.ReadSession(), info("complete"))
    running.answers(PAGE_1, page(said.text("a"), said.result("b", "42")))
    assert running.protocol.deadline == FOLLOW_UP_PATIENCE
    assert running.to_deadline() == [act.ReadSession()]
    running.answers(act.ReadSession(), info("complete"))
    actions = running.answers(PAGE_1, page(said.text("a"), said.result("b", "42"), said.follow_up("c")))
    assert delivered_ids(actions) == ["c"]
    assert actions[-1] == act.RoundOver()


def test_a_round_whose_follow_up_can_not_be_asked_for_ends_all_the_same_and_tells_so(running: Session) -> None:
    running.says(said.result("b", "42"))
    running.lost()
    told: list[act.Action] = []
    while act.RoundOver() not in told:
        actions = running.to_deadline()
        assert act.Connect() not in actions
        told += actions
        for request in [action for action in actions if isinstance(action, act.ReadSession)]:
            told += running.answers(request, AWAY)
    assert [gap.state for gap in delivered(told)] == ["open", "lost"]
    assert running.now == FOLLOW_UP_PATIENCE + 2 * session_module.FINAL_CHECK


def test_a_follow_up_that_the_history_tells_at_the_last_moment_is_delivered(running: Session) -> None:
    running.says(said.result("b", "42"))
    running.lost()
    running.answers(act.ReadSession(), info("complete"))
    running.at(FOLLOW_UP_PATIENCE)
    running.answers(PAGE_1, AWAY)
    running.answers(act.ReadSession(), info("complete"))
    running.at(FOLLOW_UP_PATIENCE + session_module.FINAL_CHECK)
    actions = running.answers(PAGE_1, page(said.text("a"), said.result("b", "42"), said.follow_up("c")))
    assert [getattr(item, "state", item.message_id) for item in delivered(actions)] == ["c", "filled"]
    assert actions[-1] == act.RoundOver()


def test_a_connection_that_opens_while_a_follow_up_is_awaited_is_closed(running: Session) -> None:
    running.says(said.result("b", "42"))
    running.lost()
    assert running.opened() == [act.Disconnect()]
    assert not running.protocol.is_open


def test_patience_is_an_option(running: Session) -> None:
    session = Session(patience=Patience(outage=1.0))
    session.begin()
    session.opened()
    session.says(said.text("a"))
    session.lost()
    session.now = 5.0
    session.to_deadline()
    assert act.ReadSession() in session.lost()
    assert session_module.FINAL_CHECK == 5.0
