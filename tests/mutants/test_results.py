"""What `make mutants` found is checked in, and holds."""

from __future__ import annotations

from tests.mutants.results import LEAST, read_rows, share, unexplained


def test_at_least_95_of_100_changes_are_noticed() -> None:
    assert share(read_rows()) >= LEAST


def test_of_each_change_that_lives_it_is_said_why() -> None:
    assert unexplained(read_rows()) == []
