"""What delivery remembers and counts: how much, for how long, and how often."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support import messages as said
from wyseos.mate.tasks.protocol import delivery as delivery_module
from wyseos.mate.tasks.protocol.delivery import Delivery, content_of


def text(message_id: str | None, content: str = "hello") -> Any:
    return said.event(said.text(message_id, content))


def with_data(value: str) -> int:
    return content_of(said.event({**said.text("a"), "message": {"type": "text", "data": {"step": 1, "image": value}}}))


def remembered(delivery: Delivery, names: str) -> str:
    """Those of the messages that a history is known by."""
    known = Delivery.has_passed
    return "".join(name for name in names if known(delivery, delivery_module.key_of(text(name))))


def test_ten_thousand_messages_are_remembered() -> None:
    assert delivery_module.REMEMBERED == 10_000


@pytest.mark.parametrize(("count", "oldest"), [(22, 0), (23, 3)])
def test_the_oldest_are_forgotten_a_tenth_at_a_time(monkeypatch: pytest.MonkeyPatch, count: int, oldest: int) -> None:
    monkeypatch.setattr(delivery_module, "REMEMBERED", 20)
    delivery = Delivery()
    names = "abcdefghijklmnopqrstuvwxyz"[:count]
    for name in names:
        delivery.live([text(name)], 1)
    assert remembered(delivery, names) == names[oldest:]


def test_what_was_missed_or_held_back_is_forgotten_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery_module, "REMEMBERED", 2)
    delivery = Delivery()
    delivery.pass_on(delivery.split([text(name) for name in "abcd"]))
    assert remembered(delivery, "abcd") == "cd"
    delivery.hold()
    delivery.live([text(name) for name in "efg"], 1)
    delivery.release()
    assert remembered(delivery, "cdefg") == "fg"


def test_an_id_that_was_forgotten_is_a_plain_cursor_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery_module, "REMEMBERED", 2)
    delivery = Delivery()
    delivery.live([text("a", "10 %")], 1)
    delivery.live([text("a", "20 %")], 1)
    assert str(delivery.cursor).startswith("a~")
    delivery.live([text(name) for name in "bcd"], 1)
    delivery.live([text("a", "30 %")], 1)
    assert delivery.cursor == "a"


@pytest.mark.parametrize(("length", "is_compared"), [(0, False), (1, True), (2048, True), (2049, False)])
def test_texts_in_the_data_are_compared_up_to_a_length(length: int, is_compared: bool) -> None:
    assert (with_data("x" * length) != with_data("")) is is_compared


def test_an_update_from_the_history_has_a_cursor_of_its_own() -> None:
    delivery = Delivery()
    delivery.live([text("a", "10 %")], 1)
    delivery.pass_on(delivery.split([text("a", "10 %"), text("a", "20 %")]))
    assert str(delivery.cursor).startswith("a~")


def test_an_update_of_what_was_seen_elsewhere_has_a_cursor_of_its_own() -> None:
    delivery = Delivery(after="a")
    delivery.pass_on(delivery.split([text("a", "10 %"), text("a", "20 %")]))
    assert str(delivery.cursor).startswith("a~")


def test_an_id_with_the_sign_of_an_update_in_it_is_a_cursor_too() -> None:
    delivery = Delivery()
    delivery.live([text("x~y", "10 %"), text("x~y", "20 %")], 1)
    history = [text("x~y", "10 %"), text("x~y", "20 %"), text("b")]
    assert [event.message_id for event in Delivery(after=delivery.cursor).split(history).events] == ["b"]


def test_doubles_are_counted_wherever_they_come_from() -> None:
    delivery = Delivery()
    delivery.mark([text("a"), text("a"), text("a")])
    assert delivery.doubles == 2


def test_what_has_no_id_and_came_from_the_history_is_a_double_as_often_as_it_came() -> None:
    delivery = Delivery()
    delivery.live([text("a")], 1)
    history = [text("a"), text("b"), text(None, "tick"), text(None, "tick")]
    delivery.pass_on(delivery.split(history))
    assert len(delivery.live([text("b"), *(text(None, "tick") for _ in range(4))], 1)) == 2
    assert delivery.doubles == 3


def test_what_comes_live_with_an_id_ends_the_wait_for_late_doubles() -> None:
    delivery = Delivery()
    delivery.live([text("a")], 1)
    delivery.pass_on(delivery.split([text("a"), text(None, "tick")]))
    assert len(delivery.live([text("b"), text(None, "tick")], 1)) == 2


def test_an_update_has_a_cursor_of_its_own_also_where_the_history_brought_what_it_updates() -> None:
    delivery = Delivery()
    delivery.pass_on(delivery.split([text("a", "10 %"), text("a", "20 %")]))
    assert str(delivery.cursor).startswith("a~")


@pytest.mark.parametrize(("count", "is_plain"), [(22, ""), (23, "abc")])
def test_the_oldest_ids_are_forgotten_a_tenth_at_a_time(
    monkeypatch: pytest.MonkeyPatch, count: int, is_plain: str
) -> None:
    monkeypatch.setattr(delivery_module, "REMEMBERED", 20)
    delivery = Delivery()
    names = "abcdefghijklmnopqrstuvw"[:count]
    for name in names:
        delivery.live([text(name)], 1)
    assert "".join(name for name in names if delivery.cursor_after(text(name, "update")) == name) == is_plain


def test_what_was_seen_elsewhere_is_forgotten_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery_module, "REMEMBERED", 2)
    delivery = Delivery(after="a")
    delivery.split([text("a")])
    delivery.live([text(name) for name in "bcd"], 1)
    assert remembered(delivery, "abcd") == "cd"


def test_what_was_forgotten_behind_a_gap_is_known_when_the_history_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery_module, "REMEMBERED", 2)
    delivery = Delivery()
    delivery.open_gap()
    delivery.live([text(name) for name in "abc"], 1)
    delivery.pass_on(delivery.split([text("a")]))
    assert delivery.knows(text("a"), delivery_module.key_of(text("a")))


def test_what_came_first_over_a_connection_is_forgotten_with_what_followed_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery_module, "REMEMBERED", 2)
    delivery = Delivery()
    delivery.open_gap()
    delivery.live([text(None, "tick"), *(text(name) for name in "abc")], 1)
    history = [text(None, "tick"), *(text(name) for name in "abc")]
    assert [event.message_id for event in delivery.split(history).events] == [None, "a"]


def test_what_came_first_over_a_connection_is_remembered_like_all_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery_module, "REMEMBERED", 2)
    delivery = Delivery()
    delivery.live([text("a"), text("b")], 1)
    delivery.open_gap()
    delivery.live([text(None, "tick"), text("c")], 1)
    history = [text("b"), text(None, "tick"), text("x"), text(None, "tick"), text("c")]
    assert [event.message_id for event in delivery.split(history).events] == ["x", None]
    delivery.live([text("d"), text("e")], 1)
    assert [event.message_id for event in delivery.split(history[:3]).events] == ["b", None, "x"]


def test_where_the_user_said_something_is_forgotten_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery_module, "REMEMBERED", 2)
    delivery, own = Delivery(), said.event(said.own("u"))
    delivery.live([text("a"), text("b")], 1)
    delivery.pass_on(delivery.split([text("a"), text("b"), own]))
    delivery.live([text(None, "tick"), text("c")], 1)
    assert delivery.split([own, text(None, "tick"), text("c")]).events == []
    delivery.live([text("d"), text("e")], 1)
    assert len(delivery.split([own, text(None, "tick"), text("x")]).events) == 3


@pytest.mark.parametrize(
    ("history", "cursor"),
    [
        ("abcd", "d"),  # what fills the gap stands before what came behind it
        ("abcde", "e"),
        ("abc", "d"),
        ("ab", "b"),  # a part of it: who goes on elsewhere misses nothing of the rest
        ("acd", "d"),
    ],
)
def test_the_cursor_is_behind_all_that_came_once_a_gap_is_filled(history: str, cursor: str) -> None:
    delivery = Delivery()
    delivery.live([text("a")], 1)
    delivery.open_gap()
    delivery.live([text("c"), text("d")], 1)
    delivery.pass_on(delivery.split([text(name) for name in history]))
    assert delivery.cursor == cursor


@pytest.mark.parametrize(("behind", "cursor"), [("c", "c"), ("", "b")])
def test_what_has_no_cursor_is_no_end_of_a_gap_either(behind: str, cursor: str) -> None:
    delivery = Delivery()
    delivery.live([text("a")], 1)
    delivery.open_gap()
    told = [*map(text, behind), said.event({**said.text(None), "chunk_id": "x", "chunk_index": 0})]
    delivery.live(told, 1)
    delivery.pass_on(delivery.split([text("a"), text("b"), *told]))
    assert delivery.cursor == cursor


def test_a_second_gap_knows_nothing_of_what_came_behind_the_first() -> None:
    delivery = Delivery()
    delivery.open_gap()
    delivery.live([text("c")], 1)
    delivery.close_gap()
    delivery.live([text("d")], 1)
    delivery.open_gap()
    nameless = said.event({**said.text(None), "chunk_id": "x", "chunk_index": 0})
    delivery.live([nameless], 1)
    delivery.pass_on(delivery.split([text("c"), text("d"), text("e"), nameless]))
    assert delivery.cursor == "e"
