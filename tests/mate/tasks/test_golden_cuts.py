"""Fault row 18 for the longer golden sessions: nested plans, and streams of chunks that share ids."""

from __future__ import annotations

import time
from typing import Any

import pytest

from tests.mate.tasks.conftest import Run
from wyseos.mate.emulator import Emulator


def said(events: list[Any]) -> list[tuple[str, str | None]]:
    """What the service said. The data of a closed stream is fetched by REST and may come between any two."""
    return [(event.type, event.content) for event in events if event.type != "stream_closed"]


@pytest.mark.parametrize(
    "scenario",
    [
        pytest.param("deep_search", marks=pytest.mark.wyseos(scenario="deep_search")),
        pytest.param("marketing", marks=pytest.mark.wyseos(scenario="marketing")),
    ],
)
def test_fault_18_a_cut_at_any_frame_of_a_longer_session_ends_in_the_same_events(
    wyseos_emulator: Emulator, run: Run, scenario: str
) -> None:
    began = time.monotonic()
    events, result = run(wyseos_emulator)
    patience = 2 + 10 * (time.monotonic() - began)  # a busy machine takes longer for each session
    whole = said(events)
    assert result.success
    for frame in range(len(whole)):
        cut = wyseos_emulator.fault("cut", frame=frame)
        events, result = run(wyseos_emulator, completion_timeout=patience)
        assert (frame, cut.hits) == (frame, 1)
        if result.success:
            assert (frame, said(events)) == (frame, whole)
        else:
            # The cut took the confirmation of an action. It is never sent twice, so that the round ends with a word.
            assert "whether the confirmation of an action arrived is not known" in (result.error or "")
            assert said(events) == whole[:frame]
