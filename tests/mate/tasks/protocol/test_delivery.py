"""Which events go on to the task and in which order: identity, doubles, holding back, gaps and cursors."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.mate.tasks.protocol.deliveries import (
    TICK,
    A,
    B,
    C,
    caught_up,
    chunk,
    contents,
    ids,
    live,
    text,
    texts,
)
from tests.support import messages as said
from wyseos.mate.tasks.protocol import delivery as delivery_module
from wyseos.mate.tasks.protocol.delivery import Delivery, content_of, cursor_of, is_own, key_of

EMPTY: list[Any] = [[], None]


# ---- identity


def test_fault_22_the_same_message_twice_is_passed_on_once() -> None:
    delivery = Delivery()
    assert ids(live(delivery, texts("a", "b", "a"))) == ["a", "b"]
    assert ids(live(delivery, texts("b", "c"))) == ["c"]
    assert (delivery.doubles, delivery.cursor) == (2, "c")


@pytest.mark.parametrize("nothing", [None, "", "0"])
def test_messages_without_an_id_are_passed_on_each_time(nothing: str | None) -> None:
    delivery = Delivery()
    assert ids(live(delivery, texts("a", nothing, nothing))) == ["a", nothing, nothing]
    assert delivery.cursor == "a"
    assert key_of(text(nothing, "x")) is None
    assert cursor_of(text(nothing, "x")) is None


def test_an_id_that_is_used_again_with_other_content_is_news() -> None:
    delivery = Delivery()
    assert contents(live(delivery, [text("a", "10 %"), text("a", "20 %"), text("a", "10 %")])) == ["10 %", "20 %"]


def test_a_result_with_the_id_of_its_text_is_news() -> None:
    assert len(live(Delivery(), [text("a", "42"), said.event(said.result("a", "42"))])) == 2


def test_what_a_message_says_in_its_data_tells_updates_apart() -> None:
    steps = [said.event(said.plan_status("m", status=status)) for status in ("running", "done", "done")]
    assert len(live(Delivery(), steps)) == 2


def test_null_empty_and_absent_say_the_same() -> None:
    plain = {**said.text("a", ""), "message": {"type": "text"}}
    spelled = {**said.text("a", ""), "content": None, "message": {"type": "text", "metadata": None}}
    assert content_of(said.event(plain)) == content_of(said.event(spelled))
    empty, null = ({**said.plan("p"), "message": {"type": "create_plan", "data": data}} for data in EMPTY)
    assert content_of(said.event(empty)) == content_of(said.event(null))


def test_a_screenshot_inside_a_message_is_not_compared() -> None:
    one, other = (
        said.event({**said.text("a"), "message": {"type": "text", "data": {"step": 1, "image": letter * 5000}}})
        for letter in "xy"
    )
    assert content_of(one) == content_of(other)


def test_chunks_are_told_apart_by_their_index_and_their_id() -> None:
    chunks = [chunk(0, "x"), chunk(1, "y"), chunk(1, "y"), chunk(1, "y", chunk_id="d")]
    assert len(live(Delivery(), chunks)) == 3


def test_chunks_without_an_index_all_come() -> None:
    assert len(live(Delivery(), [chunk(None, "x"), chunk(None, "x")])) == 2


def test_an_empty_chunk_id_is_none() -> None:
    assert len(live(Delivery(), [chunk(0, "x", chunk_id=""), chunk(0, "x", chunk_id="")])) == 1


def test_the_users_own_messages_are_told_by_their_component() -> None:
    assert is_own(said.event(said.own()))
    assert not is_own(said.event(said.text()))


def test_old_ids_are_forgotten_so_that_memory_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery_module, "REMEMBERED", 2)
    delivery = Delivery()
    delivery.open_gap()
    live(delivery, texts("x", "a", "b"))
    delivery.close_gap()
    live(delivery, texts("c"))
    assert [delivery.knows(event, key_of(event)) for event in texts("a", "b", "c")] == [False, True, True]


# ---- holding back


def test_fault_23_held_back_events_come_after_the_missed_ones_in_the_order_of_the_history() -> None:
    delivery = Delivery()
    live(delivery, texts("a"))
    delivery.hold()
    assert live(delivery, texts("d", "c")) == []
    assert (delivery.is_holding, delivery.held_size) == (True, 1)
    assert ids(caught_up(delivery, texts("a", "b", "c", "d", "e"))) == ["b", "c", "d", "e"]
    assert (delivery.is_holding, delivery.held_size) == (False, 0)


def test_fault_19_what_was_held_back_stays_so_over_another_cut() -> None:
    delivery = Delivery()
    delivery.hold()
    live(delivery, texts("b"))
    delivery.hold()
    live(delivery, texts("c"))
    assert ids(caught_up(delivery, texts("a", "b"))) == ["a", "b", "c"]


def test_what_has_no_id_comes_from_the_history_as_often_as_it_did_not_come_live() -> None:
    delivery = Delivery()
    live(delivery, [text("a", "1"), text(None, "tick")])
    delivery.hold()
    live(delivery, [text(None, "tick"), text("b", "2"), text(None, "tock")])
    history = [text("a", "1"), text(None, "tick"), text(None, "tick"), text("b", "2"), text(None, "tock")]
    assert contents(caught_up(delivery, history)) == ["tick", "2", "tock"]


def test_what_has_no_id_and_comes_live_later_than_from_the_history_comes_once() -> None:
    delivery = Delivery()
    live(delivery, [text("a", "1")])
    delivery.hold()
    assert contents(caught_up(delivery, [text("a", "1"), text("b", "2"), text(None, "tick")])) == ["2", "tick"]
    assert contents(live(delivery, [text("b", "2"), text(None, "tick"), text("c", "3"), text(None, "tick")])) == [
        "3",
        "tick",
    ]


def test_what_stood_in_the_session_before_is_never_passed_on() -> None:
    delivery = Delivery()
    delivery.mark(texts("a"))
    assert ids(live(delivery, texts("a", "b"))) == ["b"]


@given(st.integers(0, 2**32), st.integers(1, 60))
def test_fault_18_whatever_is_cut_doubled_or_late_each_message_comes_once_and_in_order(seed: int, count: int) -> None:
    rng = Random(seed)
    history = texts(*(f"m{number}" for number in range(count)))
    delivery, delivered, told = Delivery(), [], 0
    while told < count:
        cut = rng.randint(told, count)
        frames = history[told:cut]
        frames += rng.choices(history[:cut], k=rng.randint(0, 3)) if cut else []
        delivered += live(delivery, frames)
        delivery.hold()
        told = rng.randint(cut, count)
        held = history[max(0, told - 2) : told]
        rng.shuffle(held)
        live(delivery, held)
        delivered += caught_up(delivery, history[:told])
    assert ids(delivered) == ids(history)


# ---- cursors


def test_a_task_goes_on_after_what_was_seen_elsewhere() -> None:
    delivery = Delivery(after="b")
    missed = delivery.split(texts("a", "b", "c"))
    assert (ids(missed.events), ids(missed.before)) == (["c"], ["a", "b"])


@pytest.mark.parametrize("nothing", ["", "0", None])
def test_what_is_no_id_is_no_cursor(nothing: str | None) -> None:
    assert Delivery(after=nothing).cursor is None


def test_the_cursor_of_a_chunk_tells_its_place() -> None:
    delivery = Delivery()
    live(delivery, [chunk(0, "x"), chunk(1, "y")])
    assert delivery.cursor == "m#c#1"
    assert contents(Delivery(after="m#c#0").split([chunk(0, "x"), chunk(1, "y")]).events) == ["y"]


def test_the_id_of_a_message_in_chunks_stands_for_all_of_them() -> None:
    assert contents(Delivery(after="m").split([chunk(0, "x"), chunk(1, "y"), *texts("n")]).events) == ["hello"]


def test_the_cursor_of_an_update_tells_it_from_the_message_that_it_updates() -> None:
    here = Delivery()
    history = [text("a", "10 %"), text("b", "x"), text("a", "20 %")]
    live(here, history)
    assert here.cursor is not None
    assert here.cursor.startswith("a~")
    assert contents(Delivery(after=here.cursor).split([*history, text("c", "y")]).events) == ["y"]


def test_a_plain_id_means_the_first_message_that_had_it() -> None:
    history = [text("a", "10 %"), text("b", "x"), text("a", "20 %")]
    assert contents(Delivery(after="a").split(history).events) == ["x", "20 %"]


def test_a_cursor_that_was_found_has_served() -> None:
    delivery = Delivery(after="a")
    assert caught_up(delivery, [text("a", "10 %")]) == []
    assert contents(caught_up(delivery, [text("a", "10 %"), text("a", "20 %")])) == ["20 %"]


def test_where_the_cursor_is_not_found_all_was_missed() -> None:
    missed = Delivery(after="gone").split(texts("a", "b"))
    assert (ids(missed.events), missed.before) == (["a", "b"], [])


def test_a_chunk_of_a_message_without_an_id_is_known_but_is_no_cursor() -> None:
    delivery = Delivery(after="a")
    assert len(live(delivery, [chunk(0, "x", message_id="0"), chunk(0, "x", message_id="0")])) == 1
    nameless = said.event({**said.text(None, "x"), "chunk_id": "c", "chunk_index": 0})
    assert (len(live(delivery, [nameless, nameless])), delivery.cursor) == (1, "a")


def test_a_cursor_that_came_live_as_well_is_remembered_once() -> None:
    delivery = Delivery(after="a")
    live(delivery, texts("a"))
    assert ids(delivery.split(texts("a", "b")).events) == ["b"]
    unindexed = Delivery(after="m")
    assert contents(unindexed.split([chunk(None, "x"), *texts("n")]).events) == ["hello"]


def test_a_history_that_has_a_message_twice_brings_it_once() -> None:
    assert ids(caught_up(Delivery(), texts("a", "a", "b"))) == ["a", "b"]


def test_a_chunk_whose_message_has_no_id_changes_no_cursor_also_behind_a_gap() -> None:
    nameless = [said.event({**said.text(None, letter), "chunk_id": "c", "chunk_index": 0}) for letter in "xy"]
    delivery = Delivery()
    assert len(live(delivery, nameless[:1])) == 1
    delivery.open_gap()
    assert (len(live(delivery, nameless)), delivery.cursor) == (1, None)


def test_a_cursor_that_is_not_in_the_history_yet_is_found_later() -> None:
    delivery = Delivery(after="b")
    assert caught_up(delivery, []) == []
    assert ids(caught_up(delivery, texts("a", "b", "c"))) == ["c"]


def test_what_says_the_same_as_the_message_of_the_cursor_is_not_taken_for_it() -> None:
    here = Delivery()
    history = [text("a", "10 %"), text("a", "20 %")]
    live(here, history)
    told = [history[0], text("b", "20 %"), history[1], C, text("d", "20 %")]
    assert ids(Delivery(after=here.cursor).split(told).events) == ["c", "d"]
    checksum = Delivery(after="00000000")
    assert ids(checksum.split([text("", ""), B]).events) == ["", "b"]


def test_a_cursor_that_was_stored_is_found_by_every_version() -> None:
    empty = said.event({**said.text("a"), "content": None})
    assert contents(Delivery(after="a~00000000").split([text("a", "10 %"), empty, B]).events) == ["b"]
    assert contents(Delivery(after="a~818dfa43").split([text("a", "10 %"), text("a", "20 %"), B]).events) == ["b"]


def test_an_event_that_came_first_with_its_id_has_the_id_as_its_cursor() -> None:
    delivery = Delivery()
    live(delivery, [A, text("a", "20 %")])
    assert delivery.cursor_after(A) == "a"


@pytest.mark.parametrize("last", [chunk(None, "x"), said.event({**said.text(None), "chunk_id": "c", "chunk_index": 0})])
def test_what_has_no_cursor_leaves_it_at_the_message_before(last: Any) -> None:
    delivery = Delivery()
    assert len(live(delivery, [A, last])) == 2
    assert delivery.cursor == "a"


def test_the_cursor_of_a_chunk_tells_its_place_whatever_other_ids_look_like() -> None:
    delivery = Delivery()
    live(delivery, [text("m#c#0", "x"), chunk(0, "x")])
    assert delivery.cursor == "m#c#0"


def test_of_what_the_cursor_tells_nothing_else_is_known() -> None:
    history = [chunk(None, "x"), TICK, chunk(None, "y", message_id="n")]
    assert contents(Delivery(after="m").split(history).events) == ["tick", "y"]


def test_a_ping_in_the_history_is_no_harm() -> None:
    pings = [said.event({"type": "ping"}), said.event({"type": "pong", "message_id": "a"})]
    assert caught_up(Delivery(), pings) == pings
