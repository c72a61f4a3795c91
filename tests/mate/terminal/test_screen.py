"""What an output can show."""

from __future__ import annotations

import sys

import pytest

pytest.importorskip("pty")

from tests.support.terminal import wyse
from wyseos.mate.emulator import Emulator

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX's")


@pytest.mark.parametrize(("columns", "rows"), [(50, 10), (200, 50)])
def test_it_fits_narrow_and_wide_screens(slow: Emulator, columns: int, rows: int) -> None:
    with wyse(slow, "run", "Compare lanterns", columns=columns, rows=rows) as shown:
        shown.wait_for("of 5 steps")
        slow.clock.speed = 0
        assert shown.wait_for_end() == 0
    assert "What practice adds" in shown.text


def test_colours_can_be_switched_off(wyseos_emulator: Emulator) -> None:
    with wyse(wyseos_emulator, "run", "Compare", NO_COLOR="1") as shown:
        assert shown.wait_for_end() == 0
    assert b"\x1b[3" not in shown.raw.replace(b"\x1b[3m", b"")
