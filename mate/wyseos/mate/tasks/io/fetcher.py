"""Fetches what a result speaks of: the files that a task made, and what its session used.

A result outlives its client: each fetch has a connection of its own, by the client's settings and credential.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import aclosing, closing, contextmanager
from io import BytesIO
from os import PathLike
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, BinaryIO, TypeVar, cast

from wyseos.mate.rest.flow import Flow, Progress
from wyseos.mate.tasks.io.safe_names import moved
from wyseos.mate.tasks.result import ResultFile, Usage

if TYPE_CHECKING:
    from wyseos.mate.config import ClientOptions
    from wyseos.mate.rest.exchange import Exchange

T = TypeVar("T")


class Fetcher:
    """A `ResultSource`.

    Args:
        exchange: the client's: its settings, and its credential, so that a token that was renewed serves here too.
    """

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange

    def save(self, file: ResultFile, folder: str | PathLike[str], limit: int, on_progress: Progress | None) -> Path:
        """Save a file into a folder; see `ResultFile.save`."""
        return self._run(self._saving(file, folder, limit, on_progress))

    async def asave(
        self, file: ResultFile, folder: str | PathLike[str], limit: int, on_progress: Progress | None
    ) -> Path:
        """As `save`, awaited."""
        return await self._run_async(self._saving(file, folder, limit, on_progress))

    def read(self, file: ResultFile, limit: int, on_progress: Progress | None) -> bytes:
        """Return a file's content."""
        return self._run(self._reading(file, limit, on_progress))

    async def aread(self, file: ResultFile, limit: int, on_progress: Progress | None) -> bytes:
        """As `read`, awaited."""
        return await self._run_async(self._reading(file, limit, on_progress))

    def usage(self, session_id: str) -> Usage | None:
        """Return what a session used, None where the service does not tell."""
        return self._run(self._asking(session_id))

    async def ausage(self, session_id: str) -> Usage | None:
        """As `usage`, awaited."""
        return await self._run_async(self._asking(session_id))

    # ---- the flows

    def _saving(
        self, file: ResultFile, folder: str | PathLike[str], limit: int, on_progress: Progress | None
    ) -> Flow[Path]:
        with _partial(Path(folder)) as (part, content):
            yield from self._fetching(file, content, limit, on_progress)
            content.close()
            return moved(part, file.name)

    def _reading(self, file: ResultFile, limit: int, on_progress: Progress | None) -> Flow[bytes]:
        content = BytesIO()
        yield from self._fetching(file, content, limit, on_progress)
        return content.getvalue()

    def _fetching(self, file: ResultFile, into: BinaryIO, limit: int, on_progress: Progress | None) -> Flow[object]:
        from wyseos.mate.rest.download import FileSink, download

        return download(self._exchange, file.url, FileSink(into, limit, on_progress))

    def _asking(self, session_id: str) -> Flow[Usage | None]:
        from wyseos.generated.api.session import get_session
        from wyseos.generated.api.user import list_calls

        session = yield from self._exchange.data(get_session.call(session_id))
        calls = yield from self._exchange.data(list_calls.call(page_num=1, page_size=100))
        costs = [each.cost for each in calls.data or () if each.session_id == session_id and each.cost is not None]
        credits = [cost.total_credit for cost in costs if cost.total_credit is not None]
        models = {} if session.tokens is None else session.tokens.models or {}
        if not models and not credits:
            return None
        used = {
            name: {"prompt_tokens": of.prompt_tokens or 0, "completion_tokens": of.completion_tokens or 0}
            for name, of in models.items()
        }
        return Usage(
            prompt_tokens=sum(each["prompt_tokens"] for each in used.values()),
            completion_tokens=sum(each["completion_tokens"] for each in used.values()),
            models=used,
            credits=sum(credits) if credits else None,
        )

    # ---- the drivers

    def _run(self, flow: Flow[T]) -> T:
        from wyseos.mate.rest.caller import Caller

        with closing(flow), closing(Caller(self._options("handle_request"))) as caller:
            return caller.drive(flow)

    async def _run_async(self, flow: Flow[T]) -> T:
        from wyseos.mate.rest.caller import AsyncCaller

        with closing(flow):
            async with aclosing(AsyncCaller(self._options("handle_async_request"))) as caller:
                return await caller.drive(flow)

    def _options(self, sends: str) -> ClientOptions:
        """Return the settings of such a client: a transport of one's own may serve only the other kind."""
        options = self._exchange.options
        return options if hasattr(options.transport, sends) else options.evolve(transport=None)


@contextmanager
def _partial(folder: Path) -> Iterator[tuple[Path, BinaryIO]]:
    """Lend a file in a folder for what is not whole yet; it is gone afterwards, unless it was moved to its place."""
    folder.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=folder, prefix=".", suffix=".part", delete=False) as file:
        part = Path(file.name)
        try:
            yield part, cast(BinaryIO, file)
        finally:
            file.close()
            part.unlink(missing_ok=True)
