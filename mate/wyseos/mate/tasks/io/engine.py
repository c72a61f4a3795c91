"""A task on its event loop: what the sync and the async handle share. All of it runs in the loop's thread.

A task may have several rounds in its session. The machine, the memory of the line and the inbox live through all of
them; each round has a driver and a record of its own.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from wyseos.generated.models import StartData, StartMessage, StartTask, UploadedFile
from wyseos.mate.errors import SessionExecutionError, ValidationError
from wyseos.mate.tasks.io.connection import Address
from wyseos.mate.tasks.io.driver import Driver
from wyseos.mate.tasks.io.event_queue import Inbox, Signal
from wyseos.mate.tasks.io.history import History
from wyseos.mate.tasks.io.interfaces import LineSettings
from wyseos.mate.tasks.protocol.commands import Start
from wyseos.mate.tasks.protocol.delivery import Line
from wyseos.mate.tasks.protocol.machine import Command, TaskMachine
from wyseos.mate.tasks.protocol.policy import Policy
from wyseos.mate.tasks.protocol.questions import Question
from wyseos.mate.tasks.protocol.result import TaskExecutionOptions, TaskResult
from wyseos.mate.tasks.protocol.result_builder import Record
from wyseos.runtime.validation import segment

if TYPE_CHECKING:
    from wyseos.mate.client import AsyncClient
    from wyseos.mate.config import ClientOptions
    from wyseos.mate.tasks.protocol.events import TaskEvent

_ENDED_BEFORE = frozenset({"complete", "stopped", "error", "paused"})


class Engine:
    """One task.

    Args:
        rest: asks the service by REST.
        address: where the session's line is.
        session_id: the session.
        policy: who answers what.
        options: what the result keeps.
        settings: how the line is kept.
        arrived: is set whenever something came.
        soon: calls a function in the loop's thread, from whatever thread the consumer runs in.
        after: the id of the last message that was seen elsewhere.
    """

    def __init__(
        self,
        rest: AsyncClient,
        address: Address,
        session_id: str,
        *,
        policy: Policy,
        options: TaskExecutionOptions,
        settings: LineSettings,
        arrived: Signal,
        soon: Callable[[Callable[[], object]], object],
        after: str | None = None,
    ) -> None:
        self.session_id = session_id
        self.over = threading.Event()
        """Set while no round runs."""
        self.machine = TaskMachine(policy)
        self.line = Line(after)
        self.inbox = Inbox(settings.budget, arrived, lambda: soon(self._drained))
        self._history = History(rest, session_id)
        self._address = address
        self._options = options
        self._settings = settings
        self._record = Record(options, session_id)
        self._driver: Driver | None = None

    async def run(self, beginning: Command, *, old: bool = False) -> TaskResult:
        """Runs a round to its end and returns its result.

        Args:
            beginning: a `Start` or an `Attach`.
            old: the session had rounds before that this task knows nothing of.
        """
        self.over.clear()
        began = asyncio.get_running_loop().time()
        self._record = Record(self._options, self.session_id)
        try:
            if old and self.line.cursor is None:
                self.line = Line(await self._history.newest_id())
            self._driver = Driver(self._address, self._history, self.machine, self.line, self, self._settings)
            done = await self._driver.run(beginning)
            return self._record.finish(done, asyncio.get_running_loop().time() - began)
        finally:
            self._driver = None
            self.over.set()
            self.inbox.close()

    @property
    def is_under_way(self) -> bool:
        """Whether a round runs."""
        return self._driver is not None

    @property
    def is_open(self) -> bool:
        """Whether the line is open now."""
        return self._driver is not None and self._driver.is_open

    def send(self, message: dict[str, Any]) -> bool:
        """Sends a message as it is, and returns False where the line is not open."""
        return self._driver is not None and self._driver.send(message)

    def command(self, command: Command) -> None:
        """Does what the user asks for.

        Raises:
            SessionExecutionError: the task is over, or its state does not allow it.
        """
        if self._driver is None:
            raise SessionExecutionError("the task is not running", session_id=self.session_id)
        self._driver.command(command)

    # ---- as the driver's sink

    @property
    def is_full(self) -> bool:
        """Whether reading must stop until something is consumed."""
        return self.inbox.is_full

    def put(self, items: Sequence[TaskEvent | Question], size: int) -> None:
        """Records what came, and passes it on to the user."""
        for item in items:
            if not isinstance(item, Question):
                self._record.add(item)
        self.inbox.put(items, size)

    def _drained(self) -> None:
        if self._driver is not None:
            self._driver.drained()


def address_of(options: ClientOptions, session_id: str, max_message_size: int) -> Address:
    """Returns where a session's line is.

    Raises:
        ValidationError: the session's id can't stand in a URL (security row 5).
    """
    base = "ws" + options.base_url.removeprefix("http").rstrip("/")
    return Address(
        url=f"{base}/session/ws/{segment('session_id', session_id)}",
        auth=options.websocket_auth,
        tls=options.ssl_context,
        proxy=options.proxy,
        max_size=max_message_size,
        timeout=options.timeout,
    )


def start_of(
    task: str,
    attachments: Sequence[dict[str, Any]] | None,
    extra: dict[str, Any] | None,
    status: str | None = "created",
) -> Start:
    """Returns the start of a round in a session of that status.

    Raises:
        ValidationError: the task is empty.
    """
    if not isinstance(task, str) or not task.strip():
        raise ValidationError("task is empty; say in words what is to be done", field="task")
    files = [UploadedFile.from_dict(attachment) for attachment in attachments] if attachments else None
    data = StartData(messages=[StartTask(content=task)], attachments=files, extra=extra or None)
    resend_in = _ENDED_BEFORE if status != "created" else frozenset({"created"})
    return Start(message=StartMessage(data=data), resend_in=resend_in)
