"""`Batch` and `AsyncBatch`: what `client.batch` returns. What they need is loaded when they are used."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from wyseos.mate.batch.outcome import Outcome
from wyseos.mate.batch.states import ItemState

if TYPE_CHECKING:
    from wyseos.mate.batch.run import Work
    from wyseos.mate.rest.caller import AsyncCaller
    from wyseos.mate.tasks.io.loop_thread import LoopThread


class _Journaled:
    """What both kinds of batch tell of their journal."""

    _work: Work

    @property
    def journal(self) -> Path:
        """Where its journal lies."""
        return self._work.path

    @property
    def counts(self) -> dict[ItemState, int]:
        """How many items are in each state, by the journal."""
        from wyseos.mate.batch.journal import read_counts

        return read_counts(self.journal)

    def _outcomes(self) -> list[Outcome]:
        from wyseos.mate.batch.journal import read_outcomes

        return list(read_outcomes(self.journal))


class Batch(_Journaled):
    """A batch on a `Client`: iterate over it for what comes of its items, as it comes.

    Leaving the loop ends the work here; what was started goes on at the service, and the same call takes it up again.

    Example:
        batch = client.batch(["Find three trends", "Compare two lanterns"])
        for outcome in batch:
            print(outcome.key, outcome.success)
    """

    def __init__(self, thread: Callable[[], LoopThread], work: Work) -> None:
        self._thread = thread
        self._work = work

    def __iter__(self) -> Iterator[Outcome]:
        """Carry out what is left, and yield what comes of each item. What was over before is not yielded again.

        Raises:
            ConfigError: the journal is of another input or account, in use, or can't be written.
            WyseError: what stops all items, such as a refused key.
        """
        from wyseos.mate.batch.run import Run

        thread = self._thread()
        run = Run(thread.rest, self._work)
        try:
            while (outcome := thread.run(run.next())) is not None:
                yield outcome
        finally:
            if thread.is_usable:
                thread.run(run.close())

    def results(self) -> list[Outcome]:
        """Carry out what is left, and return what came of every item, in their order; errors as of the iteration."""
        for _ in self:
            pass
        return self._outcomes()


class AsyncBatch(_Journaled):
    """A batch on an `AsyncClient`: as `Batch`, with `async for` and awaited.

    Example:
        async for outcome in client.batch(["Find three trends", "Compare two lanterns"]):
            print(outcome.key, outcome.success)
    """

    def __init__(self, rest: AsyncCaller, work: Work) -> None:
        self._rest = rest
        self._work = work

    async def __aiter__(self) -> AsyncIterator[Outcome]:
        """Carry out what is left, as `Batch` does."""
        from wyseos.mate.batch.run import Run

        run = Run(self._rest, self._work)
        try:
            while (outcome := await run.next()) is not None:
                yield outcome
        finally:
            await run.close()

    async def results(self) -> list[Outcome]:
        """Carry out what is left, and return what came of every item, in their order."""
        async for _ in self:
            pass
        return self._outcomes()
