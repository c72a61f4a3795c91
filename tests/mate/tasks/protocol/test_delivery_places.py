"""What has no id is known by its place, and what an open gap left out comes behind it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.mate.tasks.protocol.deliveries import (
    TICK,
    TOCK,
    A,
    B,
    C,
    D,
    again,
    caught_up,
    contents,
    ids,
    live,
    text,
    texts,
)
from tests.support import messages as said
from wyseos.mate.tasks.protocol.delivery import Delivery, key_of

# ---- the place of what has no id


def test_what_has_no_id_comes_also_where_nothing_stands_before_it() -> None:
    assert contents(caught_up(Delivery(), [TICK, TOCK, TICK, A])) == ["tick", "tock", "tick", "a"]


def test_a_history_that_begins_later_tells_the_same_places() -> None:
    delivery = Delivery()
    live(delivery, [A, TICK, B, TICK])
    assert again(delivery, [B, TICK, C, TICK]) == ["c", "tick"]


def test_what_the_user_says_between_changes_no_place() -> None:
    delivery = Delivery()
    live(delivery, [A, TICK])
    own = said.event(said.own("u"))
    assert again(delivery, [A, own, TICK, B, own]) == ["Yes", "b"]
    live(delivery, [TOCK])
    assert again(delivery, [A, own, TICK, B, own, TOCK, C]) == ["c"]


def test_a_history_may_begin_with_what_the_user_said() -> None:
    delivery, own = Delivery(), said.event(said.own("u"))
    live(delivery, [A, TICK])
    assert again(delivery, [A, TICK, own]) == ["Yes"]
    live(delivery, [TICK, TOCK])
    assert again(delivery, [own, TICK, TOCK, B, TOCK]) == ["b", "tock"]
    assert again(delivery, [A, TICK, own, TICK, TOCK, B, TOCK, C]) == ["c"]
    assert again(delivery, [own, TICK, TOCK, B, TOCK, C, D]) == ["d"]


def test_what_the_user_said_without_an_id_is_not_where_a_history_begins() -> None:
    delivery, own = Delivery(), said.event(said.own(""))
    live(delivery, [A])
    assert again(delivery, [A, own]) == ["Yes"]
    live(delivery, [TICK])
    assert contents(delivery.split([TICK, B]).events) == ["tick", "b"]


def test_what_is_repeated_with_the_message_before_it_is_a_double_also_without_an_id() -> None:
    delivery = Delivery()
    assert contents(live(delivery, [A, TICK, A, TICK, TOCK])) == ["a", "tick", "tock"]
    assert delivery.doubles == 2


def test_what_has_no_id_and_comes_first_over_a_connection_is_known_in_whichever_place_the_history_has_it() -> None:
    delivery = Delivery()
    live(delivery, [A])
    delivery.hold()
    live(delivery, [TICK, C])
    assert contents(caught_up(delivery, [A])) == ["tick", "c"]
    assert again(delivery, [A, B, TICK, C]) == ["b"]


@pytest.mark.parametrize("history", [[A, TICK, C, D, TICK], [C, D, TICK], [D, TICK]])
def test_what_came_first_over_a_connection_is_not_taken_for_what_is_missed_later(history: list[Any]) -> None:
    delivery = Delivery()
    live(delivery, [A])
    delivery.hold()
    live(delivery, [TICK, C])
    assert contents(caught_up(delivery, [A])) == ["tick", "c"]
    live(delivery, [D])
    assert again(delivery, history) == ["tick"]


def test_what_came_first_over_some_connections_is_known_before_what_followed_it() -> None:
    delivery = Delivery()
    live(delivery, [A])
    for events in ([TICK, B], [TICK, TICK, C]):
        delivery.hold()
        live(delivery, events)
        assert caught_up(delivery, [A]) == events
    assert again(delivery, [A, TICK, TICK, B, TICK, TICK, TICK, C, TICK]) == ["tick"] * 3


def test_what_is_held_back_behind_a_message_with_an_id_has_its_place() -> None:
    delivery = Delivery()
    live(delivery, [A])
    delivery.hold()
    live(delivery, [B, TICK])
    assert contents(caught_up(delivery, [A])) == ["b", "tick"]
    assert again(delivery, [B, TICK, C, TICK]) == ["c", "tick"]
    live(delivery, [D])
    assert again(delivery, [D, TICK]) == ["tick"]


def test_what_comes_over_another_connection_has_no_place_behind_what_came_over_the_one_before() -> None:
    delivery = Delivery()
    live(delivery, [A])
    delivery.hold()
    live(delivery, [B])
    delivery.hold()
    live(delivery, [TICK, D])
    assert contents(caught_up(delivery, [A])) == ["b", "tick", "d"]
    assert again(delivery, [A, B, C, TICK, D]) == ["c"]


def test_what_comes_once_the_history_is_in_stands_behind_it() -> None:
    delivery = Delivery()
    live(delivery, [A])
    assert again(delivery, [A, B]) == ["b"]
    live(delivery, [TICK])
    late = text(None, "tick")
    assert [event is late for event in delivery.split([A, late, B, TICK]).events] == [True]
    assert again(delivery, [A, B, TICK, C, TICK]) == ["c", "tick"]


def test_what_comes_once_the_history_is_in_stands_behind_what_was_held_back_of_its_connection() -> None:
    delivery = Delivery()
    live(delivery, [A])
    delivery.hold()
    live(delivery, [B])
    delivery.hold()
    assert contents(caught_up(delivery, [A, B, C])) == ["b", "c"]
    live(delivery, [TICK])
    assert again(delivery, [A, B, C, TICK]) == []
    delivery.hold()
    live(delivery, [D])
    assert contents(caught_up(delivery, [A, B, C, TICK])) == ["d"]
    live(delivery, [TOCK])
    assert again(delivery, [A, B, C, TICK, D, TOCK, text("e", "e")]) == ["e"]


def test_what_comes_behind_what_was_held_back_stands_there_also_where_the_history_went_further() -> None:
    delivery = Delivery()
    live(delivery, [A])
    delivery.hold()
    live(delivery, [B])
    assert contents(caught_up(delivery, [A, B, C])) == ["b", "c"]
    live(delivery, [C, TICK])
    assert again(delivery, [A, B, C, TICK, D, TICK]) == ["d", "tick"]


def test_where_there_is_no_history_the_next_place_is_not_known() -> None:
    delivery = Delivery()
    live(delivery, [A])
    assert again(delivery, []) == []
    live(delivery, [TICK])
    assert again(delivery, [A, B, TICK]) == ["b"]


def test_what_has_no_id_is_late_as_often_as_the_history_brought_it() -> None:
    delivery = Delivery()
    live(delivery, [A])
    assert again(delivery, [A, B, TICK, TICK]) == ["b", "tick", "tick"]
    assert contents(live(delivery, [TICK, TOCK, TICK, TICK])) == ["tock", "tick"]


def test_what_has_no_id_and_was_not_late_once_may_be_late_the_next_time() -> None:
    delivery = Delivery()
    live(delivery, [A])
    assert again(delivery, [A, B, TICK]) == ["b", "tick"]
    assert contents(live(delivery, [TOCK])) == ["tock"]
    delivery.hold()
    live(delivery, [TOCK])
    assert contents(caught_up(delivery, [A, B, TICK, TOCK, C, TOCK])) == ["c", "tock"]


def test_what_has_no_id_is_not_late_where_a_message_with_an_id_said_the_same() -> None:
    delivery = Delivery()
    live(delivery, [A])
    assert again(delivery, [A, text("b", "tick")]) == ["tick"]
    assert contents(live(delivery, [TICK])) == ["tick"]


# ---- gaps


def test_what_comes_behind_a_gap_is_not_what_the_history_has_to_reach() -> None:
    delivery = Delivery()
    live(delivery, [A])
    delivery.open_gap()
    live(delivery, [C])
    assert [delivery.knows(event, key_of(event)) for event in (A, C)] == [True, False]
    assert delivery.has_passed(key_of(C))


def test_what_came_behind_a_gap_was_not_missed() -> None:
    delivery = Delivery()
    live(delivery, [A, TOCK])
    delivery.open_gap()
    live(delivery, [TICK, TICK, C, TOCK])
    history = [A, TOCK, B, TICK, TICK, TICK, text("t", "tick"), C, TOCK, D]
    assert contents(delivery.split(history).events) == ["b", "tick", "tick", "d"]


def test_what_comes_while_a_gap_is_filled_stands_behind_what_came_before() -> None:
    delivery = Delivery()
    live(delivery, [A])
    delivery.open_gap()
    live(delivery, [C])
    delivery.pass_on(delivery.split([A, B]))
    live(delivery, [TICK])
    assert contents(delivery.split([A, B, C, TICK, D]).events) == ["d"]


def test_over_another_connection_behind_a_gap_the_next_place_is_not_known() -> None:
    delivery = Delivery()
    live(delivery, [A])
    delivery.open_gap()
    live(delivery, [C])
    delivery.hold()
    assert contents(delivery.pass_on(delivery.split([A, B]))) == ["b"]
    delivery.open_gap()
    assert delivery.release() == []
    live(delivery, [TICK])
    assert contents(delivery.split([A, B, C, D, TICK]).events) == ["d"]


def test_what_was_missed_is_told_with_what_stands_directly_before_it() -> None:
    delivery = Delivery()
    live(delivery, [B])
    missed = delivery.split([A, B, C, D])
    assert (contents(missed.events), missed.predecessors) == (["c", "d"], {id(C): B})
    assert Delivery().split([A, B]).predecessors == {}


def test_what_an_open_gap_left_out_comes_once_and_what_came_behind_it_does_not_come_again() -> None:
    delivery = Delivery()
    live(delivery, texts("a"))
    delivery.hold()
    live(delivery, [*texts("c"), text(None, "tick")])
    delivery.open_gap()
    assert (delivery.has_gap, delivery.is_untouched) == (True, False)
    assert len(delivery.release()) == 2
    delivery.hold()
    live(delivery, texts("d"))
    history = [*texts("a", "b", "c"), text(None, "tick"), *texts("d")]
    assert ids(caught_up(delivery, history)) == ["b", "d"]
    assert (delivery.close_gap(), delivery.close_gap()) == (True, False)


def test_what_has_no_id_and_came_first_behind_a_gap_does_not_come_again() -> None:
    delivery = Delivery()
    live(delivery, texts("a"))
    delivery.open_gap()
    live(delivery, [text(None, "tick")])
    assert ids(delivery.split([*texts("a", "b"), text(None, "tick")]).events) == ["b"]


def test_what_has_no_id_and_came_behind_a_gap_does_not_come_again_where_the_gap_is_filled_in_parts() -> None:
    """The part that brings it ends before the message that followed it, and holds one that came after that."""
    delivery, tick = Delivery(), text(None, "tick")
    live(delivery, texts("a"))
    delivery.open_gap()
    live(delivery, [tick, *texts("d")])
    delivery.hold()
    assert ids(delivery.pass_on(delivery.split(texts("a", "b")))) == ["b"]
    assert ids(delivery.pass_on(delivery.split([*texts("b"), tick]))) == []


def test_a_gap_at_the_very_beginning_needs_the_history_to_reach_nowhere() -> None:
    delivery = Delivery()
    assert delivery.is_untouched
    delivery.open_gap()
    live(delivery, texts("b"))
    delivery.open_gap()
    assert delivery.is_untouched
