"""`python -m wyseos.mate.emulator`: the emulator as a program."""

from __future__ import annotations

import argparse
import errno
import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from shlex import quote
from tempfile import TemporaryFile
from typing import NoReturn, TextIO

from wyseos.mate.emulator.scenario.scenario import builtin_scenarios
from wyseos.mate.emulator.server.emulator import Emulator
from wyseos.mate.streams import run_to_the_end

_HELP = {
    "--port": "where it listens, on the loopback interface (8700)",
    "--scenario": "what the agents do: a name or a YAML file; by default the session's mode decides",
    "--speed": "how fast they do it; 0 is without any wait (1)",
    "--state": "a SQLite file that keeps everything over restarts",
    "--faults": "a YAML file of faults and chaos",
    "--seed": "the same seed gives the same ids and the same chances; without one they are others each time",
    "--cors": "a site whose pages may use the service, such as http://localhost:3000; may be repeated",
    "--api-key": "the key that is accepted; by default a new one each time",
    "--schema": "print the JSON Schema of a scenario or of a file of faults, for an editor",
    "--env": 'serve in the background, and print what a shell needs: eval "$(wyse emulator --env)"',
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the emulator until Ctrl-C.

    Args:
        arguments: those of the command line; None: the program's own.

    Returns:
        The exit code: 0 after Ctrl-C, 2 where it could not start.
    """
    told = _parser().parse_args(arguments)
    if told.schema:
        print(_schema(told.schema))
        return 0
    if told.list:
        print("\n".join(f"{scenario.name:31}{scenario.about}" for scenario in builtin_scenarios().values()))
        return 0
    if told.env:
        return _serve_in_background(list(sys.argv[1:] if arguments is None else arguments))
    try:
        emulator = Emulator(
            told.scenario,
            port=told.port,
            speed=told.speed,
            state=told.state,
            faults=told.faults or (),
            seed=told.seed,
            api_key=told.api_key,
            cors=told.cors,
        )
    except OSError as error:
        return _cannot_start(_words(error, told.port))
    except ValueError as error:
        return _cannot_start(str(error))
    with emulator:
        serve_until_stopped(emulator)
    return 0


def _cannot_start(reason: str) -> int:
    print(f"The emulator cannot start: {reason}", file=sys.stderr)
    return 2


def _words(error: OSError, port: int) -> str:
    """Say what the system refused, and what to do about it."""
    if error.filename is not None:
        return f"{error.filename}: {error.strerror}; name a file that can be read"
    if error.errno == errno.EADDRINUSE:
        return f"--port: {port} is taken; name another one (0: any that is free)"
    return f"--port: {port}: {error.strerror}; name one from 1024 on (0: any that is free)"


def _schema(name: str) -> str:
    from wyseos.mate.emulator.schemas.fault_schema import fault_schema
    from wyseos.mate.emulator.schemas.scenario_schema import scenario_schema

    return json.dumps({"faults": fault_schema, "scenario": scenario_schema}[name](), indent=1)


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

  export WYSEOS_BASE_URL={quote(emulator.base_url)}
  export WYSEOS_API_KEY={quote(emulator.api_key)}

Ctrl-C stops it."""


def _serve_in_background(arguments: list[str]) -> int:
    """Start the emulator as a process of its own, and print where it is, as `ssh-agent` does."""
    command = [sys.executable, "-m", "wyseos.mate.emulator", *(each for each in arguments if each != "--env")]
    with TemporaryFile("w+") as said:
        started = subprocess.Popen(  # noqa: S603 - ourselves, with our own arguments
            command, stdout=said, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, start_new_session=True
        )
        while "Ctrl-C stops it." not in (text := _all_of(said)) and started.poll() is None:
            time.sleep(0.02)
    if started.poll() is not None:
        print(text.strip(), file=sys.stderr)
        return 2
    started.returncode = 0  # it goes on without us: no warning at our end that it does
    exports = [line.strip() for line in text.splitlines() if line.strip().startswith("export ")]
    print("\n".join((*exports, f"export WYSEOS_EMULATOR_PID={started.pid}")))
    print(f"It serves until: kill {started.pid}", file=sys.stderr)
    return 0


def _all_of(file: TextIO) -> str:
    file.seek(0)
    return file.read()


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Say in one line what is wrong with the arguments."""
        sys.exit(_cannot_start(f"{message} (--help lists what there is)"))


def _port(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 5 and int(text) < 2**16):
        raise argparse.ArgumentTypeError(f"{text!r} is no port; name one from 0 to 65535")
    return int(text)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m wyseos.mate.emulator", description="The whole service on this machine.")
    parser.add_argument("--port", type=_port, default=8700, help=_HELP["--port"])
    parser.add_argument("--scenario", help=_HELP["--scenario"])
    parser.add_argument("--speed", type=float, default=1.0, help=_HELP["--speed"])
    parser.add_argument("--state", help=_HELP["--state"])
    parser.add_argument("--faults", help=_HELP["--faults"])
    parser.add_argument("--seed", type=int, help=_HELP["--seed"])
    parser.add_argument("--cors", action="append", default=[], metavar="ORIGIN", help=_HELP["--cors"])
    parser.add_argument("--api-key", help=_HELP["--api-key"])
    parser.add_argument("--env", action="store_true", help=_HELP["--env"])
    parser.add_argument("--schema", choices=["faults", "scenario"], help=_HELP["--schema"])
    parser.add_argument("--list", action="store_true", help="list the built-in scenarios")
    return parser


if __name__ == "__main__":
    sys.exit(run_to_the_end("python -m wyseos.mate.emulator", main))
