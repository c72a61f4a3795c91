"""What an output can show: asked of the stream itself, never of FORCE_COLOR, which CI systems set."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import Console


def can_move_cursor(stream: TextIO) -> bool:
    """Tell whether a stream is a terminal that can draw over what it has shown."""
    return stream.isatty() and os.environ.get("TERM", "xterm" if sys.platform == "win32" else "") not in ("", "dumb")


def is_ascii_only(stream: TextIO) -> bool:
    """Tell whether signs beyond ASCII would be lost in a stream."""
    try:
        "✓…│─".encode(getattr(stream, "encoding", None) or "ascii")
    except (UnicodeEncodeError, LookupError):
        return True
    return False


def console_for(stream: TextIO) -> Console:
    """Make rich's console for a stream: no markup, no guesses at colours, links or emoji in the service's text."""
    from rich.console import Console

    return Console(
        file=stream,
        force_terminal=can_move_cursor(stream),
        force_interactive=can_move_cursor(stream),
        markup=False,
        highlight=False,
        emoji=False,
    )
