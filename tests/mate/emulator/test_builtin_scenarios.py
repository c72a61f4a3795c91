"""The scenarios that come with the emulator."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

import wyseos.mate.emulator.scenario

FOLDER = Path(wyseos.mate.emulator.scenario.__file__ or "").parent / "builtin"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_builtin_scenario_reads_the_same_where_pyyaml_was_built_without_libyaml(path: Path) -> None:
    fast = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = path.read_text("utf-8")
    assert yaml.load(text, yaml.SafeLoader) == yaml.load(text, fast)  # both are safe loaders
