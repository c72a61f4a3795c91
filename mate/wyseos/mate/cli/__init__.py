"""The command line, `wyse`: run a task and watch it, or serve the emulator. Needs the extra `cli`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command that the arguments name; the way in for the `wyse` script and `python -m wyseos.mate.cli`."""
    try:
        from wyseos.mate.cli.app import app
    except ModuleNotFoundError as error:
        if error.name not in ("typer", "rich"):
            raise
        sys.exit(f"The command line needs {error.name}: pip install 'wyseos-sdk[cli]'")
    app()
