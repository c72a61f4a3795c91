"""Runs tasks in a session: the documented `TaskRunner`, and `AsyncTaskRunner` beside it.

session = client.session.get_info(client.session.create(CreateSessionRequest(task="…")).session_id)
connection = WebSocketClient(base_url=client.base_url, api_key=client.api_key or "", session_id=session.session_id)
result = create_task_runner(connection, client, session).run_task("Find three trends")
print(result.final_answer)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

from wyseos.generated.models import CreateSessionResponse, SessionInfo
from wyseos.mate.client import AsyncClient, Client
from wyseos.mate.errors import SessionExecutionError, ValidationError
from wyseos.mate.policy.policy import Policy
from wyseos.mate.rest.auth import Credential
from wyseos.mate.tasks.async_task import AsyncTask, begin_async
from wyseos.mate.tasks.checks import check_extra, check_handlers, check_mode, check_plain_handlers
from wyseos.mate.tasks.handlers import (
    AsyncOnConfirm,
    AsyncOnInput,
    AsyncOnPlan,
    Handlers,
    OnConfirm,
    OnEvent,
    OnInput,
    OnPlan,
)
from wyseos.mate.tasks.launch import Order, Route, Setup, make_async_task, make_task
from wyseos.mate.tasks.protocol.commands import Start
from wyseos.mate.tasks.protocol.events import TaskEvent
from wyseos.mate.tasks.result import Mode
from wyseos.mate.tasks.result import TaskExecutionOptions as TaskExecutionOptions
from wyseos.mate.tasks.result import TaskMode as TaskMode
from wyseos.mate.tasks.result import TaskResult as TaskResult
from wyseos.mate.tasks.task import Task, begin
from wyseos.mate.websocket import WebSocketClient
from wyseos.runtime import records

__all__ = ["AsyncTaskRunner", "TaskExecutionOptions", "TaskMode", "TaskResult", "TaskRunner", "create_task_runner"]

C = TypeVar("C", "Client", "AsyncClient")


class _Runner(Generic[C]):
    """What both runners share: a session, and how a task in it is made."""

    def __init__(
        self, ws_client: WebSocketClient, client: C, session_info: SessionInfo | CreateSessionResponse
    ) -> None:
        self.ws_client = ws_client
        self.client: C = client
        self.session_info = _as_info(session_info)
        self._rounds = 0

    def _order(
        self,
        task: str,
        attachments: Sequence[Mapping[str, Any]] | None,
        task_mode: Mode,
        extra: dict[str, Any] | None,
        options: TaskExecutionOptions | None,
        handlers: Handlers,
        policy: Policy | None = None,
    ) -> Order:
        check_mode(task_mode)
        mode = TaskMode(task_mode)
        if mode and mode.value != self.session_info.mode:
            check_extra(extra)
            extra = {**(extra or {}), "mode": mode.value}
        # The one below that hears for the WebSocket client could be called all the same.
        check_handlers(**handlers.by_name)
        heard = self._heard_by_ws_client(handlers)
        known = _known_mode(mode.value or self.session_info.mode)
        return Order(task, attachments, known, extra, options, heard, rules=policy)

    def _heard_by_ws_client(self, handlers: Handlers) -> Handlers:
        if not self.ws_client.listens:
            return handlers

        def on_event(event: TaskEvent) -> Any:
            self.ws_client.tell(event.to_dict())
            return handlers.on_event(event) if handlers.on_event is not None else None

        return records.evolve(handlers, on_event=on_event)

    def _next_round(self, order: Order) -> tuple[Setup, Start, bool]:
        """Return how the next round is made and started, and whether the session had rounds before that."""
        status = self.session_info.status if self._rounds == 0 else "complete"
        setup = order.setup(
            self.session_info.session_id,
            settings=self.ws_client.settings((order.options or TaskExecutionOptions()).memory_budget),
            max_message_size=self.ws_client.max_message_size,
            route=self._route(),
        )
        start = order.start(status)
        self._rounds += 1
        return setup, start, status != "created"

    def _route(self) -> Route:
        """Return where the connection leads: as the WebSocket client says, and as the client does where that is silent.

        Raises:
            ValidationError: the WebSocket client is of another session.
        """
        ws_client, session_id = self.ws_client, self.session_info.session_id
        if ws_client.session_id not in ("", session_id):
            raise ValidationError(
                f"session_id of the WebSocketClient is {ws_client.session_id!r}, but the runner's session is "
                f"{session_id!r}; give the same one, or none",
                field="session_id",
            )
        options, credential = ws_client.settings_beside(self.client.options), self.client.exchange.credential
        given = Credential.of(options)
        return Route(options, credential if credential.holds(given) else given)

    def _refuse_second(self, running: object) -> None:
        if running is not None:
            raise SessionExecutionError(
                "a task is already under way in this runner", session_id=self.session_info.session_id
            )


class TaskRunner(_Runner["Client"]):
    """Runs tasks in one session.

    Args:
        ws_client: where the session's connection leads and how it is kept: its service, key or token, heartbeat and
            size limit. Its handlers are called as well. What it was not given is the client's.
        client: the client; REST goes through it.
        session_info: the session.
    """

    _task: Task | None = None

    @property
    def task(self) -> Task | None:
        """The running task, to be answered, paused or stopped from another thread; None while there is none."""
        return self._task

    def run_task(
        self,
        task: str,
        attachments: Sequence[Mapping[str, Any]] | None = None,
        task_mode: Mode = TaskMode.Default,
        extra: dict[str, Any] | None = None,
        options: TaskExecutionOptions | None = None,
        *,
        on_event: OnEvent | None = None,
        on_plan: OnPlan | None = None,
        on_input: OnInput | None = None,
        on_confirm: OnConfirm | None = None,
        policy: Policy | None = None,
    ) -> TaskResult:
        """Start a task in the session and wait for its end.

        Args:
            task: what is to be done, in words.
            attachments: uploaded files, `{file_name, file_url}` each.
            task_mode: the kind of task; sent along where the session was made for another kind.
            extra: free-form, with the keys that the service knows: `skills`, `marketing_product`, `strategy`.
            options: how it is run.
            on_event: called with each event.
            on_plan: called with a plan that asks for approval; returns True, an edited plan, False or what to improve.
            on_input: called with a question that wants text; returns the text.
            on_confirm: called with a question about a browser action; returns True; False stops the task.
            policy: rules that answer what they can, before handlers are asked.

        Returns:
            How it ended. What goes wrong with the connection or the service is told by its `error`, not raised.

        Raises:
            ValidationError: an argument can't be used, or the WebSocket client is of another session.
            SessionExecutionError: another task runs in this runner.

        Example:
            runner.run_task("Find three trends", on_input=lambda question: input(question.text))
        """
        handlers = Handlers(on_event=on_event, on_plan=on_plan, on_input=on_input, on_confirm=on_confirm)
        order = records.evolve(
            self._order(task, attachments, task_mode, extra, options, handlers, policy), clock_stands=False
        )
        with self._begun(order) as running:
            return running.result()

    def run_interactive_session(
        self,
        initial_task: str,
        attachments: Sequence[Mapping[str, Any]] | None = None,
        task_mode: Mode = TaskMode.Default,
        extra: dict[str, Any] | None = None,
        options: TaskExecutionOptions | None = None,
        *,
        policy: Policy | None = None,
    ) -> None:
        """Run a task in the terminal: show what happens, ask what it asks, and return when it has ended.

        `stop`, `pause`, and `exit`, `quit` or `q` are commands. Arguments as of `run_task`; the time that a person
        takes to answer is not counted.
        """
        from wyseos.mate.terminal.conversation import run_session

        run_session(self._begun, self._order(initial_task, attachments, task_mode, extra, options, Handlers(), policy))

    @contextmanager
    def _begun(self, order: Order) -> Iterator[Task]:
        """Begin a round, and lend the WebSocket client to it while it lasts."""
        self._refuse_second(self._task)
        check_plain_handlers(**order.handlers.by_name)
        setup, start, old = self._next_round(order)
        self._task = task = make_task(self.client, setup)
        try:
            with self.ws_client.lent_to(task), task:
                begin(task, start, old=old)
                yield task
        finally:
            self._task = None


class AsyncTaskRunner(_Runner["AsyncClient"]):
    """Runs tasks in one session, as `TaskRunner` does, but awaited.

    Args:
        ws_client: how the session's connection is kept. Its handlers are called in the event loop, and must not block.
        client: the client.
        session_info: the session.

    Example:
        result = await AsyncTaskRunner(ws_client, client, session_info).run_task("Find three trends")
    """

    _task: AsyncTask | None = None

    @property
    def task(self) -> AsyncTask | None:
        """The running task, to be answered, paused or stopped; None while there is none."""
        return self._task

    async def run_task(
        self,
        task: str,
        attachments: Sequence[Mapping[str, Any]] | None = None,
        task_mode: Mode = TaskMode.Default,
        extra: dict[str, Any] | None = None,
        options: TaskExecutionOptions | None = None,
        *,
        on_event: OnEvent | None = None,
        on_plan: AsyncOnPlan | None = None,
        on_input: AsyncOnInput | None = None,
        on_confirm: AsyncOnConfirm | None = None,
        policy: Policy | None = None,
    ) -> TaskResult:
        """Start a task in the session and wait for its end, as `TaskRunner.run_task` does; handlers may be async."""
        handlers = Handlers(on_event=on_event, on_plan=on_plan, on_input=on_input, on_confirm=on_confirm)
        self._refuse_second(self._task)
        order = records.evolve(
            self._order(task, attachments, task_mode, extra, options, handlers, policy), clock_stands=False
        )
        setup, start, old = self._next_round(order)
        self._task = running = make_async_task(self.client, setup)
        try:
            with self.ws_client.lent_to(running):
                begin_async(running, start, old=old)
                async with running:
                    return await running.result()
        finally:
            self._task = None


def _as_info(session: SessionInfo | CreateSessionResponse) -> SessionInfo:
    """Return what is known of a session, also where only its creation was answered."""
    if isinstance(session, SessionInfo):
        return session
    return SessionInfo(session_id=session.session_id, status="created")


def _known_mode(mode: str | None) -> Mode:
    """Return a session's mode, as far as it is one that rules can name."""
    return TaskMode(mode) if mode in set(TaskMode) else TaskMode.Default


def create_task_runner(
    ws_client: WebSocketClient, client: Client, session_info: SessionInfo | CreateSessionResponse
) -> TaskRunner:
    """Return a runner of tasks in a session.

    Args:
        ws_client: how the session's connection is kept; made with the same service and session.
        client: the client.
        session_info: the session, as `client.session.get_info` or `client.session.create` returns it.
    """
    return TaskRunner(ws_client, client, session_info)
