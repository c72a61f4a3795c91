"""Order, doubles and holding back; the history's pages; backoff; liveness: all without a socket or a clock."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import messages as said
from wyseos.generated.models import MessagePage
from wyseos.mate.tasks.protocol import delivery as line_module
from wyseos.mate.tasks.protocol.catchup import PAGE_SIZE, Missed, PageRequest, missed_events
from wyseos.mate.tasks.protocol.delivery import Line, is_own
from wyseos.mate.tasks.protocol.liveness import QUIET, Liveness
from wyseos.mate.tasks.protocol.reconnect import Backoff, Ending, Patience, Remedy, remedy_for_close, remedy_for_status


def ids(events: list[Any]) -> list[str | None]:
    return [event.message_id for event in events]


def texts(*message_ids: str | None) -> list[Any]:
    return [said.event(said.text(message_id)) for message_id in message_ids]


def test_fault_22_the_same_message_twice_is_passed_on_once() -> None:
    line = Line()
    assert ids(line.live(texts("a", "b", "a"))) == ["a", "b"]
    assert ids(line.live(texts("b", "c"))) == ["c"]
    assert (line.doubles, line.cursor) == (2, "c")


def test_messages_without_an_id_are_passed_on_each_time() -> None:
    line = Line()
    assert ids(line.live(texts("a", None, None))) == ["a", None, None]
    assert line.cursor == "a"


def test_chunks_that_share_a_message_id_are_told_apart_by_their_index() -> None:
    chunks = [said.event(said.draft("m", "d", "x", index)) for index in (0, 1, 1)]
    assert [event.chunk_index for event in Line().live(chunks)] == [0, 1]


def test_fault_23_held_back_events_come_after_the_missed_ones_in_the_order_of_the_history() -> None:
    line = Line()
    line.live(texts("a"))
    line.hold()
    assert line.live(texts("d", "c")) == []
    assert line.is_holding
    assert ids(line.release(texts("b", "c", "d", "e"))) == ["b", "c", "d", "e"]
    assert not line.is_holding


def test_fault_19_what_was_held_back_stays_so_over_another_cut() -> None:
    line = Line()
    line.hold()
    line.live(texts(None, "b"))
    line.hold()
    assert ids(line.release(texts("a", "b"))) == ["a", "b", None]


def test_a_line_goes_on_after_what_was_seen_elsewhere() -> None:
    line = Line(after="b")
    assert ids(line.live(texts("b", "c"))) == ["c"]


def test_old_ids_are_forgotten_so_that_memory_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line_module, "REMEMBERED", 2)
    line = Line()
    line.live(texts("a", "b", "c"))
    assert [line.knows(event) for event in texts("a", "b", "c")] == [False, True, True]


def test_the_users_own_messages_are_told_by_their_component() -> None:
    assert is_own(said.event(said.own()))
    assert not is_own(said.event(said.text()))


@given(st.integers(0, 2**32), st.integers(1, 60))
def test_fault_18_whatever_is_cut_doubled_or_late_each_message_comes_once_and_in_order(seed: int, count: int) -> None:
    rng = Random(seed)
    history = texts(*(f"m{number}" for number in range(count)))
    line, delivered, told = Line(), [], 0
    while told < count:
        cut = rng.randint(told, count)
        frames = history[told:cut]
        frames += rng.choices(history[:cut], k=rng.randint(0, 3)) if cut else []
        delivered += line.live(frames)
        line.hold()
        told = rng.randint(cut, count)
        held = history[max(0, told - 2) : told]
        rng.shuffle(held)
        line.live(held)
        delivered += line.release(walk(line, history[:told]).events)
    assert ids(delivered) == ids(history)


# ---- the history's pages


def walk(line: Line, history: list[Any]) -> Missed:
    """Drives the flow against a history, as a client would."""
    flow = missed_events(line)
    request = next(flow)
    while True:
        newest_first = list(reversed(history))
        rows = newest_first[(request.page_num - 1) * request.page_size :][: request.page_size]
        try:
            request = flow.send(MessagePage.from_dict({"data": [row.to_dict() for row in rows]}))
        except StopIteration as end:
            missed: Missed = end.value
            return missed


def test_the_newest_page_is_asked_for_first_and_no_more_than_needed() -> None:
    line = Line(after="m5")
    flow = missed_events(line)
    assert next(flow) == PageRequest(1)
    rows = [said.text(f"m{number}") for number in range(24, 4, -1)]
    with pytest.raises(StopIteration) as end:
        flow.send(MessagePage.from_dict({"data": rows}))
    assert ids(end.value.value.events) == [f"m{number}" for number in range(6, 25)]


def test_a_long_gap_is_read_over_several_pages() -> None:
    history = texts(*(f"m{number}" for number in range(3 * PAGE_SIZE)))
    missed = walk(Line(after="m3"), history)
    assert ids(missed.events) == [f"m{number}" for number in range(4, 3 * PAGE_SIZE)]
    assert (ids(missed.before), missed.complete) == (["m0", "m1", "m2", "m3"], True)


def test_without_anything_seen_before_the_whole_history_was_missed() -> None:
    missed = walk(Line(), texts("a", "b"))
    assert (ids(missed.events), missed.complete) == (["a", "b"], True)


def test_fault_20_a_history_that_does_not_reach_back_is_told_as_incomplete() -> None:
    missed = walk(Line(after="gone"), texts("a", "b"))
    assert (ids(missed.events), missed.complete) == (["a", "b"], False)


# ---- what follows an end


@pytest.mark.parametrize(
    ("code", "remedy"),
    [
        *((code, Remedy.RETRY) for code in (1001, 1006, 1012)),
        *((code, Remedy.RETRY_SLOWLY) for code in (1011, 1013)),
        *((code, Remedy.GIVE_UP) for code in (1002, 1003, 1007, 1008, 1009)),
        *((code, Remedy.RETRY_ONCE) for code in (4000, 4999, 3000)),
        *((code, Remedy.LOOK_FIRST) for code in (1000, 1005)),
    ],
)
def test_faults_29_to_33_each_close_code_has_its_remedy(code: int, remedy: Remedy) -> None:
    assert remedy is remedy_for_close(code)


@pytest.mark.parametrize(
    ("status", "remedy"),
    [
        *((status, Remedy.GIVE_UP) for status in (301, 307, 400, 401, 403, 404, 200)),
        *((status, Remedy.RETRY_SLOWLY) for status in (429, 500, 502, 503, 504)),
        (408, Remedy.RETRY),
    ],
)
def test_faults_13_to_15_each_refused_handshake_has_its_remedy(status: int, remedy: Remedy) -> None:
    assert remedy is remedy_for_status(status)


def waits(ending: Ending, *, first: bool = False, patience: Patience | None = None) -> list[float | None]:
    backoff = Backoff(patience or Patience(), draw=lambda: 1.0)
    told = [backoff.wait(ending, first=first)]
    while told[-1] is not None:
        told.append(backoff.wait(ending, first=first))
    return told


def test_waits_double_up_to_the_cap_and_end() -> None:
    told = waits(Ending(Remedy.RETRY, ""), patience=Patience(tries=10))
    assert told == [0.5, 1.0, 2.0, 4.0, 8.0, 8.0, 8.0, 8.0, 8.0, None]


def test_before_the_first_connection_less_is_tried() -> None:
    assert waits(Ending(Remedy.RETRY, ""), first=True) == [0.5, 1.0, None]


def test_an_overloaded_service_is_waited_for_longer() -> None:
    assert waits(Ending(Remedy.RETRY_SLOWLY, ""), first=True) == [2.0, 4.0, None]


@pytest.mark.parametrize(
    ("ending", "expected"),
    [
        (Ending(Remedy.GIVE_UP, ""), [None]),
        (Ending(Remedy.RETRY_ONCE, ""), [0.5, None]),
        (Ending(Remedy.RETRY, "", tries=2), [0.5, None]),
        (Ending(Remedy.RETRY, "", retry_after=7.0), [7.0, 7.0, None]),
        (Ending(Remedy.RETRY, "", retry_after=121.0), [None]),
    ],
)
def test_an_ending_can_say_how_often_and_when_to_try_again(ending: Ending, expected: list[float | None]) -> None:
    assert expected == waits(ending, first=True)


def test_a_good_connection_makes_the_next_failure_the_first_again() -> None:
    backoff = Backoff(Patience(), draw=lambda: 1.0)
    ending = Ending(Remedy.RETRY, "")
    first = [backoff.wait(ending, first=False) for _ in range(3)]
    backoff.reset()
    assert [backoff.wait(ending, first=False) for _ in range(3)] == first


# ---- liveness


def test_fault_21_silence_is_asked_about_and_then_ends_the_line_within_25_seconds() -> None:
    liveness = Liveness(interval=30.0, now=0.0)
    assert liveness.deadline == QUIET
    assert liveness.ping_due(QUIET)
    assert not liveness.is_dead(QUIET)
    liveness.ping_sent(QUIET)
    assert liveness.deadline == 2 * QUIET
    assert liveness.is_dead(2 * QUIET)
    assert 2 * QUIET < 25.0


def test_fault_21_any_byte_counts_as_life() -> None:
    liveness = Liveness(interval=30.0, now=0.0)
    liveness.ping_sent(12.0)
    liveness.byte_received(23.9)
    assert not liveness.is_dead(24.0)
    assert liveness.deadline == 35.9


def test_the_service_is_pinged_at_least_every_interval_also_while_it_talks() -> None:
    liveness = Liveness(interval=5.0, now=0.0)
    liveness.byte_received(4.9)
    assert liveness.ping_due(5.0)
    liveness.ping_sent(5.0)
    liveness.ping_sent(6.0)
    assert liveness.is_dead(10.0)


def test_fault_35_silence_counts_only_after_a_ping_was_really_sent() -> None:
    liveness = Liveness(interval=30.0, now=0.0)
    assert not liveness.is_dead(600.0)
    assert liveness.ping_due(600.0)
