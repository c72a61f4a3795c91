"""The live view of a task, as far as it can be looked at without a terminal; `test_watch` looks at a real one."""

from __future__ import annotations

import io

from rich.console import Console

from tests.mate.terminal.screens import PLAN, live, utf8
from wyseos.generated.events import event_from_dict
from wyseos.mate.terminal.live import LiveView


def shown(view: LiveView) -> str:
    """What the live part shows now, without its escapes."""
    screen = io.StringIO()
    Console(file=screen, width=90, color_system=None).print(view._render())
    return screen.getvalue()


def test_the_live_view_ticks_steps_off_and_shows_the_latest_lines() -> None:
    view = live(utf8())
    for number in range(9):
        view.show(event_from_dict({"type": "progress", "content": f"Reading {number}"}), PLAN)
    view.show(event_from_dict({"type": "text", "content": "I found two."}), PLAN)

    picture = shown(view)
    for words in ("Compare lanterns", "✓ Research", "✗ Draft", "○ Polish", "2 of 3 steps", "Reading 8", "I found two."):
        assert words in picture
    assert "Reading 2" not in picture
