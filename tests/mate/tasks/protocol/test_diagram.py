"""The drawn table of states."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from wyseos.mate.tasks.protocol.diagram import diagram


def test_a_command_draws_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(diagram.__code__.co_filename, run_name="__main__")
    assert capsys.readouterr().out == diagram() + "\n"


def test_the_page_of_the_states_shows_the_table_as_it_is() -> None:
    page = (Path(__file__).parents[4] / "docs/states.md").read_text("utf-8")
    assert f"```mermaid\n{diagram()}\n```" in page
