"""Which rows of a page were read already."""

from __future__ import annotations

import pytest

from tests.mate.tasks.protocol.deliveries import contents
from tests.mate.tasks.protocol.histories import message
from wyseos.mate.tasks.protocol.catchup import CatchUp, HistoryPage
from wyseos.mate.tasks.protocol.delivery import Delivery
from wyseos.mate.tasks.protocol.history_rows import Row, told_by_ids

ROOM = 2**24


@pytest.mark.parametrize(
    ("first", "second", "read"),
    [
        ("ABC", "DEF", "ABCDEF"),
        ("ABC", "CDE", "ABCDE"),  # new ones pushed it down
        ("ABc", "Bcd", "ABcd"),
        ("ABcd", "Bcde", "ABcde"),
        ("abC", "bCd", "abCd"),
        ("ABC", "AB", "ABC"),  # the service gives fewer rows than asked for
        ("ABCD", "XABCDE", "ABCDE"),  # what is new at the top is not older
        ("AB", "XABc", "ABc"),
        ("ABCD", "EFAG", "ABCDEFG"),  # one message twice in the history
        ("ABCD", "EFDG", "ABCDEFG"),
        ("A", "BAC", "ABC"),
        ("A", "AB", "AB"),
        ("ABc", "Bde", "ABcde"),  # one that vanished
        ("ABcD", "BDe", "ABcDe"),
        ("ABC", "aab", "ABCaab"),  # what has no id may say the same
        ("ABc", "dcd", "ABcdcd"),
    ],
)
def test_ids_tell_which_messages_of_a_page_were_read(first: str, second: str, read: str) -> None:
    catchup = CatchUp(Delivery("gone"), ROOM)
    for page in (first, second):
        catchup.next()
        catchup.took(
            HistoryPage([message(label) for label in page], 60_000 * len(page))
        )  # no larger ones are asked for
    assert contents(catchup.take()) == list(read)[::-1]


def test_a_row_that_was_let_go_tells_nothing_of_its_place() -> None:
    rows = [Row(message(label), 0, number, number, False, False) for number, label in enumerate("ABC", start=1)]
    names = {row.name for row in rows}
    assert (told_by_ids(rows[:2], names, rows[2:]), told_by_ids(rows, names, rows[1:])) == (None, 2)
