"""`python -m wyseos.mate.emulator`: the emulator as a program."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from collections.abc import Sequence

from wyseos.mate.emulator.faults.rules import FaultError
from wyseos.mate.emulator.scenario.scenario import ScenarioError, builtin_scenarios
from wyseos.mate.emulator.server.emulator import Emulator

_HELP = {
    "--port": "where it listens, on the loopback interface (8700)",
    "--scenario": "what the agents do: a name or a YAML file; by default the session's mode decides",
    "--speed": "how fast they do it; 0 is without any wait (1)",
    "--state": "a SQLite file that keeps everything over restarts",
    "--faults": "a YAML file of faults and chaos",
    "--seed": "the same seed gives the same ids and the same chances (0)",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the emulator until Ctrl-C.

    Args:
        arguments: those of the command line; None: the program's own.

    Returns:
        The exit code: 0 after Ctrl-C, 2 where it could not start.
    """
    told = _parser().parse_args(arguments)
    if told.list:
        print("\n".join(f"{scenario.name:31}{scenario.about}" for scenario in builtin_scenarios().values()))
        return 0
    try:
        emulator = Emulator(
            told.scenario, port=told.port, speed=told.speed, state=told.state, faults=told.faults or (), seed=told.seed
        )
    except (OSError, ScenarioError, FaultError, ValueError) as error:
        print(f"The emulator cannot start: {error}", file=sys.stderr)
        return 2
    with emulator:
        serve_until_stopped(emulator)
    return 0


def serve_until_stopped(emulator: Emulator) -> None:
    """Say where the emulator listens and how to point an SDK at it, then wait for Ctrl-C or a SIGTERM."""
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    print(_greeting(emulator), flush=True)
    stopped.wait()
    print("Stopped.", flush=True)


def _greeting(emulator: Emulator) -> str:
    return f"""WyseOS emulator at {emulator.base_url} (open it in a browser to watch)

  export WYSEOS_BASE_URL={emulator.base_url}
  export WYSEOS_API_KEY={emulator.api_key}

Ctrl-C stops it."""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m wyseos.mate.emulator", description="The whole service on this machine."
    )
    parser.add_argument("--port", type=int, default=8700, help=_HELP["--port"])
    parser.add_argument("--scenario", help=_HELP["--scenario"])
    parser.add_argument("--speed", type=float, default=1.0, help=_HELP["--speed"])
    parser.add_argument("--state", help=_HELP["--state"])
    parser.add_argument("--faults", help=_HELP["--faults"])
    parser.add_argument("--seed", type=int, default=0, help=_HELP["--seed"])
    parser.add_argument("--list", action="store_true", help="list the built-in scenarios")
    return parser


if __name__ == "__main__":
    sys.exit(main())
