"""The command line, `wyse`. Needs the extra `cli`."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Run the command that the arguments name; the way in for the `wyse` script and `python -m wyseos.mate.cli`."""
    gc.disable()  # nothing that is loaded is garbage, and to look for some takes a sixth of `wyse --help`
    try:
        from wyseos.mate.cli.program import run
    except ModuleNotFoundError as error:
        from wyseos.mate.extras import missing_extra

        message = missing_extra(error)
        if message is None:
            raise
        sys.exit(f"wyse: {message}")
    if hasattr(gc, "freeze"):  # PyPy has none
        gc.freeze()
    gc.enable()
    sys.exit(run(sys.argv[1:]))
