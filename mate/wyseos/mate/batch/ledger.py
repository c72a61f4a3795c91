"""Writes a journal from an event loop: what comes while one commit is under way goes into the next one together."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wyseos.mate.batch.journal import Change, Journal


class Ledger:
    """The journal's one pen: a thread of its own, so that a slow disk keeps no connection waiting.

    Args:
        journal: what is written.
    """

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._thread = ThreadPoolExecutor(1, "wyseos-journal")
        self._waiting: list[tuple[Change, asyncio.Future[None]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def write(self, change: Change) -> None:
        """Write a change, and return once it is on the disk. A cancelled caller's change is written all the same.

        Raises:
            ConfigError: it can't be written.
        """
        written = asyncio.get_running_loop().create_future()
        self._waiting.append((change, written))
        if self._writing is None:
            self._writing = asyncio.create_task(self._write_all())
        await written

    async def _write_all(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            batch, self._waiting = self._waiting, []
            error: Exception | None = None
            try:
                await loop.run_in_executor(self._thread, self._journal.apply, [change for change, _ in batch])
            except Exception as raised:  # noqa: BLE001  # handed to whoever waits for it
                error = raised
            for _, written in batch:
                if written.done():
                    continue
                if error is None:
                    written.set_result(None)
                else:
                    written.set_exception(error)
        self._writing = None

    async def close(self) -> None:
        """Write what is left, and end the thread."""
        if self._writing is not None:
            await asyncio.wait([self._writing])
        self._thread.shutdown()
