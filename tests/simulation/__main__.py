"""Run many sessions in virtual time, over all cores, and tell what did not hold."""

from __future__ import annotations

import argparse
import gc
import os
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor

from tests.simulation.session import Session

SLICE = 500


def failures_of(first: int, count: int) -> list[tuple[int, list[str]]]:
    """Return the seeds of these sessions in which something did not hold, with what."""
    played = ((seed, Session(seed).run()) for seed in range(first, first + count))
    return [(seed, complaints) for seed, complaints in played if complaints]


def _told(seed: int, complaints: list[str]) -> tuple[int, list[str]]:
    print(f"seed {seed}: {'; '.join(complaints)}", flush=True)
    return seed, complaints


def main() -> int:
    """Run the program; 1 where something did not hold."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--sessions", type=int, default=20_000, help="how many (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=0, help="the first one's seed (default: %(default)s)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="processes (default: one a core)")
    options = parser.parse_args()
    began = time.monotonic()
    starts = range(options.seed, options.seed + options.sessions, SLICE)
    counts = [min(SLICE, options.seed + options.sessions - start) for start in starts]
    # A session leaves few cycles behind, and to look for them as often as Python does by itself is a sixth of the time.
    gc.freeze()
    gc.set_threshold(50_000)
    with ProcessPoolExecutor(options.jobs) as pool:
        failures = [_told(*failure) for part in pool.map(failures_of, starts, counts) for failure in part]
    kinds = Counter(complaint.split(":")[0] for _, complaints in failures for complaint in complaints)
    print(f"{options.sessions} sessions in {time.monotonic() - began:.0f} s: {len(failures)} failed {dict(kinds)}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
