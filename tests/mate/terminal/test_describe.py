"""An event in a line for people."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support import messages as said
from wyseos.mate.tasks.protocol.local_events import Gap, StreamClosed
from wyseos.mate.terminal.describe import describe


@pytest.mark.parametrize(
    ("message", "words"),
    [
        (said.text(content="hi"), "hi"),
        (said.text(content=""), None),
        (said.result(), "42"),
        (said.progress(), "… working"),
        (said.warning(), "! careful"),
        (said.error(), "! rate limited"),
        (said.plan_status(), "· Research: done"),
        (said.plan(steps=[]), "Plan: not started"),
        (said.browser(), "· browser: click https://example.com Sign in"),
        (said.follow_up(), "→ Go on"),
        (said.unknown(), None),
        ({"type": "rich", "message": {"type": "search", "data": [{"link": "x"}]}}, "· search: 1 found, first: x"),
        ({"type": "rich", "message": {"type": "file", "data": [{"file_name": "a.md"}]}}, "· file: a.md"),
        (said.text(content="a\x1b]0;evil\x07"), "a\ufffd]0;evil\ufffd"),
    ],
)
def test_an_event_is_told_in_a_line_that_cannot_move_the_cursor(message: dict[str, Any], words: str | None) -> None:
    assert words == describe(said.event(message))


def test_questions_and_our_own_events_are_told_too() -> None:
    assert describe(said.event(said.question())) == "? Shall I?"
    assert describe(said.event({"type": "input"})) == "? an answer, please"
    assert describe(Gap("gone")) == "! messages are missing here: gone"
    told = "· marketing: writer_twitter could not be fetched: busy"
    assert describe(StreamClosed("writer_twitter", reason="busy")) == told
