"""What once failed under the fuzzer, and where it begins from, is tried each time."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.targets import TARGETS, corpus


@pytest.mark.parametrize(
    ("target", "kept"),
    [pytest.param(name, path, id=f"{name}-{path.name}") for name in TARGETS for path in corpus(name)],
)
def test_a_kept_input_is_taken_or_refused_as_the_page_says(target: str, kept: Path) -> None:
    TARGETS[target](kept.read_bytes())


def test_each_target_has_a_corpus() -> None:
    assert [name for name in TARGETS if not corpus(name)] == []
