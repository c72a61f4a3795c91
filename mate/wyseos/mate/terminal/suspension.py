"""Ctrl-Z while something is drawn: the terminal is given back before the program stops, and drawn on after `fg`.

A signal's handler runs on the main thread in the middle of whatever that does: half of a line may be written, a lock of
the drawing be held. So the handler only passes the word on. A thread takes away what is drawn; then it signals once
more, and the program stops as it would have without us.
"""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import SimpleQueue
from types import FrameType
from typing import Any, NamedTuple


@contextmanager
def drawn(start: Callable[[], object], stop: Callable[[], object]) -> Iterator[None]:
    """Draw while the `with` block runs, but for the time that Ctrl-Z stops the program.

    Args:
        start: begins to draw, also anew.
        stop: takes away what is drawn. After Ctrl-Z both are called on another thread, while the main thread goes on.
    """
    if not hasattr(signal, "SIGTSTP") or threading.current_thread() is not threading.main_thread():
        start()
        try:
            yield
        finally:
            stop()
        return
    with _suspension.over(_Drawing(start, stop)):
        yield


class _Drawing(NamedTuple):
    start: Callable[[], object]
    stop: Callable[[], object]


class _Suspension:
    """Answers Ctrl-Z for all that is drawn in this process, of which the last begun gives way first."""

    def __init__(self) -> None:
        self._drawings: list[_Drawing] = []
        self._changes = threading.Lock()  # held while all give way: nothing may begin or end meanwhile
        # Of all that tells another thread something, this alone may be called inside of itself, as a handler does.
        self._asked: SimpleQueue[bool] = SimpleQueue()
        self._went_on: SimpleQueue[None] = SimpleQueue()
        self._is_clear = False
        self._main = 0  # the thread on which handlers run
        self._before: Any = signal.SIG_DFL

    @contextmanager
    def over(self, drawing: _Drawing) -> Iterator[None]:
        """Draw for the time of the `with` block, and answer for it."""
        with self._changes:
            if not self._drawings:
                self._listen()
            self._drawings.append(drawing)
        try:
            with self._changes:
                drawing.start()
            yield
        finally:
            with self._changes:
                drawing.stop()
                self._drawings.remove(drawing)
                if not self._drawings:
                    self._leave()

    def _listen(self) -> None:
        self._main = threading.get_ident()
        self._asked = SimpleQueue()
        threading.Thread(target=self._serve, args=(self._asked,), name="wyseos-ctrl-z", daemon=True).start()
        self._before = signal.signal(signal.SIGTSTP, self._on_signal)

    def _leave(self) -> None:
        signal.signal(signal.SIGTSTP, self._before)
        self._asked.put(False)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        if not self._is_clear:
            self._asked.put(True)
            return
        self._is_clear = False
        signal.signal(signal.SIGTSTP, self._before)
        signal.raise_signal(signal.SIGTSTP)  # it stops here
        signal.signal(signal.SIGTSTP, self._on_signal)
        self._went_on.put(None)

    def _serve(self, asked: SimpleQueue[bool]) -> None:
        streams: list[object] = []
        while asked.get():
            # Who draws puts a stream of its own before the user's, and takes it away. A `print` that is under way on
            # the main thread holds no reference to it (CPython 130163), and would go on with freed memory.
            streams += [sys.stdout, sys.stderr]
            with self._changes:
                self._give_way()

    def _give_way(self) -> None:
        for drawing in reversed(self._drawings):
            drawing.stop()
        self._is_clear = bool(self._drawings)  # else the last one ended meanwhile, and who was there before answers
        signal.pthread_kill(self._main, signal.SIGTSTP)
        if self._drawings:
            self._went_on.get()
        for drawing in self._drawings:
            drawing.start()


_suspension = _Suspension()
