"""The journal takes only the steps of the table, keeps them, and refuses what is not its own."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from wyseos.mate.batch.hold import Hold
from wyseos.mate.batch.items import Item
from wyseos.mate.batch.journal import (
    Change,
    Input,
    Journal,
    asking_sessions,
    read_counts,
    read_outcomes,
    retry_failed,
)
from wyseos.mate.batch.states import ItemEvent, ItemState
from wyseos.mate.errors import ConfigError

PLACE = Path("j.journal")
INPUT = Input(digest="d", base_url="http://service", account="a")
ITEMS = [Item(1, "a", {"task": "One"}), Item(2, "b", {"task": "Two"}), Item(3, "c", {}, "line 3: broken")]


def begun(place: Path = PLACE, wanted: Input = INPUT) -> Journal:
    journal = Journal(place)
    try:
        journal.begin(wanted, lambda: ITEMS)
    except BaseException:
        journal.close()
        raise
    return journal


def test_what_happened_is_there_for_whoever_opens_it_next() -> None:
    with begun() as journal:
        journal.apply([Change(number=1, event=ItemEvent.SESSION_CREATED, session_id="s")])
        journal.apply([Change(number=1, event=ItemEvent.TAKEN_UP, tries=1)])
    with begun() as journal:
        [running] = journal.entries(ItemState.RUNNING)
        assert (running.number, running.session_id, running.tries) == (1, "s", 1)
        assert [entry.number for entry in journal.entries(ItemState.WAITING)] == [2]
    assert asking_sessions(PLACE) == ["s"]


def test_a_step_that_the_table_does_not_know_changes_nothing() -> None:
    with begun() as journal:
        steps = [
            Change(number=2, event=ItemEvent.SESSION_CREATED, session_id="s"),
            Change(number=1, event=ItemEvent.FINISHED),
        ]
        with pytest.raises(ValueError, match="item 1 cannot take 'finished'"):
            journal.apply(steps)
    assert read_counts(PLACE)[ItemState.WAITING] == 2


def test_outcomes_come_in_the_order_of_the_items() -> None:
    begun().close()
    assert [(each.key, each.state.value, each.error) for each in read_outcomes(PLACE)] == [
        ("a", "waiting", None),
        ("b", "waiting", None),
        ("c", "failed", "line 3: broken"),
    ]


def test_failed_items_are_put_back_but_not_what_could_not_be_read() -> None:
    with begun() as journal:
        journal.apply([Change(number=1, event=ItemEvent.FAILED, error="no")])
    assert retry_failed(PLACE) == 1
    assert read_counts(PLACE)[ItemState.FAILED] == 1


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (Input(digest="other", base_url="http://service", account="a"), "of another input"),
        (Input(digest="d", base_url="http://elsewhere", account="a"), "of the service http://service"),
    ],
)
def test_a_journal_of_something_else_is_refused_with_what_to_do(wanted: Input, words: str) -> None:
    begun().close()
    with pytest.raises(ConfigError, match=words) as refused:
        begun(wanted=wanted)
    assert "name another journal" in refused.value.message


def test_a_journal_by_a_newer_version_is_refused() -> None:
    begun().close()
    with closing(sqlite3.connect(PLACE)) as connection:
        connection.execute("PRAGMA user_version=2")
    for use in (begun, lambda: read_counts(PLACE)):
        with pytest.raises(ConfigError, match="newer version"):
            use()


def test_another_file_is_no_journal() -> None:
    PLACE.write_text("no journal at all, but some text of a person" * 9, "utf-8")
    with pytest.raises(ConfigError, match="another file"):
        begun()
    with pytest.raises(ConfigError, match="There is no journal"):
        read_counts(Path("nothing"))


def test_another_programs_database_is_refused_and_left_as_it_is() -> None:
    with closing(sqlite3.connect(PLACE)) as connection:
        connection.execute("CREATE TABLE accounts (name TEXT)")
    before = PLACE.read_bytes()
    for use in (begun, lambda: read_counts(PLACE), lambda: retry_failed(PLACE)):
        with pytest.raises(ConfigError, match="another program's database"):
            use()
    assert PLACE.read_bytes() == before


def test_a_journal_whose_writer_died_before_its_first_word_is_begun_like_a_new_one() -> None:
    PLACE.touch()
    with pytest.raises(ConfigError, match="is empty: begin its batch"):
        read_counts(PLACE)
    begun().close()
    assert read_counts(PLACE)[ItemState.WAITING] == 2


def test_a_journal_that_another_program_locks_is_waited_for_and_then_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wyseos.mate.batch.journal._BUSY", 0.01)
    change = Change(number=1, event=ItemEvent.SESSION_CREATED, session_id="s")
    with begun() as journal, closing(sqlite3.connect(PLACE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ConfigError, match="another program holds it; nothing is lost"):
            journal.apply([change])
        other.execute("ROLLBACK")
        journal.apply([change])
    assert read_counts(PLACE)[ItemState.CREATED] == 1


def test_a_journal_that_can_not_grow_says_so_and_loses_nothing() -> None:
    with begun() as journal:
        journal._connection.execute("PRAGMA max_page_count=1")
        change = Change(number=1, event=ItemEvent.SESSION_CREATED, session_id="s" * 100_000)
        with pytest.raises(ConfigError, match="make room on the disk; nothing is lost"):
            journal.apply([change])
    assert read_counts(PLACE)[ItemState.WAITING] == 2


HOLD = """
from pathlib import Path
from wyseos.mate.batch.hold import Hold
held = Hold(Path("j.journal"))
print("held", flush=True)
input()
"""


def test_the_second_process_is_told_who_has_it_and_a_killed_one_lets_go() -> None:
    with subprocess.Popen([sys.executable, "-c", HOLD], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        with pytest.raises(ConfigError, match=f"process {other.pid} on "):
            Hold(PLACE)
        other.kill()
        other.wait()
    with Hold(PLACE), pytest.raises(ConfigError, match="this one"):
        Hold(PLACE)
    Hold(PLACE).close()
