"""A task on its event loop: what the sync and the async handle share. All of it runs in the loop's thread.

A task may have several rounds in its session. The machine, the memory of what was delivered and the inbox live through
all of them; each round has a driver and a record of its own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, TypeAlias

from wyseos.mate.errors import SessionExecutionError
from wyseos.mate.rest.auth import Credential
from wyseos.mate.tasks.io.connection import Address
from wyseos.mate.tasks.io.driver import Driver, milliseconds
from wyseos.mate.tasks.io.event_queue import Inbox, WakeSignal
from wyseos.mate.tasks.io.fetcher import Fetcher
from wyseos.mate.tasks.io.history import History
from wyseos.mate.tasks.protocol.actions import Done
from wyseos.mate.tasks.protocol.commands import Attach, Command, Start
from wyseos.mate.tasks.protocol.delivery import Delivery
from wyseos.mate.tasks.protocol.local_events import LOCAL_EVENTS, Gap
from wyseos.mate.tasks.protocol.machine import TaskMachine
from wyseos.mate.tasks.protocol.policy import AnswerPolicy
from wyseos.mate.tasks.protocol.questions import Question
from wyseos.mate.tasks.protocol.session import SessionProtocol
from wyseos.mate.tasks.protocol.settings import SessionSettings
from wyseos.mate.tasks.result import TaskExecutionOptions, TaskResult
from wyseos.mate.tasks.result_builder import ResultBuilder
from wyseos.runtime.clock import monotonic
from wyseos.runtime.validation import segment

if TYPE_CHECKING:
    from wyseos.mate.config import ClientOptions
    from wyseos.mate.rest.caller import AsyncCaller
    from wyseos.mate.tasks.protocol.events import TaskEvent

Result: TypeAlias = "Future[TaskResult] | asyncio.Future[TaskResult]"
"""A thread waits for the one, a coroutine for the other."""


class Engine:
    """One task.

    Args:
        rest: asks the service by REST.
        address: where the session's connection is.
        session_id: the session.
        policy: who answers what.
        options: what the result keeps.
        settings: how the connection is kept.
        arrived: is set whenever something came.
        soon: calls a function in the loop's thread, from whatever thread the consumer runs in.
        over: is set while no round runs, where another thread waits for that.
        after: the id of the last message that was seen elsewhere.
    """

    def __init__(
        self,
        rest: AsyncCaller,
        address: Address,
        session_id: str,
        *,
        policy: AnswerPolicy,
        options: TaskExecutionOptions,
        settings: SessionSettings,
        arrived: WakeSignal,
        soon: Callable[[Callable[[], object]], object],
        over: WakeSignal | None = None,
        after: str | None = None,
    ) -> None:
        self.session_id = session_id
        self._over = over
        self.result = self._new_result()
        """The result of the round; cancelled where the round ends without one."""
        self.machine = TaskMachine(policy, settings.ask_again)
        self.delivery = Delivery(after)
        self.protocol = SessionProtocol(self.machine, self.delivery, settings, milliseconds)
        self.inbox = Inbox(settings.budget, arrived, lambda: soon(self._drained))
        self._history = History(rest, session_id)
        self._address = address
        self._options = options
        self._settings = settings
        self._source = Fetcher(rest.exchange)
        self._record = ResultBuilder(options, session_id, self._source)
        self._began = 0.0
        self._driver: Driver | None = None

    def _new_result(self) -> Result:
        # A task on a loop takes the loop's own, which is a fifth of the size.
        return Future() if self._over is not None else asyncio.get_running_loop().create_future()

    async def run(self, beginning: Start | Attach, *, old: bool = False) -> None:
        """Run a round to its end; its result is in `result` before that, as soon as it is known.

        Args:
            beginning: how it begins.
            old: the session had rounds before that this task knows nothing of.
        """
        if self._over is not None:
            self._over.clear()
        self._began = monotonic()
        self._record = ResultBuilder(self._options, self.session_id, self._source)
        try:
            self._driver = Driver(self._address, self._history, self.protocol, self, self._note_result)
            await self._driver.run(beginning, is_old=old)
        except Exception as error:  # noqa: BLE001 - what is no WyseError is told by the result, whoever waits for it
            if not self.result.done():
                self.result.set_exception(error)
                self.result.exception()  # whether somebody asks for it or not, asyncio need not complain
        finally:
            self._driver = None
            self.result.cancel()
            if self._over is not None:
                self._over.set()
            self.inbox.close()

    def _note_result(self, done: Done) -> None:
        """The round has its result: what follows is not its time any more."""
        duration = monotonic() - self._began
        if not self.result.done():
            result = self._record.finish(done, duration)
            if result.error is not None:
                result.error = self._address.quoted(result.error)  # an error event may quote what was sent
            self.result.set_result(result)
        self.inbox.wake()

    def reopen(self) -> None:
        """Make ready for another round."""
        self.result = self._new_result()
        self.inbox.reopen()

    @property
    def is_under_way(self) -> bool:
        """Whether a round runs."""
        return self._driver is not None

    @property
    def is_open(self) -> bool:
        """Whether the connection is open now."""
        return self._driver is not None and self._driver.is_open

    def send(self, message: dict[str, Any]) -> bool:
        """Send a message as it is, and return False where the connection is not open."""
        return self._driver is not None and self._driver.send(message)

    def command(self, command: Command) -> None:
        """Do what the user asks for.

        Raises:
            SessionExecutionError: the task is over, or its state does not allow it.
        """
        if self._driver is None:
            raise SessionExecutionError("the task is not running", session_id=self.session_id)
        self._driver.command(command)

    def cursor_after(self, event: TaskEvent) -> str | None:
        """Return the cursor of a user who was given this event; None where it has none."""
        if isinstance(event, Gap) and event.state == "filled":
            return event.after
        return None if isinstance(event, LOCAL_EVENTS) else self.delivery.cursor_after(event)

    # ---- as the driver's sink

    @property
    def is_full(self) -> bool:
        """Whether reading must stop until something is consumed."""
        return self.inbox.is_full

    def put(self, items: Sequence[TaskEvent | Question], size: int) -> None:
        """Record what came, and pass it on to the user."""
        self._record.add(items)
        self.inbox.put(items, size)

    def _drained(self) -> None:
        if self._driver is not None:
            self._driver.drained()


def address_of(
    options: ClientOptions, session_id: str, max_message_size: int, credential: Credential | None = None
) -> Address:
    """Return where a session's connection leads.

    Args:
        options: the client's settings.
        session_id: the session.
        max_message_size: bytes.
        credential: the client's, so that REST and WebSocket share a token that was renewed.

    Raises:
        ValidationError: the session's id can't stand in a URL (security row 5).
    """
    base = "ws" + options.base_url.removeprefix("http").rstrip("/")
    auth = credential or Credential.of(options)
    return Address(
        url=f"{base}/session/ws/{segment('session_id', session_id)}",
        auth=lambda renew: auth.query(renew=renew),
        tls=options.tls,
        proxy=options.proxy,
        max_size=max_message_size,
        timeout=options.timeout,
        asks=auth.can_renew,
        quoted=auth.redact,
    )
