"""Asking by REST what happened: in which order, how often, and what is believed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support import messages as said
from wyseos.generated.models import SessionInfo
from wyseos.mate.backoff import LAST_BOUND
from wyseos.mate.errors import APIError, NetworkError, NotFoundError, ServerError, WyseError
from wyseos.mate.tasks.protocol.actions import ReadHistory, ReadSession
from wyseos.mate.tasks.protocol.catchup import ROW_COST, HistoryPage, PageRequest
from wyseos.mate.tasks.protocol.delivery import Delivery
from wyseos.mate.tasks.protocol.recovery import Recovery

INFO = SessionInfo.from_dict({"session_id": "s", "status": "active"})
PAGE = HistoryPage(said.events(said.text("a")), 10, 1)
AWAY = ServerError("502", status_code=502)


@pytest.fixture
def recovery() -> Recovery:
    """One that was begun, and whose jitter is none."""
    recovery = Recovery(Delivery(), 2**24, lambda: 1.0)
    recovery.begin()
    return recovery


def ask(recovery: Recovery, now: float = 0.0) -> Any:
    [request] = recovery.requests(now)
    return request


def test_the_status_comes_first_and_then_the_messages(recovery: Recovery) -> None:
    assert recovery.requests(0.0) == [ReadSession()]
    assert recovery.requests(0.0) == []
    recovery.answered(ReadSession(), INFO, 0.0)
    request = ask(recovery)
    assert request == ReadHistory(PageRequest(1, 20))
    assert recovery.outcome() is None
    recovery.answered(request, PAGE, 0.0)
    told = recovery.outcome()
    assert told is not None
    assert ([event.message_id for event in told.missed.events], told.info, told.is_whole) == (["a"], INFO, True)
    assert not recovery.is_active


def test_a_status_that_fails_does_not_lose_the_messages(recovery: Recovery) -> None:
    recovery.answered(ask(recovery), AWAY, 0.0)
    recovery.answered(ask(recovery), PAGE, 0.0)
    told = recovery.outcome()
    assert told is not None
    assert told.info is None
    assert recovery.deadline == 0.5
    assert recovery.requests(0.5) == [ReadSession()]


def test_a_status_that_came_after_the_messages_is_known_as_late(recovery: Recovery) -> None:
    recovery.answered(ask(recovery), AWAY, 0.0)
    request = ask(recovery)
    recovery.requests(0.5)
    recovery.answered(request, HistoryPage(PAGE.events, 10, 50), 0.6)
    recovery.answered(ReadSession(), INFO, 0.7)
    recovery.answered(ask(recovery), HistoryPage([], 0, 50), 0.8)
    told = recovery.outcome()
    assert (told is not None and told.is_late) is True


def test_waits_between_two_tries_grow_up_to_a_cap(recovery: Recovery) -> None:
    now, waits = 0.0, []
    recovery.answered(ask(recovery), INFO, now)
    for _ in range(12):
        for request in recovery.requests(now):
            recovery.answered(request, NetworkError("gone"), now)
        assert recovery.deadline is not None
        waits.append(recovery.deadline - now)
        now = recovery.deadline
    assert waits[:3] == [0.5, 1.0, 2.0]
    assert max(waits) <= LAST_BOUND
    assert recovery.is_failing


def test_a_page_that_may_be_to_blame_is_asked_for_again_once_the_status_is_had(recovery: Recovery) -> None:
    recovery.answered(ask(recovery), INFO, 0.0)
    for now in (0.0, 1.0, 3.0):
        recovery.answered(ask(recovery, now), ServerError("502", status_code=502), now)
    assert [recovery.requests(now) for now in (3.0, 60.0)] == [[ReadSession()], []]
    recovery.answered(ReadSession(), INFO, 60.0)
    assert recovery.requests(60.0) == [ReadHistory(PageRequest(1, 5))]


def test_an_answer_to_what_was_asked_before_is_outdated(recovery: Recovery) -> None:
    recovery.requests(0.0)
    recovery.begin()
    recovery.answered(ReadSession(), INFO, 0.0)
    assert (recovery.info, recovery.requests(0.0)) == (None, [ReadSession()])


@pytest.mark.parametrize(
    ("error", "smaller"),
    [
        (APIError("odd", status_code=400), True),
        (APIError("odd"), True),
        (APIError("slow", status_code=408), False),
        (APIError("teapot", status_code=599), False),
        (APIError("broken", status_code=500), False),
        (ServerError("502", status_code=502), False),
        (NetworkError("gone"), False),
        (WyseError("odd"), False),
    ],
)
def test_what_may_pass_is_asked_for_again_and_what_does_not_in_smaller_pages(error: WyseError, smaller: bool) -> None:
    recovery = Recovery(Delivery(), 2**24, lambda: 1.0)
    recovery.begin()
    recovery.answered(ask(recovery), INFO, 0.0)
    recovery.answered(ask(recovery), error, 0.0)
    assert [request.page.page_size for request in recovery.requests(1.0) if isinstance(request, ReadHistory)] == [
        5 if smaller else 20
    ]


def test_a_page_is_suspected_only_if_the_status_can_be_had_meanwhile(recovery: Recovery) -> None:
    recovery.answered(ask(recovery), INFO, 0.0)
    for now in (0.0, 10.0, 20.0):
        recovery.answered(ask(recovery, now), AWAY, now)
    assert recovery.requests(20.0) == [ReadSession()]
    recovery.answered(ReadSession(), INFO, 20.0)
    assert ask(recovery, 40.0).page.page_size == 5


def test_what_the_service_refuses_to_tell_of_the_session_is_kept(recovery: Recovery) -> None:
    gone = NotFoundError("404", status_code=404)
    recovery.answered(ask(recovery), gone, 0.0)
    assert recovery.refusal is gone


def test_without_room_no_page_is_asked_for(recovery: Recovery) -> None:
    recovery.answered(ask(recovery), INFO, 0.0)
    recovery.is_blocked = True
    assert recovery.requests(0.0) == []


def test_after_its_end_nothing_is_asked_any_more(recovery: Recovery) -> None:
    recovery.end()
    assert (recovery.requests(0.0), recovery.is_active, recovery.deadline, recovery.info) == ([], False, None, None)


def test_after_its_end_nothing_is_waited_for_and_no_answer_is_outdated(recovery: Recovery) -> None:
    ask(recovery)
    recovery.begin()
    recovery.end()
    recovery.begin()
    recovery.answered(ask(recovery), INFO, 0.0)
    assert ask(recovery) == ReadHistory(PageRequest(1, 20))


def test_a_refusal_of_the_messages_is_believed_the_third_time(recovery: Recovery) -> None:
    recovery.answered(ask(recovery), INFO, 0.0)
    told = []
    for number in range(3):
        recovery.answered(
            ask(recovery, 10.0 * number), NotFoundError("no such session", status_code=404), 10.0 * number
        )
        told.append(recovery.outcome() is not None)
    assert told == [False, False, True]


def test_what_was_left_out_is_told_as_lost(recovery: Recovery) -> None:
    recovery.answered(ask(recovery), INFO, 0.0)
    odd = APIError("odd", status_code=400)
    for _ in range(7):
        recovery.answered(ask(recovery), odd, 0.0)
    recovery.answered(ask(recovery), PAGE, 0.0)
    told = recovery.outcome()
    assert told is not None
    assert told.lost == "1 of the missed messages could not be read"


def newest(count: int, total: int) -> HistoryPage:
    """The newest messages of a longer history, so large that no more are asked for at once."""
    return HistoryPage(said.events(*(said.text(f"m{total - n}") for n in range(count))), 60_000 * count, total)


def test_nothing_is_asked_before_it_is_begun() -> None:
    recovery = Recovery(Delivery(), 2**24, lambda: 1.0)
    assert (recovery.is_active, recovery.is_failing, recovery.requests(0.0)) == (False, False, [])


@pytest.mark.parametrize("status_code", [408, 425, 429])
def test_a_status_that_says_later_does_not_blame_the_page(recovery: Recovery, status_code: int) -> None:
    recovery.answered(ask(recovery), INFO, 0.0)
    recovery.answered(ask(recovery), APIError("later", status_code=status_code), 0.0)
    assert recovery.requests(0.0) == []
    assert ask(recovery, 1.0) == ReadHistory(PageRequest(1, 20))


def test_one_page_follows_the_other_and_a_new_beginning_reads_the_top_anew(recovery: Recovery) -> None:
    recovery.answered(ask(recovery), INFO, 0.0)
    recovery.answered(ask(recovery), newest(20, 60), 0.0)
    assert ask(recovery).page.page_num == 2
    recovery.begin()
    recovery.answered(ReadHistory(PageRequest(2, 20)), newest(0, 60), 0.0)
    recovery.answered(ask(recovery), INFO, 0.0)
    assert ask(recovery).page.page_num == 1


def test_in_a_hurry_the_next_failure_is_the_first_again(recovery: Recovery) -> None:
    now = 0.0
    for _ in range(4):
        recovery.answered(ReadSession(), NetworkError("gone"), now)
    recovery.hurry()
    recovery.answered(ReadSession(), NetworkError("gone"), now)
    assert recovery.deadline == 0.5


def test_a_status_that_can_not_be_had_is_a_failure_too(recovery: Recovery) -> None:
    recovery.answered(ask(recovery), AWAY, 0.0)
    assert recovery.is_failing
    recovery.end()
    assert recovery.deadline is None


def test_a_history_that_ends_above_what_was_seen_is_told_as_lost() -> None:
    recovery = Recovery(Delivery("seen"), 2**24, lambda: 1.0)
    recovery.begin()
    recovery.answered(ask(recovery), INFO, 0.0)
    recovery.answered(ask(recovery), PAGE, 0.0)
    told = recovery.outcome()
    assert told is not None
    assert told.lost == "the history does not reach back to the last message seen"


@pytest.mark.parametrize(("total", "is_lost"), [(20, False), (None, True)])
def test_a_history_whose_beginning_can_not_be_reached_is_told_as_lost(
    recovery: Recovery, total: int | None, is_lost: bool
) -> None:
    """The service gives the same page whatever is asked for: only a total tells that it is all there is."""
    page = HistoryPage(newest(20, 20).events, 60_000 * 20, total)
    recovery.answered(ask(recovery), INFO, 0.0)
    while (told := recovery.outcome()) is None:
        recovery.answered(ask(recovery), page, 0.0)
    assert (len(told.missed.events), told.lost is not None) == (20, is_lost)


def test_what_there_is_no_room_for_is_read_after_the_oldest_are_delivered() -> None:
    recovery = Recovery(Delivery(), 30 * ROW_COST, lambda: 1.0)
    recovery.begin()
    recovery.answered(ask(recovery), INFO, 0.0)
    recovery.answered(ask(recovery), HistoryPage(newest(20, 100).events, 10, 100), 0.0)
    for page in range(4):
        if recovery.outcome() is not None:
            break
        [request] = recovery.requests(0.0)
        assert isinstance(request, ReadHistory)
        start, size = request.page.start, request.page.page_size
        rows = [said.text(f"m{100 - n}") for n in range(start, min(100, start + size))]
        recovery.answered(request, HistoryPage(said.events(*rows), 10, 100), float(page))
    assert recovery.is_active
    assert isinstance(ask(recovery), ReadHistory)


def test_the_first_status_counts_and_not_one_that_tells_whether_a_page_is_to_blame(recovery: Recovery) -> None:
    recovery.answered(ask(recovery), INFO, 0.0)
    for now in (0.0, 10.0, 20.0):
        recovery.answered(ask(recovery, now), AWAY, now)
    assert recovery.requests(20.0) == [ReadSession()]
    recovery.answered(ReadSession(), SessionInfo.from_dict({"session_id": "s", "status": "stopped"}), 20.0)
    recovery.answered(ask(recovery, 40.0), PAGE, 40.0)
    told = recovery.outcome()
    assert told is not None
    assert told.info == INFO


def test_chance_makes_a_wait_shorter_and_never_longer() -> None:
    recovery = Recovery(Delivery(), 2**24, lambda: 0.5)
    recovery.begin()
    recovery.answered(ask(recovery), AWAY, 0.0)
    assert recovery.deadline == 0.25


def test_a_suspected_page_that_fails_again_is_waited_for_as_after_the_second_failure(recovery: Recovery) -> None:
    recovery.answered(ask(recovery), INFO, 0.0)
    for now in (0.0, 10.0, 20.0):
        recovery.answered(ask(recovery, now), AWAY, now)
    recovery.answered(recovery.requests(20.0)[0], INFO, 20.0)
    recovery.answered(ask(recovery, 40.0), AWAY, 40.0)
    assert recovery.deadline == 41.0


def test_what_has_no_id_and_is_no_news_does_not_keep_it_from_going_on() -> None:
    """There is room for one message: the only news of the first reading is one without an id, that had come."""
    delivery = Delivery()
    first, tick = said.event(said.text("a", "first")), said.event(said.text(None, "tick"))
    delivery.live([first], 1)
    delivery.open_gap()
    delivery.live([tick], 1)
    messages = [first, tick, *(said.event(said.text(f"m{number}")) for number in range(5))]
    recovery, found = Recovery(delivery, 0, lambda: 1.0), []
    recovery.begin()
    for _ in range(60):
        for request in recovery.requests(0.0):
            answer: Any = INFO
            if isinstance(request, ReadHistory):
                start = request.page.start
                rows = messages[::-1][start : start + request.page.page_size]
                answer = HistoryPage(rows, 100, len(messages))
            recovery.answered(request, answer, 0.0)
            told = recovery.outcome()
            found += [] if told is None else [event.message_id for event in delivery.pass_on(told.missed)]
        if not recovery.is_active:
            break
    assert found == ["m0", "m1", "m2", "m3", "m4"]


def test_what_is_begun_anew_is_asked_at_once_also_where_it_was_to_be_asked_later(recovery: Recovery) -> None:
    recovery.answered(ask(recovery), AWAY, 0.0)
    recovery.begin()
    assert recovery.requests(0.0) == [ReadSession()]


def test_a_status_that_failed_is_asked_for_again_also_where_the_messages_come_in_parts() -> None:
    recovery = Recovery(Delivery(), 2 * ROW_COST + 100, lambda: 1.0)
    recovery.begin()
    recovery.answered(ask(recovery), AWAY, 0.0)
    recovery.answered(ask(recovery), HistoryPage(said.events(*map(said.text, "edcba")), 50, 5), 0.0)
    told = recovery.outcome()
    assert (told is not None and told.is_whole) is False
    assert ReadSession() in recovery.requests(0.5)
