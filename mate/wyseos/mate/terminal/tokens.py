"""The tokens that a session used so far, asked for now and then while it is shown. No event tells them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Self

# Seconds until the first question, and between two: often enough for a person, seldom enough for the service.
_FIRST = 2.0
_BETWEEN = 10.0
_FAREWELL = 0.5


class TokenPoll:
    """Asks beside the task, on a thread of its own, inside a `with` block.

    Args:
        ask: returns the tokens that were used, None where that is not told. Whatever it raises is no matter of the
            task's: it is asked again later.
        told: takes them.
    """

    def __init__(self, ask: Callable[[], int | None], told: Callable[[int], None]) -> None:
        self._ask = ask
        self._told = told
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="wyseos-tokens", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join(_FAREWELL)  # what is still asked then is of no use to anybody, and ends by itself

    def _run(self) -> None:
        wait = _FIRST
        while not self._over.wait(wait):
            wait = _BETWEEN
            try:
                used = self._ask()
            except Exception:  # noqa: BLE001, S112 - a figure beside a task must not disturb it  # nosec B112
                continue
            if used:
                self._told(used)
