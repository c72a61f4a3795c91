"""Fuzz what reads words of strangers: `python -m tests.fuzz [--seconds N] [TARGET …]`.

With atheris, where it is installed, coverage leads the search; else hypothesis draws inputs and changes those of the
corpus. An input that fails is kept in the corpus, which the suite tries each time.
"""

from __future__ import annotations

import argparse
import importlib.util
import subprocess
import sys
import time
from hashlib import sha256

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import CORPUS, TARGETS, corpus

_EXAMPLES_A_TURN = 500


def main() -> int:
    """Fuzz each target for so long, and return how many failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("targets", nargs="*", default=list(TARGETS), help=f"of {', '.join(TARGETS)}; default: all")
    parser.add_argument("--seconds", type=float, default=30.0, help="how long each is fuzzed")
    told = parser.parse_args()
    if unknown := set(told.targets) - TARGETS.keys():
        parser.error(f"there is no target {', '.join(sorted(unknown))}; there are {', '.join(TARGETS)}")
    is_led = importlib.util.find_spec("atheris") is not None
    failed = [name for name in told.targets if not (_led if is_led else _drawn)(name, told.seconds)]
    print(f"{len(told.targets)} targets with {'atheris' if is_led else 'hypothesis'}, {len(failed)} failed")
    return len(failed)


def _drawn(name: str, seconds: float) -> bool:
    """Fuzz with hypothesis; return whether all went well."""
    until, tried, failing = time.monotonic() + seconds, 0, b""
    kept = [path.read_bytes() for path in corpus(name)]

    @settings(max_examples=_EXAMPLES_A_TURN, deadline=None, suppress_health_check=list(HealthCheck), print_blob=False)
    @given(st.binary() | st.text().map(lambda text: text.encode("utf-8", "surrogatepass")) | _changed(kept))
    def turn(data: bytes) -> None:
        nonlocal tried, failing
        tried, failing = tried + 1, data
        TARGETS[name](data)

    try:
        while time.monotonic() < until:
            turn()
    except Exception as error:  # noqa: BLE001  # whatever it is: the last input, which is the smallest, is kept
        _keep(name, failing, error)
        return False
    print(f"{name}: {tried} inputs")
    return True


def _changed(kept: list[bytes]) -> st.SearchStrategy[bytes]:
    """Inputs of the corpus with a piece taken out, and another put in its place."""

    def change(one: bytes, other: bytes, at: int, length: int, piece: bytes) -> bytes:
        at %= len(one) + 1
        return one[:at] + piece + other[at + length :]

    one = st.sampled_from(kept)
    return st.builds(change, one, one, st.integers(0, 2000), st.integers(0, 30), st.binary(max_size=20))


def _keep(name: str, data: bytes, error: Exception) -> None:
    place = CORPUS / name / sha256(data).hexdigest()[:16]
    place.write_bytes(data)
    print(f"{name}: {type(error).__name__}: {error}\n  kept in {place}")


def _led(name: str, seconds: float) -> bool:
    """Fuzz with atheris, which ends its process itself."""
    done = subprocess.run([sys.executable, "-m", "tests.fuzz.led", name, str(seconds)], check=False)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
