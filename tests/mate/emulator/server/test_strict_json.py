"""JSON as the service takes it."""

from __future__ import annotations

import pytest

from wyseos.mate.emulator.server.strict_json import read_json


def test_json_is_read() -> None:
    assert read_json(b'{"a": [1, 2.5, null, "\\u00e9"]}') == {"a": [1, 2.5, None, "é"]}


@pytest.mark.parametrize("text", ["NaN", "[Infinity]", "-Infinity", "1e999", "{", '"\\ud800"', b'"\xed\xa0\x80"'])
def test_what_no_json_could_tell_again_is_refused(text: str | bytes) -> None:
    with pytest.raises(ValueError):
        read_json(text)
