"""Views that write lines, where a terminal cannot draw."""

from __future__ import annotations

import sys

import pytest

pytest.importorskip("pty")

from tests.support.terminal import wyse
from wyseos.mate.emulator import Emulator

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX's")


def test_a_terminal_that_can_not_draw_gets_lines(wyseos_emulator: Emulator) -> None:
    with wyse(wyseos_emulator, "run", "Compare", TERM="dumb") as shown:
        assert shown.wait_for_end() == 0
    assert b"\x1b[" not in shown.raw
