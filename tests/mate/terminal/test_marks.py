"""How the state of a step is marked."""

from __future__ import annotations

import io

from tests.mate.terminal.screens import PLAN, live, result, text_of
from wyseos.generated.events import event_from_dict


def test_an_ascii_terminal_is_shown_ascii_signs() -> None:
    screen = io.TextIOWrapper(io.BytesIO(), "ascii", errors="replace")
    with live(screen) as view:
        view.show(event_from_dict({"type": "progress", "content": "x"}), PLAN)
        view.finish(result(True, "42"), {})
    assert "x Research" in text_of(screen)
    assert "! Draft" in text_of(screen)
