"""What the measured programs share: each is run with a server, a side and more, and prints one JSON object."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


def arguments() -> list[str]:
    """The server's address, the side, and what else the row says."""
    return sys.argv[1:]


def tell(**figures: float) -> None:
    """Print what was measured."""
    print(json.dumps(figures))


def memory(name: str = "VmRSS") -> int:
    """Bytes of this process that lie in memory now, or did at most (`VmHWM`)."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(name))


class Clock:
    """CPU and wall time from where it was made."""

    def __init__(self) -> None:
        self._cpu, self._wall = time.process_time(), time.perf_counter()

    def told(self, times: int = 1) -> dict[str, float]:
        """Microseconds since then, each of so many times."""
        cpu, wall = time.process_time() - self._cpu, time.perf_counter() - self._wall
        return {"cpu": cpu / times * 1e6, "wall": wall / times * 1e6}


def repeat(work: Callable[[], Any], times: int) -> dict[str, float]:
    """Do it once unmeasured, then so many times."""
    work()
    clock = Clock()
    for _ in range(times):
        work()
    return clock.told(times)
