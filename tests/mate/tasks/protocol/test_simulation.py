"""The session protocol in virtual time: whatever service, network and user do, its promises hold."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.simulation.__main__ import failures_of
from tests.simulation.session import Session

SESSIONS = int(os.environ.get("SIMULATED_SESSIONS", "20000"))
"""`make simulate SESSIONS=1000000` plays more of them; CI plays fewer on the Pythons after the first."""
PARTS = 4
"""So that each core has some of them; each part loads the SDK anew."""

FOUND = (
    41,
    65,
    85,
    101,
    153,
    750,
    790,
    1063,
    1888,
    2448,
    3593,
    7592,
    9955,
    10_180,
    108_871,
    117_982,
    423_576,
    509_900,
    270,
    427,
    1_006_395,
    1_095_634,
    1_109_897,
    1_261_679,
    1_347_349,
    132_803,
    396_463,
    521_125,
    565_526,
    40885914,
    60541296,
    70831342,
)
"""Seeds that once found a fault."""


@pytest.mark.timeout(900)  # ten seconds of work on a free core, many on a busy machine
@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_is_lost_doubled_or_done_twice_and_every_round_ends(part: int) -> None:
    """In a process of its own: measuring its coverage would take seven times as long."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("COV_", "COVERAGE_"))}
    first, end = SESSIONS * part // PARTS, SESSIONS * (part + 1) // PARTS
    command = [sys.executable, "-m", "tests.simulation", "--seed", str(first), "--sessions", str(end - first)]
    played = subprocess.run([*command, "--jobs", "1"], env=environment, capture_output=True, text=True, check=False)
    assert (played.returncode, played.stdout.splitlines()[-1].split(": ")[-1]) == (0, "0 failed {}"), played.stdout


def test_some_sessions_are_played_here_too() -> None:
    assert failures_of(1_000_000, 100) == []


@pytest.mark.parametrize("seed", FOUND)
def test_what_was_once_found_stays_mended(seed: int) -> None:
    assert Session(seed).run() == []


def test_a_seed_plays_the_same_session_each_time() -> None:
    first, second = Session(7), Session(7)
    assert first.run() == second.run() == []
    assert [said.frame for said in first.service.history] == [said.frame for said in second.service.history]
    assert (first.now, len(first.clients[-1].delivered)) == (second.now, len(second.clients[-1].delivered))
