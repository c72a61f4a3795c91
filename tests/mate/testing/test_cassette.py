"""Cassettes as files: never written over, and told with their line where they are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from wyseos.mate.testing import CassetteError, Recorder
from wyseos.mate.testing.cassette import load_cassette


def test_a_tape_is_never_written_over(tape: Path) -> None:
    tape.write_text("mine", "utf-8")
    with pytest.raises(FileExistsError):
        Recorder("http://127.0.0.1:9", tape)
    assert tape.read_text("utf-8") == "mine"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "line 1: this is no wyseos cassette"),
        ('{"format": "wyseos cassette", "version": 2}', "line 1: this is no wyseos cassette of version 1"),
        ("{", "line 1: this is not JSON"),
        ("[]", "line 1: this is no object"),
        ('{"format": "wyseos cassette", "version": 1}\n{"kind": "got", "t": 1, "line": 1}', "line 2: text is missing"),
        ('{"format": "wyseos cassette", "version": 1}\n{"kind": "song", "t": 1}', "line 2: kind is missing or unknown"),
    ],
)
def test_a_file_that_is_no_tape_is_told_with_its_line(tape: Path, content: str, told: str) -> None:
    tape.write_text(content, "utf-8")
    with pytest.raises(CassetteError, match=told):
        load_cassette(tape)
