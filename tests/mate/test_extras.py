"""Which extra holds a library that is not there."""

from __future__ import annotations

import tomllib
from pathlib import Path

from wyseos.mate.extras import EXTRAS, missing_extra, told_with_extra

PROJECT = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))["project"]


def test_every_extra_that_is_named_can_be_installed() -> None:
    assert set(EXTRAS.values()) <= set(PROJECT["optional-dependencies"])


def test_a_missing_library_is_told_with_what_to_install() -> None:
    error = told_with_extra(ModuleNotFoundError("No module named 'rich.console'", name="rich.console"))
    assert str(error) == "rich is not installed; it comes with: pip install 'wyseos-sdk[cli]'"
    assert error.name == "rich.console"


def test_what_no_extra_holds_is_told_as_it_was() -> None:
    error = ModuleNotFoundError("No module named 'numpy'", name="numpy")
    assert missing_extra(error) is None
    assert told_with_extra(error) is error
