"""The words of annotations without `typing`, until somebody looks one up."""

from __future__ import annotations

import subprocess
import sys
import typing

import pytest

from wyseos.runtime import hints


@pytest.mark.parametrize("word", hints._WORDS)
def test_a_word_is_the_one_of_typing(word: str) -> None:
    assert getattr(hints, word) is getattr(typing, word)


def test_typing_is_loaded_when_a_word_is_looked_up_and_not_before() -> None:
    program = (
        "import sys\n"
        "from wyseos.runtime import hints as t\n"
        "def answer(self, **extra: 't.Any') -> 't.Self': ...\n"
        "before = 'typing' in sys.modules\n"
        "t.Any\n"
        "print(before, 'typing' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, text=True, check=True).stdout
    assert told == "False True\n"


def test_what_is_no_word_of_it_is_no_attribute() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'cast'"):
        hints.cast  # noqa: B018 - looking it up is what is tested
