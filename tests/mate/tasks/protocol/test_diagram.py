"""The drawn table of states."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

import pytest

from wyseos.mate.tasks.protocol.diagram import diagram


def test_a_command_draws_the_table(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, diagram.__module__)
    runpy.run_module(diagram.__module__, run_name="__main__")
    assert capsys.readouterr().out == diagram() + "\n"


def test_the_page_of_the_states_shows_the_table_as_it_is() -> None:
    page = (Path(__file__).parents[4] / "docs/states.md").read_text("utf-8")
    assert f"```mermaid\n{diagram()}\n```" in page


def test_what_is_only_loaded_draws_nothing(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, diagram.__module__)
    runpy.run_module(diagram.__module__)
    assert capsys.readouterr().out == ""
