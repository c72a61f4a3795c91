"""One go at a batch: its journal is opened and held against the input, and its coordinator runs."""

from __future__ import annotations

import asyncio
import hmac
from contextlib import ExitStack
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from wyseos.mate.batch.coordinator import BatchPlan, Coordinator
from wyseos.mate.batch.hold import Hold
from wyseos.mate.batch.items import digest_of, items_of
from wyseos.mate.batch.journal import Change, Input, Journal
from wyseos.mate.batch.outcome import Outcome
from wyseos.mate.batch.sources import Source, rows_of
from wyseos.mate.batch.states import ItemEvent, ItemState
from wyseos.mate.errors import AuthorizationError, ConfigError, NotFoundError
from wyseos.mate.loading import services
from wyseos.mate.services.session import AsyncSessionService
from wyseos.runtime import records

if TYPE_CHECKING:
    from wyseos.mate.rest.caller import AsyncCaller

_WAITING_OUTCOMES = 1000
"""Outcomes that may wait to be consumed before no further item is begun."""


@records.frozen
class Work:
    """A batch as it was asked for.

    Args:
        source: its items.
        path: where its journal lies.
        plan: how it is carried out.
    """

    source: Source
    path: Path
    plan: BatchPlan


class Run:
    """One go at a batch, on an event loop.

    Args:
        rest: the client.
        work: what is to be done.
    """

    def __init__(self, rest: AsyncCaller, work: Work) -> None:
        self._rest = rest
        self._work = work
        self._open = ExitStack()
        self._outcomes: asyncio.Queue[Outcome | None] = asyncio.Queue(_WAITING_OUTCOMES)
        self._running: asyncio.Task[None] | None = None

    async def next(self) -> Outcome | None:
        """Return the next outcome, None where nothing is left to be done; the first call begins the work."""
        if self._running is None:
            await services["session"].done()
            self._open.enter_context(Hold(self._work.path))
            journal = self._open.enter_context(Journal(self._work.path))
            is_new = await _take_up(self._rest, journal, self._work)
            self._running = asyncio.create_task(self._run(journal, is_new=is_new))
        outcome = await self._outcomes.get()
        if outcome is None:
            await self._running
        return outcome

    async def _run(self, journal: Journal, *, is_new: bool) -> None:
        try:
            if is_new:
                for entry in journal.entries(ItemState.FAILED):  # rows that can't be used
                    await self._outcomes.put(journal.outcome(entry.number))
            await Coordinator(self._rest, journal, self._work.plan, self._outcomes.put).run()
        except Exception:
            await self._outcomes.put(None)
            raise
        await self._outcomes.put(None)

    async def close(self) -> None:
        """End the work here, and let go of the journal."""
        if self._running is not None:
            self._running.cancel()
            await asyncio.wait([self._running])
        self._open.close()


async def _take_up(rest: AsyncCaller, journal: Journal, work: Work) -> bool:
    """See that the journal is of this input, service and account, put back what is to be retried, and tell
    whether it was begun just now."""
    options = rest.options
    secret = options.api_key or options.jwt_token or ""
    digest = digest_of(items_of(rows_of(work.source)))
    account = hmac.digest(digest.encode(), secret.encode(), "sha256").hex()[:24]
    wanted = Input(digest=digest, base_url=options.base_url, account=account)
    is_new = journal.begin(wanted, lambda: items_of(rows_of(work.source)))
    if journal.account != account:
        await _refuse_other_account(rest, journal)
        journal.take_account(account)
    again = [entry for entry in journal.entries(ItemState.FAILED) if 0 < entry.tries <= work.plan.retries]
    journal.apply([Change(number=entry.number, event=ItemEvent.RETRIED) for entry in again])
    return is_new


async def _refuse_other_account(rest: AsyncCaller, journal: Journal) -> None:
    """Another key may be of the same account: its sessions tell."""
    session_id = journal.last_session
    if session_id is None:
        return
    try:
        await AsyncSessionService(rest).get_info(session_id)
    except (NotFoundError, AuthorizationError):
        raise ConfigError(
            f"The journal {journal.path} is of another account: its sessions are not to be had with this key. "
            "Use that account's key, or name another journal."
        ) from None


def journal_of(source: Source) -> Path:
    """Return where the journal of a source lies: beside its file, or in the current folder."""
    if isinstance(source, PathLike):
        path = Path(source)
        return path.with_name(path.name + ".journal")
    return Path(f"batch-{digest_of(items_of(rows_of(source)))[:12]}.journal")
