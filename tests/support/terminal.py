"""A program in a real pseudo-terminal, and the screen as a terminal shows it."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager

import pyte

from tests.support import forked
from wyseos.mate.emulator import Emulator

# Seconds that a test waits for anything to appear.
PATIENCE = 200.0


class Terminal:
    """A running program's terminal.

    Args:
        pid: the program.
        wait: waits until it has ended, and returns its exit code.
        master: the terminal's other end.
        columns: how wide it is.
        rows: how high it is.
    """

    def __init__(self, pid: int, wait: Callable[[], int], master: int, columns: int, rows: int) -> None:
        self.pid = pid
        self._wait = wait
        self._master = master
        self._screen = pyte.HistoryScreen(columns, rows, history=10_000, ratio=0.5)
        self._stream = pyte.ByteStream(self._screen)
        self.raw = b""
        self.exit_code: int | None = None

    @property
    def lines(self) -> list[str]:
        """All that stands there, scrolled lines too."""
        above = ["".join(row[place].data for place in sorted(row)).rstrip() for row in self._screen.history.top]
        return [*above, *(line.rstrip() for line in self._screen.display)]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def cells(self) -> list[list[pyte.screens.Char]]:
        """The screen as it is now, a line each, with its colours."""
        buffer = self._screen.buffer
        return [[buffer[line][place] for place in range(self._screen.columns)] for line in range(self._screen.lines)]

    def type(self, keys: str) -> None:
        os.write(self._master, keys.encode())

    def wait_for(self, words: str | Callable[[str], bool]) -> None:
        """Read until the words stand there; a program that ended without them fails the test."""
        seen = (lambda text: words in text) if isinstance(words, str) else words
        until = time.monotonic() + PATIENCE
        while not seen(self.text):
            if not self._read(until):
                raise AssertionError(f"{words!r} never came:\n{self.text}")

    def wait_for_end(self) -> int:
        """Read to the end, and return the exit code."""
        until = time.monotonic() + PATIENCE
        while self._read(until):
            pass
        if self.exit_code is None:
            self.exit_code = self._wait()
        return self.exit_code

    def kill(self) -> None:
        if self.exit_code is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            self.wait_for_end()
        os.close(self._master)

    def _read(self, until: float) -> bool:
        """Take what comes next; False at the end."""
        if not select.select([self._master], [], [], max(0.0, until - time.monotonic()))[0]:
            raise AssertionError(f"nothing came any more:\n{self.text}")
        try:
            data = os.read(self._master, 65536)
        except OSError:
            return False  # how Linux tells that the program has closed its end
        self.raw += data
        self._stream.feed(data)
        return bool(data)


@contextmanager
def terminal(
    *arguments: str, environment: Mapping[str, str] | None = None, columns: int = 100, rows: int = 40
) -> Iterator[Terminal]:
    """Run Python with arguments in a terminal of its own; the program is gone at the end of the `with` block."""
    ours = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
    told = {**ours, "TERM": "xterm-256color", **(environment or {})}
    forks = arguments[0] == "-m" and forked.can_fork(told)
    size = struct.pack("HHHH", rows, columns, 0, 0)
    pid, wait, master = _forked(arguments[1:], told, size) if forks else _started(arguments, told, size)
    shown = Terminal(pid, wait, master, columns, rows)
    try:
        yield shown
    finally:
        shown.kill()


Started = tuple[int, Callable[[], int], int]


def _forked(arguments: Sequence[str], environment: Mapping[str, str], size: bytes) -> Started:
    master, end = pty.openpty()
    fcntl.ioctl(master, termios.TIOCSWINSZ, size)
    process = forked.start(arguments, environment, (end, end, end), leads=True)
    return process.pid, process.wait, master


def _started(arguments: Sequence[str], environment: Mapping[str, str], size: bytes) -> Started:
    pid, master = pty.fork()
    if pid == 0:  # the child: nothing but exec, which also closes what the tests have open
        os.execve(sys.executable, [sys.executable, *arguments], environment)
    fcntl.ioctl(master, termios.TIOCSWINSZ, size)
    return pid, lambda: os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), master


def wyse(
    emulator: Emulator, *arguments: str, columns: int = 100, rows: int = 40, **more: str
) -> AbstractContextManager[Terminal]:
    """`wyse` in a terminal of this size; what else is named goes into its environment."""
    environment = {"WYSEOS_BASE_URL": emulator.base_url, "WYSEOS_API_KEY": emulator.api_key, **more}
    return terminal("-m", "wyseos.mate.cli", *arguments, environment=environment, columns=columns, rows=rows)
