"""How the missed messages are read: which page is asked for next, what was found, and what is held meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.mate.tasks.protocol.deliveries import ids
from tests.mate.tasks.protocol.histories import page_of
from tests.support import messages as said
from wyseos.mate.tasks.protocol.catchup import ROW_COST, CatchUp, HistoryPage, PageRequest
from wyseos.mate.tasks.protocol.delivery import Delivery
from wyseos.mate.tasks.protocol.page_sizes import AIM, STRIKES


def history(count: int) -> list[Any]:
    return [said.event(said.text(f"m{number}", f"text {number}")) for number in range(count)]


def read(catchup: CatchUp, answer: Callable[[PageRequest], HistoryPage | None]) -> list[PageRequest]:
    """Read until it is complete, and return what was asked for."""
    asked: list[PageRequest] = []
    while not catchup.is_complete:
        assert len(asked) < 500, "it never ends"
        asked.append(request := catchup.next())
        page = answer(request)
        if page is None:
            catchup.failed()
        else:
            catchup.took(page)
    return asked


def reading(after: str | None = "m3", budget: int = 2**24) -> CatchUp:
    return CatchUp(Delivery(after=after), budget)


def numbered(first: int, end: int) -> list[str]:
    return [f"m{number}" for number in range(first, end)]


def test_the_newest_page_is_asked_for_first_and_no_more_than_needed() -> None:
    delivery = Delivery()
    delivery.live(history(21), 1)
    catchup = CatchUp(delivery, 2**24)
    assert read(catchup, lambda request: page_of(history(30), request)) == [PageRequest(1, 20)]
    assert (catchup.has_met, ids(catchup.take())) == (True, numbered(10, 30))


def test_pages_grow_while_messages_are_small() -> None:
    catchup = reading()
    messages = history(1000)
    asked = read(catchup, lambda request: page_of(messages, request))
    assert [request.page_size for request in asked[:3]] == [20, 100, 100]
    assert (len(asked), ids(catchup.take())[3:]) == (11, numbered(3, 1000))


def test_pages_shrink_where_messages_are_large() -> None:
    asked = read(reading(), lambda request: page_of(history(30), request, size=AIM // 4))
    assert {request.page_size for request in asked[1:]} == {1}


def test_a_page_that_can_not_be_had_is_asked_for_in_smaller_ones() -> None:
    catchup = reading()
    read(catchup, lambda request: None if request.page_size > 5 else page_of(history(30), request))
    assert (catchup.left_out, ids(catchup.take())[-27:]) == (0, numbered(3, 30))


def test_a_single_message_that_can_not_be_had_is_asked_for_several_times_and_then_left_out() -> None:
    catchup = reading()
    messages = history(10)

    def answer(request: PageRequest) -> HistoryPage | None:
        page = page_of(messages, request)
        return None if any(event.message_id == "m8" for event in page.events) else page

    asked = read(catchup, answer)
    assert (asked.count(PageRequest(2, 1)), catchup.left_out) == (STRIKES + 1, 1)
    assert "m8" not in ids(catchup.take())


def test_after_a_failure_larger_pages_are_asked_for_again_only_after_some_good_ones() -> None:
    catchup = reading()
    asked = read(catchup, lambda request: None if request == PageRequest(1, 20) else page_of(history(60), request))
    assert [request.page_size for request in asked[:6]] == [20, 5, 5, 5, 5, 20]


@pytest.mark.parametrize("total", [True, False])
def test_new_messages_that_come_meanwhile_skip_and_double_none(total: bool) -> None:
    catchup, messages = reading(), history(150)

    def answer(request: PageRequest) -> HistoryPage:
        page = page_of(messages, request, total=total)
        messages.extend(
            said.event(said.text(f"m{len(messages)}", "new")) for _ in range(1 if len(messages) < 160 else 0)
        )
        return page

    read(catchup, answer)
    found = ids(catchup.take())
    assert found == sorted(set(found), key=lambda name: int(name[1:]))
    assert set(numbered(4, 150)) <= set(found)


def test_pages_that_are_shorter_than_asked_for_are_not_the_end() -> None:
    catchup = reading()
    read(catchup, lambda request: page_of(history(40), request, total=False, most=7))
    assert ids(catchup.take())[-37:] == numbered(3, 40)


def test_a_history_that_ignores_the_number_of_the_page_ends() -> None:
    catchup = reading("m0")
    asked = read(catchup, lambda request: page_of(history(30), PageRequest(1, 20), total=False))
    assert (len(asked) < 12, catchup.has_met) == (True, False)


def test_an_interrupted_reading_goes_on_where_it_stood() -> None:
    catchup, messages = reading(), history(300)
    for _ in range(2):
        catchup.took(page_of(messages, catchup.next()))
    messages += [said.event(said.text("new", "new"))]
    catchup.refresh()
    asked = read(catchup, lambda request: page_of(messages, request))
    assert asked[0].page_num == 1
    assert [request.page_num for request in asked[1:]] == [2, 3, 4]
    assert ids(catchup.take())[-298:] == [*numbered(3, 300), "new"]


def test_a_reading_that_is_interrupted_again_and_again_does_not_read_the_same_page_for_ever() -> None:
    """The service gives 20 rows at most and tells no total: the first page of 100 is that of 20."""
    catchup, messages = reading(budget=19 * ROW_COST), history(200)
    for _ in range(5):
        catchup.took(page_of(messages, catchup.next(), total=False, most=20))
        catchup.refresh()
    read(catchup, lambda request: page_of(messages, request, total=False, most=20))
    assert catchup.has_met


def test_what_is_read_again_because_a_service_gives_fewer_rows_is_not_taken_for_the_end() -> None:
    """Larger pages are tried after a failure, far down, and turn out to begin further up."""
    catchup, messages, failing = reading(None), history(200), [PageRequest(1, 20)]

    def answer(request: PageRequest) -> HistoryPage | None:
        return None if failing and request == failing.pop() else page_of(messages, request, most=20)

    read(catchup, answer)
    assert (ids(catchup.take()), catchup.has_given_up) == (numbered(0, 200), False)


def test_where_fewer_rows_come_than_asked_for_ids_tell_which_were_read() -> None:
    """The second page of 20 begins with the eighth row; the two without an id are its last ones."""
    catchup, messages = reading(None), history(21)
    messages[7:9] = [said.event(said.text(None, f"n:{number}")) for number in (7, 8)]
    failing = [PageRequest(1, 20)]

    def answer(request: PageRequest) -> HistoryPage | None:
        return None if failing and request == failing.pop() else page_of(messages, request, most=7)

    read(catchup, answer)
    assert [event.content for event in catchup.take()] == [event.content for event in messages]


def test_a_request_that_was_not_answered_is_made_again() -> None:
    catchup = reading()
    assert catchup.next() == catchup.next()


def test_a_history_that_changed_altogether_is_read_anew() -> None:
    catchup = reading()
    catchup.took(page_of(history(60), catchup.next()))
    catchup.refresh()
    other = [said.event(said.text(f"x{number}", "other")) for number in range(10)]
    read(catchup, lambda request: page_of(other, request))
    assert ids(catchup.take()) == [f"x{number}" for number in range(10)]


def test_beyond_the_budget_the_oldest_are_delivered_first_and_it_goes_on_upwards() -> None:
    delivery, found = Delivery(after="m3"), []
    catchup = CatchUp(delivery, budget=10 * ROW_COST)
    while True:
        read(catchup, lambda request: page_of(history(100), request))
        part = delivery.pass_on(delivery.split(catchup.take()))
        assert len(part) <= 11
        found += ids(part)
        if not catchup.has_more:
            break
    assert found == numbered(4, 100)


def test_beyond_the_budget_the_newest_of_those_without_ids_are_left_for_later_too() -> None:
    delivery = Delivery()
    delivery.live(history(3), 1)
    catchup = CatchUp(delivery, budget=4 * ROW_COST)
    messages = history(3) + [said.event(said.text("", f"say {number}")) for number in range(9)]
    read(catchup, lambda request: page_of(messages, request))
    known = [f"text {number}" for number in range(3)]
    assert [event.content for event in catchup.take()] == known + [f"say {number}" for number in range(4)]


def test_a_budget_of_nothing_still_comes_to_an_end() -> None:
    delivery, found = Delivery(after="m3"), []
    catchup = CatchUp(delivery, budget=0)
    while True:
        read(catchup, lambda request: page_of(history(40), request))
        found += ids(delivery.pass_on(delivery.split(catchup.take())))
        if not catchup.has_more:
            break
    assert found == numbered(4, 40)


def test_an_empty_history_is_read_at_once() -> None:
    catchup = reading(None)
    assert len(read(catchup, lambda request: HistoryPage([]))) == 1
    assert (catchup.take(), catchup.has_more) == ([], False)


def test_ten_thousand_missed_messages_take_about_a_hundred_pages() -> None:
    catchup = reading()
    messages = history(10_000)
    asked = read(catchup, lambda request: page_of(messages, request))
    assert len(asked) <= 110


def test_without_a_total_a_top_that_was_read_page_by_page_is_looked_at_once_more() -> None:
    catchup, messages = reading("m3"), history(60)
    catchup.took(page_of(messages, catchup.next(), total=False))
    messages += [said.event(said.text(f"n{number}", "new")) for number in range(150)]
    catchup.refresh()
    asked = read(catchup, lambda request: page_of(messages, request, total=False))
    found = ids(catchup.take())
    assert found[-207:] == [*numbered(3, 60), *(f"n{number}" for number in range(150))]
    assert asked.count(PageRequest(1, 100)) + asked.count(PageRequest(1, 20)) >= 2


def test_without_a_total_and_beyond_the_budget_the_newest_are_left_for_later_too() -> None:
    delivery, found = Delivery(after="m3"), []
    catchup = CatchUp(delivery, budget=10 * ROW_COST)
    while True:
        read(catchup, lambda request: page_of(history(60), request, total=False))
        found += ids(delivery.pass_on(delivery.split(catchup.take())))
        if not catchup.has_more:
            break
    assert found == numbered(4, 60)


def test_what_has_no_id_and_is_no_news_does_not_keep_it_from_going_on() -> None:
    """Each reading has room for one message: the only news of the first is one without an id, that had come."""
    delivery, found = Delivery(), []
    first = said.event(said.text("a", "first"))
    tick = said.event(said.text(None, "tick"))
    delivery.live([first], 1)
    delivery.open_gap()
    delivery.live([tick], 1)
    catchup = CatchUp(delivery, budget=0)
    messages = [first, tick, *history(5)]
    for _ in range(20):
        read(catchup, lambda request: page_of(messages, request))
        part = delivery.pass_on(delivery.split(catchup.take()))
        catchup.delivered(len(part))
        found += ids(part)
        if not catchup.has_more:
            break
    assert found == numbered(0, 5)
