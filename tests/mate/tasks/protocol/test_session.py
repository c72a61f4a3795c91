"""The session protocol, input by input: what goes in, what comes out, and when it wants to be called again."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import attrs
import orjson
import pytest

from tests.support import messages as said
from wyseos.generated.models import MarketingData, SessionInfo, StartData, StartMessage, StartTask
from wyseos.mate.errors import NotFoundError, ServerError, SessionExecutionError
from wyseos.mate.tasks.protocol import actions as act
from wyseos.mate.tasks.protocol import session as session_module
from wyseos.mate.tasks.protocol.catchup import HistoryPage, PageRequest
from wyseos.mate.tasks.protocol.commands import Attach, Listen, Pause, Start, Stop
from wyseos.mate.tasks.protocol.delivery import Delivery
from wyseos.mate.tasks.protocol.local_events import Gap, Reconnecting, StreamClosed
from wyseos.mate.tasks.protocol.machine import FOLLOW_UP_PATIENCE, TaskMachine
from wyseos.mate.tasks.protocol.policy import Answering, Policy
from wyseos.mate.tasks.protocol.questions import Question
from wyseos.mate.tasks.protocol.reconnect import Cause, Ending, Patience
from wyseos.mate.tasks.protocol.session import SessionProtocol, UnreadableFrame
from wyseos.mate.tasks.protocol.settings import SessionSettings

START = Start(message=StartMessage(data=StartData(messages=[StartTask(content="Find trends")])))
CUT = Ending(Cause.CUT, "cut")
AWAY = ServerError("502", status_code=502)
PAGE_1 = act.ReadHistory(PageRequest(1, 20))


def info(status: str = "active", **more: Any) -> SessionInfo:
    return SessionInfo.from_dict({"session_id": "s", "status": status, **more})


def frame(message: dict[str, Any]) -> bytes:
    return orjson.dumps(message)


def page(*messages: dict[str, Any]) -> HistoryPage:
    """A page that tells these, the oldest first here, the newest first as the service does."""
    return HistoryPage(list(reversed(said.events(*messages))), 100, len(messages))


class Session:
    """A protocol, its clock, and all that came out of it."""

    def __init__(self, policy: Policy | None = None, after: str | None = None, **settings: Any) -> None:
        self.now = 0.0
        machine = TaskMachine(policy or Policy(completion_timeout=300))
        chosen = SessionSettings(**{"draw": lambda: 0.5, **settings})
        self.protocol = SessionProtocol(machine, Delivery(after), chosen, lambda: 7)

    def begin(self, command: Any = START, **more: Any) -> list[act.Action]:
        self.protocol.begin(command, self.now, **more)
        return self.protocol.actions()

    def do(self, name: str, *arguments: Any) -> list[act.Action]:
        """Hand something in, and return what comes out."""
        getattr(self.protocol, name)(*arguments, self.now)
        return self.protocol.actions()

    def opened(self) -> list[act.Action]:
        return self.do("connection_opened")

    def says(self, *messages: dict[str, Any]) -> list[act.Action]:
        return self.do("frames_received", [frame(message) for message in messages])

    def lost(self, ending: Ending = CUT) -> list[act.Action]:
        return self.do("connection_lost", ending)

    def answers(self, request: act.Request, answer: Any) -> list[act.Action]:
        return self.do("answered", request, answer)

    def at(self, now: float) -> list[act.Action]:
        """Let time pass."""
        self.now = now
        return self.do("timer_fired")

    def to_deadline(self) -> list[act.Action]:
        assert self.protocol.deadline is not None
        return self.at(max(self.now, self.protocol.deadline))


def delivered(actions: list[act.Action]) -> list[Any]:
    return [item for action in actions if isinstance(action, act.Deliver) for item in action.items]


def kinds(actions: list[act.Action]) -> list[type]:
    return [type(action) for action in actions]


@pytest.fixture
def running() -> Session:
    """A session whose start went out and that has said something."""
    session = Session()
    session.begin()
    session.opened()
    session.says(said.text("a"))
    return session


@pytest.fixture
def reopened(running: Session) -> Session:
    """One that was cut and is connected again: it asks what was missed."""
    running.lost()
    running.to_deadline()
    running.opened()
    return running


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
    assert [event.message_id for event in delivered(session.says(said.text("old"), said.text("new")))] == ["new"]


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
    assert [event.message_id for event in delivered(actions)] == ["between"]
    assert actions[-1] == act.SendText(START.message.to_dict())


# ---- attaching


def test_a_session_that_is_over_is_attached_to_without_a_connection() -> None:
    session = Session()
    assert session.begin(Attach()) == [act.ReadSession()]
    assert session.answers(act.ReadSession(), info("complete")) == [PAGE_1]
    actions = session.answers(PAGE_1, page(said.text("a"), said.result("b", "42")))
    assert [event.message_id for event in delivered(actions)] == ["a", "b"]
    assert kinds(actions)[1:] == [act.Finished, act.Disconnect, act.RoundOver]


def test_a_session_that_runs_is_asked_again_once_the_connection_is_open() -> None:
    session = Session()
    session.begin(Attach())
    assert session.answers(act.ReadSession(), info()) == [act.Connect()]
    assert session.opened() == [act.ReadSession()]
    session.answers(act.ReadSession(), info())
    assert [event.message_id for event in delivered(session.answers(PAGE_1, page(said.text("a"))))] == ["a"]


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
    running.protocol.machine.policy = Policy(text=Answering.WAIT)  # type: ignore[attr-defined]
    [event, question] = delivered(running.says(said.question("q")))
    assert (event.message_id, isinstance(question, Question)) == ("q", True)


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
    assert [event.message_id for event in delivered(actions)] == ["b", "c"]


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
    running.protocol._settings = attrs.evolve(running.protocol._settings, can_renew=True)
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
    session.lost()
    session.to_deadline()
    session.opened()
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
    assert [event.message_id for event in delivered(running.answers(PAGE_1, page(said.text("a"), said.text("b"))))] == [
        "b"
    ]


def test_fault_28_one_that_is_not_in_the_history_either_ends_the_round(running: Session) -> None:
    running.lost(Ending(Cause.TOO_BIG, "larger than max_message_size"))
    running.to_deadline()
    running.opened()
    running.answers(act.ReadSession(), info())
    actions = running.answers(PAGE_1, page(said.text("a")))
    [finished] = [action for action in actions if isinstance(action, act.Finished)]
    assert finished.done.error == "larger than max_message_size"


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
    session.lost()
    session.to_deadline()
    session.opened()
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


def test_a_connection_that_is_lost_while_the_round_ends_anyway_changes_nothing(running: Session) -> None:
    running.do("frames_received", [b"stray"] * 3)
    running.lost(Ending(Cause.CLOSED, "policy", close_code=1008))
    actions = running.at(5.0)
    [finished] = [action for action in actions if isinstance(action, act.Finished)]
    assert "3 frames in a row were no events" in (finished.done.error or "")


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
    assert [event.message_id for event in delivered(actions)] == ["c"]
    assert actions[-1] == act.RoundOver()


def test_a_round_whose_follow_up_can_not_be_asked_for_ends_all_the_same(running: Session) -> None:
    running.says(said.result("b", "42"))
    running.lost()
    ended: list[act.Action] = []
    while act.RoundOver() not in ended:
        ended = running.to_deadline()
        assert act.Connect() not in ended
        for request in [action for action in ended if isinstance(action, act.ReadSession)]:
            ended = running.answers(request, AWAY)
    assert running.now == FOLLOW_UP_PATIENCE + session_module.FINAL_CHECK


def test_a_connection_that_opens_while_a_follow_up_is_awaited_is_closed(running: Session) -> None:
    running.lost()
    running.to_deadline()
    running.says(said.result("b", "42"))
    running.protocol.machine.receive(said.event(said.result("b", "42")), running.now)
    running.lost(Ending(Cause.UNREACHABLE, "no network"))
    assert running.opened() == [act.Disconnect()]
    assert not running.protocol.is_open


def test_a_status_that_came_after_the_messages_is_asked_for_again(reopened: Session) -> None:
    reopened.answers(act.ReadSession(), AWAY)
    reopened.answers(PAGE_1, page(said.text("a"), said.text("b")))
    assert act.ReadSession() in reopened.answers(act.ReadSession(), info("complete"))


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
