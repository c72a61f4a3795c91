"""A small run of what `python benchmarks/chaos.py --sessions 10000` does at length; and a cut at bytes of each kind."""

from __future__ import annotations

import json
import os
from itertools import accumulate

import pytest

from benchmarks.chaos import Report, run_chaos
from tests.mate.tasks.conftest import QUICK, run_async
from tests.mate.tasks.golden import content
from wyseos.mate.emulator import Emulator
from wyseos.mate.emulator.scenario.scenario import parse_scenario

SHORT = {"steps": [{"text": "Hi"}, {"result": "Done"}, {"suggest": [{"content": "More", "display_type": "text"}]}]}
# `WYSE_TESTS_CUT_EACH=1` cuts at every byte.
CUT_EACH = int(os.environ.get("WYSE_TESTS_CUT_EACH", "16"))
# Bytes before a frame of 126 bytes or more.
FRAME_HEAD = 4


@pytest.mark.parametrize("seed", range(3))
def test_chaos_loses_doubles_reorders_and_starts_nothing_twice(seed: int) -> None:
    report = run_chaos(sessions=25, seed=seed)
    assert report == Report(sessions=25, faults=report.faults)
    assert report.faults > 25


def test_a_cut_at_any_byte_of_a_session_ends_in_the_same_events() -> None:
    with Emulator(speed=0, scenario=parse_scenario(SHORT)) as emulator:
        golden, _ = run_async(emulator, {}, {"settings": QUICK}, {})
        sizes = [len(json.dumps(event.to_dict(), separators=(",", ":"))) + FRAME_HEAD for event in golden]
        for byte in bytes_to_cut_at(sizes):
            fault = emulator.fault("cut", frame=0, byte=byte)
            events, result = run_async(emulator, {}, {"settings": QUICK}, {})
            emulator.faults.clear()
            assert (byte, fault.hits, content(events), result.success) == (byte, 1, content(golden), True)
        assert emulator.violations == []


def bytes_to_cut_at(sizes: list[int]) -> list[int]:
    """All of them, where that is said; else each in the head of a frame and at its end, and some of its content."""
    ends = list(accumulate(sizes))
    near = {end + place for end in [0, *ends] for place in range(-1, FRAME_HEAD + 2)}
    return [byte for byte in range(1, ends[-1] + 1) if byte in near or byte % CUT_EACH == 0]
