"""Runs a batch: gives each item its session, has it worked on, and writes down what comes of it.

The coordinator makes a session and writes its id down before anything is started; whoever works on the item looks at
the session first. So one item is started once, whatever dies.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import Executor
from contextlib import asynccontextmanager
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Final

from wyseos.mate.backoff import bound
from wyseos.mate.batch.concurrency import ConcurrencyLimit
from wyseos.mate.batch.journal import Change, Journal, JournalEntry, result_from
from wyseos.mate.batch.ledger import Ledger
from wyseos.mate.batch.outcome import Outcome
from wyseos.mate.batch.slices import Access, Slice, run_slice
from wyseos.mate.batch.states import ItemEvent, ItemState
from wyseos.mate.batch.work import Job, Report, Terms, order_of, work_on_all
from wyseos.mate.errors import AuthenticationError, AuthorizationError, RateLimitError, SessionExecutionError, WyseError
from wyseos.mate.services.session import AsyncSessionService
from wyseos.runtime import records
from wyseos.runtime.codec import loads

if TYPE_CHECKING:
    from wyseos.mate.rest.caller import AsyncCaller

NO_CREDITS: Final = 4600
_MOST_CREATIONS: Final = 5
"""How often it is tried to make a session where no answer comes."""
_LARGEST_SLICE: Final = 200
_LAST_BOUND: Final = 30.0
"""Seconds that no wait for capacity exceeds, but for what the service asks for."""
_IN_VAIN: Final = frozenset({"error", "stopped"})
"""Statuses of a session in which nothing goes on, and that has no answer."""


@records.frozen(kw_only=True)
class BatchPlan:
    """How a batch is carried out.

    Args:
        terms: how each item is run.
        concurrency: the most items under way at once.
        retries: how often a failed item is begun again.
        executor: where items are worked on; None: here.
        access: how its workers reach the service.
        workers: how many it has.
    """

    terms: Terms
    concurrency: int
    retries: int
    executor: Executor | None = None
    access: Access | None = None
    workers: int = 2

    @property
    def slice_size(self) -> int:
        """How many items a worker is given in one go: its share of those that may be under way, hundreds at most."""
        return 1 if self.executor is None else max(1, min(_LARGEST_SLICE, self.concurrency // self.workers))

    @property
    def ahead(self) -> int:
        """How many items are given their sessions beyond that: a slice, so that a worker that is done need not wait."""
        return 0 if self.executor is None else self.slice_size


class Coordinator:
    """Carries out what is left of a journal.

    Args:
        rest: the client.
        journal: knows the items.
        plan: how.
        deliver: is awaited with each outcome, as soon as it is written down.
    """

    def __init__(
        self, rest: AsyncCaller, journal: Journal, plan: BatchPlan, deliver: Callable[[Outcome], Awaitable[None]]
    ) -> None:
        self._rest = rest
        self._sessions = AsyncSessionService(rest.with_options(max_retries=0))
        self._journal = journal
        self._ledger = Ledger(journal)
        self._plan = plan
        self._deliver = deliver
        self.limit = ConcurrencyLimit(plan.concurrency)
        self._under_way = 0
        self._at_workers = 0  # of those under way, what an executor has
        self._room = asyncio.Condition()
        self._units: set[asyncio.Task[None]] = set()
        self._creating: set[asyncio.Task[str]] = set()
        self._woken = asyncio.Event()
        self._again: list[JournalEntry] = []  # refused, or failed and to be retried
        self._had: set[int] = set()  # numbers of those: the journal lists them as waiting, too
        self._creations: dict[int, int] = {}
        self._pause_until = 0.0
        self._refusals = 0
        self._error: BaseException | None = None

    async def run(self) -> None:
        """Work until nothing is left to be done now.

        Raises:
            WyseError: what stops the whole batch: a refused credential, no credits, a journal that can't be written.
        """
        loop = asyncio.get_running_loop()
        left = self._left()
        try:
            while self._error is None:
                self._woken.clear()
                pause = self._pause_until - loop.time()
                if pause <= 0 and not self._fill(left) and not self._units:
                    break
                try:
                    await asyncio.wait_for(self._woken.wait(), pause if pause > 0 else None)
                except TimeoutError:
                    continue
        finally:
            for unit in self._units:
                unit.cancel()
            await asyncio.gather(*self._units, *self._creating, return_exceptions=True)
            await self._ledger.close()
        if self._error is not None:
            raise self._error

    def _left(self) -> Iterator[JournalEntry]:
        """Yield what is to be done: what is under way first, then what was never begun."""
        open_states = (ItemState.CREATED, ItemState.RUNNING, ItemState.ASKING)
        return chain(self._journal.entries(*open_states), self._journal.entries(ItemState.WAITING))

    def _fill(self, left: Iterator[JournalEntry]) -> bool:
        """Begin as many items as may be under way, and tell whether any was begun."""
        is_filled = False
        while (room := self.limit.current + self._plan.ahead - self._under_way) > 0:
            size = min(self._plan.slice_size, room)
            entries = [entry for _ in range(size) if (entry := self._next(left)) is not None]
            if not entries:
                break
            is_filled = True
            self._under_way += len(entries)
            unit = asyncio.get_running_loop().create_task(self._unit(entries))
            self._units.add(unit)
            unit.add_done_callback(partial(self._ended, len(entries)))
        return is_filled

    def _next(self, left: Iterator[JournalEntry]) -> JournalEntry | None:
        new = next((entry for entry in left if entry.number not in self._had), None)
        return new if new is not None else self._again.pop() if self._again else None

    def _ended(self, count: int, unit: asyncio.Task[None]) -> None:
        self._units.discard(unit)
        self._under_way -= count
        if not unit.cancelled() and (error := unit.exception()) is not None:
            self._error = self._error or error
        self._woken.set()

    # ---- one unit: an item here, a slice of them on an executor

    async def _unit(self, entries: list[JournalEntry]) -> None:
        prepared = await asyncio.gather(*(self._prepared(entry) for entry in entries))
        ready = {entry.number: (entry, job) for entry, job in filter(None, prepared)}
        if not ready:
            return
        for report in await self._worked(tuple(job for _, job in ready.values())):
            entry, job = ready[report.number]
            await self._conclude(records.evolve(entry, session_id=job.session_id), report)

    async def _worked(self, jobs: tuple[Job, ...]) -> list[Report]:
        plan = self._plan
        if plan.executor is None or plan.access is None:
            return await work_on_all(self._rest, jobs, plan.terms)
        # Whoever is given a slice may be the second one: the first may have died.
        told = tuple(records.evolve(job, is_new=False) for job in jobs)
        try:
            async with self._room_for(len(told)):
                return await asyncio.wrap_future(plan.executor.submit(run_slice, Slice(told, plan.terms, plan.access)))
        except WyseError:
            raise
        except Exception as error:  # an executor raises whatever it likes: its workers died, or it is shut down
            raise SessionExecutionError(
                f"the executor's workers could not go on ({type(error).__name__}); nothing is lost",
                cause=error,
                hint="The same call goes on where this one ended, with an executor that works.",
            ) from error

    @asynccontextmanager
    async def _room_for(self, count: int) -> AsyncIterator[None]:
        """Wait until workers may have so many items more."""
        async with self._room:
            await self._room.wait_for(lambda: not self._at_workers or self._at_workers + count <= self.limit.current)
            self._at_workers += count
        try:
            yield
        finally:
            self._at_workers -= count
            async with self._room:
                self._room.notify_all()

    async def _prepared(self, entry: JournalEntry) -> tuple[JournalEntry, Job] | None:
        """Give an item its session; None where it is put off, or can't have one."""
        try:
            return await self._with_session(entry)
        except WyseError as error:
            await self._put_off(entry, error)
            return None

    async def _with_session(self, entry: JournalEntry) -> tuple[JournalEntry, Job]:
        session_id, is_new = entry.session_id, False
        if session_id is not None and entry.state is ItemState.WAITING:
            # A try before this one left it. What goes on there is gone on with.
            status = (await self._sessions.get_info(session_id)).status
            session_id = None if status in _IN_VAIN else session_id
        if session_id is None:
            # What ends the work here waits for it, so that no id is lost between the answer and the journal.
            creating = asyncio.get_running_loop().create_task(self._create(entry))
            self._creating.add(creating)
            creating.add_done_callback(self._creating.discard)
            session_id, is_new = await asyncio.shield(creating), True
        if entry.state is not ItemState.RUNNING:
            tries = entry.tries + 1
            await self._ledger.write(Change(number=entry.number, event=ItemEvent.TAKEN_UP, tries=tries))
            entry = records.evolve(entry, tries=tries)
        return entry, Job(entry.number, entry.asked, session_id, is_new, is_doubtful=not is_new)

    async def _create(self, entry: JournalEntry) -> str:
        session = order_of(entry.asked, self._plan.terms).session()
        session_id = (await self._sessions.create(session)).session_id
        await self._ledger.write(Change(number=entry.number, event=ItemEvent.SESSION_CREATED, session_id=session_id))
        self._refusals = 0
        self.limit.succeeded()
        return session_id

    async def _put_off(self, entry: JournalEntry, error: WyseError) -> None:
        """A refusal for capacity is waited out, what may get better is tried again; else the item has failed."""
        if isinstance(error, AuthenticationError | AuthorizationError) or error.code == NO_CREDITS:
            raise error
        if not isinstance(error, RateLimitError) and not error.retryable:
            await self._conclude(entry, Report(entry.number, ItemEvent.FAILED, error=error.message))
            return
        tries = self._creations[entry.number] = self._creations.get(entry.number, 0) + 1
        if not isinstance(error, RateLimitError) and tries >= _MOST_CREATIONS:
            raise error  # the service can't be reached: no other item would fare better
        self._slow_down(getattr(error, "retry_after", None))
        self._begin_again(entry)

    def _slow_down(self, told: float | None) -> None:
        """Halve what is under way, once for all refusals that come together, and begin nothing for a while."""
        now = asyncio.get_running_loop().time()
        if now < self._pause_until:
            return
        self.limit.refused(min(self._under_way, self._plan.concurrency))  # without those ahead
        self._refusals += 1
        longest = bound(self._refusals + 1, last=_LAST_BOUND)
        wait = (told or 0.0) + random.uniform(longest / 2, longest)  # noqa: S311  # spreads many clients, hides nothing
        self._pause_until = now + wait

    def _begin_again(self, entry: JournalEntry) -> None:
        self._had.add(entry.number)
        self._again.append(entry)

    async def _conclude(self, entry: JournalEntry, report: Report) -> None:
        """Write down what came of an item, and hand it over unless it is begun again."""
        change = Change(number=entry.number, event=report.event, result=report.result, error=report.error)
        await self._ledger.write(change)
        if report.event is ItemEvent.REFUSED:
            # The session was refused and has ended: another one is made for it. That was no try.
            self._slow_down(None)
            self._begin_again(records.evolve(entry, state=ItemState.WAITING, tries=entry.tries - 1))
            return
        if report.event is ItemEvent.FAILED and entry.tries <= self._plan.retries and entry.session_id is not None:
            await self._ledger.write(Change(number=entry.number, event=ItemEvent.RETRIED))
            self._begin_again(records.evolve(entry, state=ItemState.WAITING))
            return
        await self._deliver(_outcome(entry, report))


_ENDS: Final = {
    ItemEvent.FINISHED: ItemState.DONE,
    ItemEvent.ASKED: ItemState.ASKING,
    ItemEvent.FAILED: ItemState.FAILED,
}


def _outcome(entry: JournalEntry, report: Report) -> Outcome:
    return Outcome(
        number=entry.number,
        key=entry.key,
        state=_ENDS[report.event],
        task=entry.asked.get("task", ""),
        session_id=entry.session_id,
        tries=entry.tries,
        error=report.error,
        result=None if report.result is None else result_from(loads(report.result)),
    )
