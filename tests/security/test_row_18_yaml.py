"""Row 18: YAML of a stranger neither fills the memory, nor hangs, nor shows the key that it holds."""

from __future__ import annotations

import contextlib
import traceback
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wyseos.mate import ConfigError, load_config
from wyseos.mate.emulator import FaultError, ScenarioError, load_scenario
from wyseos.mate.emulator.faults.rules import load_faults
from wyseos.mate.settings.safe_yaml import MOST_BYTES, YamlFault, load_yaml

LAUGHS = "a: &a [x, x]\n" + "".join(
    f"{name}: &{name} [*{before}, *{before}]\n" for before, name in zip("abcdefghij", "bcdefghijk", strict=True)
)
BAD = {
    "aliases": (LAUGHS, "has an alias, which is not read"),
    "an alias of a key": ("a: &a 1\nb: *a", "has an alias, which is not read; write out what it stands for at line 2"),
    "a merge": ("a: &a {x: 1}\nb: {<<: *a}", "has an alias"),
    "depth": ("[" * 100 + "]" * 100, "nests deeper than 40 levels at line 1"),
    "size": ("a: " + "x" * MOST_BYTES, "is larger than 1024 KiB"),
    "a key twice": ("timeout: 1\ntimeout: 2", "has a key twice at line 2, column 1"),
    "a date": ("timeout: 2026-01-01", "has what reads as a date; quote it at line 1"),
    "an impossible date": ("timeout: 2026-99-99", "has what reads as a date; quote it at line 1"),
    "a huge number": ("timeout: " + "9" * 5000, "has a number of more than 30 digits; quote it"),
    "a hexadecimal one": ("timeout: 0x" + "f" * 5000, "has a number of more than 30 digits; quote it"),
    "sixties": ("timeout: " + "1:" * 200 + "1", "has a number of more than 30 digits; quote it"),
    "an octal number": (
        "timeout: 010",
        "has a number that YAML reads in base 8 or 60, which nobody means; quote it",
    ),
    "a time": ("timeout: 1:30", "has a number that YAML reads in base 8 or 60, which nobody means; quote it at line 1"),
    "a time with a fraction": ("timeout: 1:30.5", "has a number that YAML reads in base 8 or 60"),
    "an object": ("a: !!python/object/apply:os.system [exit]", "is not valid YAML"),
    "no YAML": ("a: [1", "is not valid YAML"),
    "two documents": ("a: 1\n---\nb: 2", "is not valid YAML"),
}


@pytest.mark.parametrize(("text", "words"), BAD.values(), ids=BAD.keys())
def test_it_is_refused_with_its_place_everywhere(text: str, words: str, tmp_path: Path) -> None:
    for name, error, load in (
        ("mate.yaml", ConfigError, load_config),
        ("scenario.yaml", ScenarioError, load_scenario),
        ("faults.yaml", FaultError, load_faults),
    ):
        place = tmp_path / name
        place.write_text(text, "utf-8")
        with pytest.raises(error, match=words) as caught:
            load(place)
        assert name in str(caught.value)


@pytest.mark.parametrize("text", [text for text, _ in BAD.values() if len(text) < 6000])
def test_no_frame_and_no_word_of_the_error_holds_the_key(text: str, tmp_path: Path) -> None:
    place = tmp_path / "mate.yaml"
    place.write_text(f"api_key: canary-of-yaml\n{text}", "utf-8")
    with pytest.raises(ConfigError) as caught:
        load_config(place)
    shown = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    assert "canary-of-yaml" not in "".join(shown.format())


def test_what_is_meant_is_read() -> None:
    text = "a: 1\nb: [1.5, true, null, 'x', \"2026-01-01\"]\nc: {d: 0x10, e: 1_000}\n"
    assert load_yaml(text) == {"a": 1, "b": [1.5, True, None, "x", "2026-01-01"], "c": {"d": 16, "e": 1000}}
    assert load_yaml("") is None
    with pytest.raises(YamlFault):
        load_yaml(f"when: {date(2026, 1, 1)}")


@given(st.text())
def test_no_text_raises_anything_else(text: str) -> None:
    with contextlib.suppress(YamlFault):
        load_yaml(text)
