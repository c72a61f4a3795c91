"""Lines that a person or a script gives: from a terminal, for as long as they are wanted; from a pipe, one when asked.

Nothing is read that nobody asked for: what follows stays for the program's own `input()`.
"""

from __future__ import annotations

import os
import select
import sys
from collections.abc import Callable
from typing import TextIO

# How often a terminal is asked whether the line is still wanted, in seconds: a person does not notice it.
_SLICE = 0.1


class LineReader:
    """Reads answers.

    Args:
        stdin: where lines come from; None where the process has none.
        prompts: where prompts go.
    """

    def __init__(self, stdin: TextIO | None, prompts: TextIO) -> None:
        self._stdin = stdin
        self._prompts = prompts
        self.is_terminal = stdin is not None and not stdin.closed and stdin.isatty()

    def read(self, prompt: str, is_wanted: Callable[[], bool] = lambda: True) -> str | None:
        """Return the next line without blanks around it, or None where there is none.

        Args:
            prompt: shown where a person types.
            is_wanted: asked now and then while a person thinks; False ends the wait.

        Raises:
            KeyboardInterrupt: Ctrl-C.
        """
        if self._stdin is None or self._stdin.closed:
            return None
        if self.is_terminal:
            self._prompts.write(prompt)
            self._prompts.flush()
            while not self.has_line(_SLICE):
                if not is_wanted():
                    self._prompts.write("\n")
                    return None
        return self._next()

    def has_line(self, timeout: float = 0) -> bool:
        """Tell whether a line was typed; always true where that can't be known without reading it (Windows)."""
        if self._stdin is None or not self.is_terminal or os.name == "nt":
            return True
        return bool(select.select([self._stdin], [], [], timeout)[0])

    def forget_typed(self) -> None:
        """Drop what was typed before a question was shown: it cannot be the answer to it."""
        if self.is_terminal and self._stdin is not None and sys.platform != "win32":
            import termios

            termios.tcflush(self._stdin, termios.TCIFLUSH)

    def _next(self) -> str | None:
        assert self._stdin is not None  # noqa: S101 both callers have asked
        try:
            line = self._stdin.readline()
        except (OSError, ValueError):
            return None  # closed under our hands, or not ours to read (a job in the background)
        return line.strip() if line else None
