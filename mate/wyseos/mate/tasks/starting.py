"""What `AsyncClient.start` and `attach` return: awaited it gives the task, entered it also closes it."""

from __future__ import annotations

from collections.abc import Coroutine, Generator
from types import TracebackType
from typing import TYPE_CHECKING, Any

from wyseos.mate import tasks

if TYPE_CHECKING:
    from wyseos.mate.tasks.async_task import AsyncTask

# It is made on an event loop before a task is loaded: at run time `tasks` has the type for whoever looks it up.


class StartingTask(Coroutine[Any, Any, "AsyncTask"]):
    """A task that is about to start: `task = await …` or `async with … as task`. Use it once, as any coroutine.

    Args:
        starts: what is awaited until the task runs.

    Example:
        async with client.start("Find three trends") as task:
            print((await task.result()).final_answer)
    """

    def __init__(self, starts: Coroutine[Any, Any, tasks.AsyncTask]) -> None:
        self._starts = starts
        self._task: tasks.AsyncTask | None = None

    def __await__(self) -> Generator[Any, Any, tasks.AsyncTask]:
        return self._starts.__await__()

    async def __aenter__(self) -> tasks.AsyncTask:
        self._task = await self
        return self._task

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._task is not None:
            await self._task.__aexit__(kind, error, traceback)

    # ---- a coroutine, so that asyncio.create_task and a TaskGroup take it

    def send(self, value: Any) -> Any:
        """Go on with it, as an event loop does."""
        return self._starts.send(value)

    def throw(self, *error: Any) -> Any:
        """Raise an exception where it waits, as an event loop does."""
        return self._starts.throw(*error)

    def close(self) -> None:
        """Give it up; nothing is started."""
        self._starts.close()
