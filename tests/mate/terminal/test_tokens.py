"""The tokens of a session, asked for beside it: a figure that never disturbs the task."""

from __future__ import annotations

import threading

import pytest

from tests.support.terminal import wyse
from wyseos.mate.emulator import Emulator
from wyseos.mate.terminal import tokens
from wyseos.mate.terminal.tokens import TokenPoll


def test_they_are_asked_for_again_and_again_whatever_goes_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "_FIRST", 0.001)
    monkeypatch.setattr(tokens, "_BETWEEN", 0.001)
    answers: list[int | Exception | None] = [OSError("away"), None, 130, RuntimeError("closed"), 1820]
    told: list[int] = []
    all_told = threading.Event()

    def ask() -> int | None:
        answer = answers.pop(0) if answers else None
        if isinstance(answer, Exception):
            raise answer
        return answer

    def take(used: int) -> None:
        told.append(used)
        if used == 1820:
            all_told.set()

    with TokenPoll(ask, take):
        assert all_told.wait(60)
    assert told == [130, 1820]
    assert "wyseos-tokens" not in [thread.name for thread in threading.enumerate()]


def test_the_live_view_shows_them_beside_the_time() -> None:
    with Emulator(speed=0.2) as slow, wyse(slow, "run", "Compare lanterns") as shown:
        shown.wait_for(" tokens  ")
        shown.type("\x03")
        shown.wait_for("leave it running")
        shown.type("l\n")
        assert shown.wait_for_end() == 130
