"""The command line of the generator: `python -m codegen generate | check | lint`."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from codegen import lint
from codegen.documents import ROOT
from codegen.errors import SpecError
from codegen.generate import check, generate


def measured(work: Callable[[Path], str], root: Path) -> int:
    """Do a work and tell what came of it, with its time and memory; give the process's exit status."""
    begun = time.perf_counter()
    try:
        told = work(root)
    except SpecError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{told} ({time.perf_counter() - begun:.1f} s{_peak()})")
    return 0


def _peak() -> str:
    """Tell the memory that a machine must have: the formatter is a child process, the larger of the two counts."""
    try:
        import resource
    except ImportError:
        return ""  # Windows does not tell
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
    return f", peak {peak:.0f} MiB"


_COMMANDS: dict[str, tuple[Callable[[Path], int], str]] = {
    "generate": (lambda root: measured(generate, root), "write generated/ anew from schema/"),
    "check": (lambda root: measured(check, root), "generate aside and compare both trees byte for byte"),
    "lint": (lint.main, "validate both schemas"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that the arguments, or else those of the process, name; give the process's exit status."""
    parser = argparse.ArgumentParser(prog="python -m codegen", description=__doc__)
    parser.add_argument("--root", type=Path, default=ROOT, help="the folder that holds schema/ and generated/")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, (_, told) in _COMMANDS.items():
        commands.add_parser(name, help=told)
    given = parser.parse_args(arguments)
    run, _ = _COMMANDS[given.command]
    return run(given.root)


if __name__ == "__main__":
    sys.exit(main())
