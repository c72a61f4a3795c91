"""The command line of the generator: `python -m codegen generate | check | lint | changes | scaffold | release`."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from codegen import lint
from codegen.changes import baseline, program
from codegen.changes.report import FORMATS
from codegen.documents import ROOT
from codegen.errors import SpecError
from codegen.generate import check, generate
from codegen.lines import report
from codegen.scaffold.program import scaffold

Given = argparse.Namespace


def _refusing(work: Callable[[Given], str]) -> Callable[[Given], int]:
    """Run what gives its answer in words; tell a fault on standard error, and fail."""

    def run(given: Given) -> int:
        try:
            print(work(given))
        except SpecError as error:
            print(*report(error, given.root), sep="\n", file=sys.stderr)
            return 1
        return 0

    return run


def _measured(work: Callable[[Path], str]) -> Callable[[Given], int]:
    def told(given: Given) -> str:
        begun = time.perf_counter()
        words = work(given.root)
        return f"{words} ({time.perf_counter() - begun:.1f} s{_peak()})"

    return _refusing(told)


def _peak() -> str:
    """Tell the memory that a machine must have: the formatter is a child process, the larger of the two counts."""
    try:
        import resource
    except ImportError:
        return ""  # Windows does not tell
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
    return f", peak {peak:.0f} MiB"


def _changes(given: Given) -> str:
    if given.check:
        return program.check(given.root)
    renamed = dict(_pair(each) for each in given.renamed)
    return program.show(given.root, given.base, given.format, renamed)


def _pair(text: str) -> tuple[str, str]:
    old, equals, new = text.partition("=")
    if not equals:
        raise SpecError("--renamed", f"{text} should be OLD=NEW, such as SessionInfo.title=SessionInfo.name")
    return old, new


_COMMANDS: dict[str, tuple[Callable[[Given], int], str]] = {
    "generate": (_measured(generate), "write generated/ anew from schema/"),
    "check": (_measured(check), "generate aside and compare both trees byte for byte"),
    "lint": (lambda given: lint.main(given.root), "hold both schemas to every rule"),
    "changes": (_refusing(_changes), "tell what changed, and what that means for users"),
    "scaffold": (
        _refusing(lambda given: scaffold(given.root, given.operation, given.message, given.name, given.write)),
        "list and draft what a new operation or message needs by hand",
    ),
    "release": (_refusing(lambda given: baseline.release(given.root)), "keep the schema as the one that is released"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that the arguments, or else those of the process, name; give the process's exit status."""
    parser = argparse.ArgumentParser(prog="python -m codegen", description=__doc__)
    parser.add_argument("--root", type=Path, default=ROOT, help="the folder that holds schema/ and generated/")
    commands = parser.add_subparsers(dest="command", required=True)
    made = {name: commands.add_parser(name, help=told) for name, (_, told) in _COMMANDS.items()}
    changes = made["changes"]
    changes.add_argument("--base", help="a revision of git; without it, what was last released")
    changes.add_argument("--format", choices=FORMATS, default="text")
    changes.add_argument("--renamed", action="append", default=[], metavar="OLD=NEW", help="what is a rename")
    changes.add_argument("--check", action="store_true", help="fail on what breaks users and the changelog leaves out")
    drafts = made["scaffold"]
    drafts.add_argument("--operation", help="an operationId")
    drafts.add_argument("--message", help="a message of the WebSocket")
    drafts.add_argument("--name", help="what the service's method is called; the operationId otherwise")
    drafts.add_argument("--write", action="store_true", help="put the drafts into the files")
    given = parser.parse_args(arguments)
    run, _ = _COMMANDS[given.command]
    return run(given)


if __name__ == "__main__":
    sys.exit(main())
