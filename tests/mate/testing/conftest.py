"""Where a tape is written."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def tape(tmp_path: Path) -> Path:
    return tmp_path / "session.jsonl"
