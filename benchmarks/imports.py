"""What `import wyseos.mate` costs, and what it loads: at most 60 ms, and neither httpx nor websockets nor yaml."""

from __future__ import annotations

import statistics
import subprocess
import sys

HEAVY = ("httpx", "websockets", "yaml", "rich", "click", "asyncio", "attrs", "orjson")
PROGRAM = """
import sys, time
begun = time.perf_counter()
import {module}
print(time.perf_counter() - begun, *[name for name in {heavy!r} if name in sys.modules])
"""


def measure(module: str, runs: int = 15) -> tuple[float, list[str]]:
    """Import a module in fresh interpreters.

    Returns:
        The median in milliseconds, and which of the heavy modules it loaded.
    """
    program = PROGRAM.format(module=module, heavy=HEAVY)
    seconds, loaded = [], list[str]()
    for _ in range(runs):
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        first, *loaded = done.stdout.split()
        seconds.append(float(first))
    return statistics.median(seconds) * 1000, loaded


def main() -> None:
    """Print a row for each package."""
    for module in ("wyseos.mate", "wyseos.mate.client", "wyseos.generated.models", "wyseos.generated.events"):
        milliseconds, loaded = measure(module)
        print(f"import {module:26} {milliseconds:7.1f} ms   loads {', '.join(loaded) or 'nothing heavy'}")


if __name__ == "__main__":
    main()
