"""Keys that are pressed while a view draws: not shown, since the terminal would write them into the picture."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import Any, TextIO


class _Unheard:
    """Switches a terminal's echo off and on again. Ctrl-C and Ctrl-Z go on to work."""

    def __init__(self, stream: TextIO | None) -> None:
        self._stream = stream
        self._before: list[Any] | None = None

    def start(self) -> None:
        """Switch it off."""
        if sys.platform == "win32" or self._stream is None or self._stream.closed or not self._stream.isatty():
            return
        import termios

        with suppress(termios.error, OSError):
            self._before = termios.tcgetattr(self._stream)
            quiet = list(self._before)
            quiet[3] &= ~termios.ECHO
            termios.tcsetattr(self._stream, termios.TCSADRAIN, quiet)

    def stop(self) -> None:
        """Leave the terminal as it was found."""
        if sys.platform == "win32" or self._before is None or self._stream is None:
            return
        import termios

        before, self._before = self._before, None
        with suppress(termios.error, OSError):
            termios.tcsetattr(self._stream, termios.TCSADRAIN, before)


def keys_unheard(stream: TextIO | None) -> _Unheard:
    """Make the switch for a terminal; for anything else it does nothing."""
    return _Unheard(stream)
