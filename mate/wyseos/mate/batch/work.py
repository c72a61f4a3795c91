"""One item at work: the look at its session, the start or the attaching, and what came of it.

Jobs and reports can be pickled and hold no connection: the same code runs here and in a worker of another machine.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

from wyseos.mate.batch.items import options_of
from wyseos.mate.batch.states import ItemEvent
from wyseos.mate.errors import CAPACITY_CODES, AuthenticationError, ConfigError, WyseError
from wyseos.mate.policy.policy import Policy
from wyseos.mate.services.session import AsyncSessionService
from wyseos.mate.tasks.handlers import Confirm
from wyseos.mate.tasks.launch import Order, started_async
from wyseos.mate.tasks.protocol.commands import Attach
from wyseos.mate.tasks.result import TaskExecutionOptions, TaskResult
from wyseos.runtime import records
from wyseos.runtime.codec import dumps

if TYPE_CHECKING:
    from wyseos.mate.rest.caller import AsyncCaller

LOOKS_AT_ONCE: Final = 8
"""Sessions of a slice that are looked at together: over few connections, each of which costs more than a look."""
ASK_AGAIN: Final = 5.0
"""Seconds between the two looks at a session that somebody else may just have started."""


@records.frozen
class Terms:
    """How the items of a batch are run.

    Args:
        options: of all tasks.
        policy: rules that answer what they ask.
    """

    options: TaskExecutionOptions | None = None
    policy: Policy | None = None


@records.frozen
class Job:
    """An item that has its session.

    Args:
        number: the item.
        asked: what is asked for.
        session_id: its session.
        is_new: it was made here and now, and nobody else knows of it.
        is_doubtful: somebody who died may just have started it.
    """

    number: int
    asked: dict[str, Any] = records.field(repr=False)
    session_id: str
    is_new: bool = False
    is_doubtful: bool = False


@records.frozen
class Report:
    """What came of a job.

    Args:
        number: the item.
        event: what happened to it.
        result: how its task ended, as JSON.
        error: why it failed.
    """

    number: int
    event: ItemEvent
    result: str | None = records.field(default=None, repr=False)
    error: str | None = None


def order_of(asked: dict[str, Any], terms: Terms) -> Order:
    """Return the task of an item. Nobody is there to be asked: a question that no rule answers is left open.

    Permission for what becomes public is given by a rule alone.
    """
    options = options_of(terms.options, asked.get("options"))
    stops = options is not None and options.stop_on_x_confirm
    confirm: Confirm | None = None if terms.policy is not None else "stop" if stops else "ask"
    return Order(
        asked["task"],
        asked.get("attachments"),
        asked.get("mode", ""),
        asked.get("extra"),
        options,
        attended=False,
        confirm=confirm,
        rules=terms.policy,
    )


async def work_on(rest: AsyncCaller, job: Job, terms: Terms, gate: asyncio.Semaphore) -> Report:
    """Start the item's session if nobody has, else go on with it; return what came of it.

    Args:
        rest: the client.
        job: the item.
        terms: how it is run.
        gate: holds back looks at sessions.

    Raises:
        AuthenticationError: the credential is refused, or there is none. What befalls one item alone is reported.
    """
    try:
        order = order_of(job.asked, terms)
        is_started = not job.is_new and await _is_started(rest, job, gate)
        beginning = Attach() if is_started else order.start()
        async with started_async(rest, order.setup(job.session_id), beginning) as task:
            return _report(job.number, await task.result())
    except (AuthenticationError, ConfigError):
        raise  # no other item would fare better
    except WyseError as error:
        return Report(job.number, ItemEvent.FAILED, error=error.message)


async def work_on_all(rest: AsyncCaller, jobs: tuple[Job, ...], terms: Terms) -> list[Report]:
    """Work on a slice of items at once, on this event loop."""
    gate = asyncio.Semaphore(LOOKS_AT_ONCE)
    return list(await asyncio.gather(*(work_on(rest, job, terms, gate) for job in jobs)))


async def _is_started(rest: AsyncCaller, job: Job, gate: asyncio.Semaphore) -> bool:
    async def looked() -> bool:
        async with gate:
            return (await AsyncSessionService(rest).get_info(job.session_id)).status != "created"

    if await looked():
        return True
    if not job.is_doubtful:
        return False
    # A start may have been sent in the moment in which its sender died, and be on its way.
    await asyncio.sleep(ASK_AGAIN)
    return await looked()


def _report(number: int, result: TaskResult) -> Report:
    written = dumps(result.to_dict())
    if result.success:
        return Report(number, ItemEvent.FINISHED, written)
    if result.question is not None:
        return Report(number, ItemEvent.ASKED, written, result.error)
    event = ItemEvent.REFUSED if result.code in CAPACITY_CODES else ItemEvent.FAILED
    return Report(number, event, written, result.error)
